import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const program = resolve("bin/heptad.js");
const inside = (folder: string) => ({
  heptad: (...args: string[]) => heptadHere(folder, args),
  write: (name: string, text: string) => {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), text);
  },
  read: (name: string) => readFileSync(join(folder, name), "utf8"),
});

const note = (facts: string): string =>
  `---\nheptad: 1\ntitle: Feed\nsystem: feed\n---\n\n## 3. Data\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`;
const LEAKING = note("sources: [{ name: clicks, kind: events, time: ts, owner: web }]\nsplit: { by: random }");

const GOOD = readFileSync("designs/card-fraud.md", "utf8");

describe("heptad check --baseline", () => {
  const folder = temporaryFolder();
  const { heptad, write, read } = inside(folder);

  it("adopts the findings of today in one command, and lets the next bad line fail", async () => {
    for (let i = 0; i < 20; i++) write(`designs/${i}.md`, LEAKING);
    expect((await heptad("check")).status).toBe(1);
    const adopted = await heptad("check", "--baseline");
    expect(adopted.status).toBe(0);
    const held = /heptad\.baseline\.yaml: (?<count>\d+) findings of today are held/u.exec(adopted.stderr)?.groups
      ?.count;
    expect(Number(held)).toBeGreaterThanOrEqual(300);
    expect((await heptad("check", "--baseline")).status).toBe(0);
    write("designs/3.md", LEAKING.replace("split: { by: random }", "split: { by: random }\nrows: 3"));
    const failed = await heptad("check", "--baseline", "--format", "line");
    expect(failed.status).toBe(1);
    expect(failed.stdout.trim().split("\n")).toHaveLength(1);
    expect(failed.stdout).toContain("rows");
    write("designs/3.md", LEAKING);
  });

  it("takes mended findings out, and those of files that are gone", async () => {
    const before = read("heptad.baseline.yaml");
    rmSync(join(folder, "designs/4.md"));
    write("designs/5.md", LEAKING.replace("by: random", "by: time"));
    const { stderr } = await heptad("check", "designs", "--baseline");
    expect(stderr).toMatch(/[1-9]\d* mended and taken out, [1-9]\d* taken out with notes that are gone/u);
    const after = parse(read("heptad.baseline.yaml"));
    expect(after.findings["designs/4.md"]).toBeUndefined();
    expect(JSON.stringify(after.findings["designs/5.md"])).not.toContain("HP301");
    expect(after.findings["designs/6.md"]).toEqual(parse(before).findings["designs/6.md"]);
    write("designs/5.md", LEAKING);
    expect((await heptad("check", "designs/5.md", "--baseline")).status).toBe(1);
  });

  it("finds again what has expired, and counts what has not", async () => {
    const text = read("heptad.baseline.yaml");
    write("heptad.baseline.yaml", text.replace("findings:", "expires: 2001-01-01\nfindings:"));
    const over = await heptad("check", "designs/6.md", "--baseline");
    expect(over.status).toBe(1);
    expect(over.stderr).toMatch(/[1-9]\d* expired and found again/u);
    write("heptad.baseline.yaml", text.replace("findings:", "expires: 2999-01-01\nfindings:"));
    expect((await heptad("check", "designs/6.md", "--baseline")).status).toBe(0);
  });

  it("refuses a file that it cannot read and leaves it", async () => {
    write("heptad.baseline.yaml", "findings: 3\n");
    const { status, stderr } = await heptad("check", "--baseline");
    expect(status).toBe(2);
    expect(stderr).toContain("bad-baseline");
    expect(read("heptad.baseline.yaml")).toBe("findings: 3\n");
  });
});

describe("what nobody has mended", () => {
  const folder = temporaryFolder();
  const { heptad, write, read } = inside(folder);
  const check = (...words: string[]) => heptad("check", ...words, "--baseline", "--fail-on", "advice");
  const held = () => read("heptad.baseline.yaml");
  const FACTS = "sources: [{ name: clicks, kind: events, time: ts, owner: web }]\nrows: 350\nsplit: { by: random }";
  const adopt = async () => {
    rmSync(join(folder, "heptad.baseline.yaml"), { force: true });
    write("heptad.yaml", "review: {}\n");
    write("designs/a.md", note(FACTS));
    write("designs/b.md", note(FACTS));
    await check();
    return held();
  };

  it("is not taken out where a note is no design any more: that is found, and its entries stay", async () => {
    const before = await adopt();
    write("designs/a.md", "# Gone\n\nNothing here.\n");
    const { status, stdout, stderr } = await check("--format", "line");
    expect(status).toBe(1);
    expect(stdout).toContain("designs/a.md");
    expect(stdout).toContain("HP009");
    expect(stderr).not.toContain("taken out");
    expect(held()).toBe(before);
  });

  it("is not taken out where a block cannot be read or a rule is off", async () => {
    const before = await adopt();
    write("designs/a.md", note(`${FACTS}\nlabel:\n\tname: x`));
    expect((await check()).stderr).toContain("was not looked at");
    expect(held()).toBe(before);
    write("designs/a.md", note(FACTS));
    write("heptad.yaml", "review: { rules: { HP301: off } }\n");
    const off = await check();
    expect(off.status).toBe(0);
    expect(off.stderr).toContain("was not looked at");
    expect(held()).toBe(before);
  });

  it("is held by its place where the sentence only holds another number", async () => {
    const reaching = (recall: number) =>
      note(
        "baseline: { rule: amount over $500, metric: recall, value: RECALL }\nsuccess: { metric: recall, value: 0.80 }",
      )
        .replace("3. Data", "2. Frame the ML problem")
        .replace("RECALL", String(recall));
    await adopt();
    rmSync(join(folder, "heptad.baseline.yaml"));
    write("designs/a.md", reaching(0.82));
    await check();
    const before = held();
    expect(before).toContain("reaches recall 0.82");
    write("designs/a.md", reaching(0.83));
    const { status, stderr } = await check();
    expect(stderr).not.toContain("taken out");
    expect(status).toBe(0);
    expect(held()).toBe(before);
  });

  it("follows a note that has moved", async () => {
    await adopt();
    rmSync(join(folder, "designs/a.md"));
    write("designs/old/a.md", note(FACTS));
    const { status, stderr } = await check();
    expect(stderr).not.toContain("taken out");
    expect(status).toBe(0);
    expect(Object.keys(parse(held()).findings)).toEqual(["designs/b.md", "designs/old/a.md"]);
  });

  it("is not taken out of a note that is gone where only another was asked for", async () => {
    const before = await adopt();
    rmSync(join(folder, "designs/a.md"));
    rmSync(join(folder, "designs/old"), { recursive: true, force: true });
    await check("designs/b.md");
    expect(held()).toBe(before);
  });

  it("is held in a folder below by the notebook's own file", async () => {
    const before = await adopt();
    const below = await heptadHere(join(folder, "designs"), ["check", "--baseline", "--fail-on", "advice"]);
    expect(below.status).toBe(0);
    expect(below.stderr).toContain("../heptad.baseline.yaml");
    expect(existsSync(join(folder, "designs/heptad.baseline.yaml"))).toBe(false);
    expect(held()).toBe(before);
  });

  it("stays in the file of the work tree where only what is staged is reviewed", async () => {
    const before = await adopt();
    write("designs/a.md", GOOD);
    await check("--staged", "designs");
    expect(held()).toBe(before);
    rmSync(join(folder, "heptad.baseline.yaml"));
    expect((await check("--staged", "designs")).stderr).toContain("no-baseline");
    expect(existsSync(join(folder, "heptad.baseline.yaml"))).toBe(false);
  });

  it("expires on a day that there is", async () => {
    const before = await adopt();
    write("heptad.baseline.yaml", before.replace("findings:", "expires: 2027-02-30\nfindings:"));
    const { status, stderr } = await check();
    expect(status).toBe(2);
    expect(stderr).toContain("no day");
  });
});

describe("heptad init", () => {
  it("makes a folder a notebook, and the second time changes nothing", async () => {
    const folder = temporaryFolder();
    const { heptad, write, read } = inside(folder);
    spawnSync("git", ["init", "-q"], { cwd: folder });
    write(".gitignore", "node_modules");
    const made = await heptad("init", "--hook", "--workflow");
    expect(made.status).toBe(0);
    expect(read(".gitignore")).toBe("node_modules\nruns/\n.heptad/\n");
    expect(statSync(join(folder, ".git/hooks/pre-commit")).mode & 0o111).toBe(0o111);
    const { jobs, permissions } = parse(read(".github/workflows/heptad.yml"));
    expect(permissions["security-events"]).toBe("write");
    expect(JSON.stringify(jobs)).toContain('--since \\"origin/$BASE\\"');
    write("designs/feed.md", LEAKING);
    expect((await heptad("check")).status).toBe(1);
    const again = await heptad("init", "--hook", "--workflow");
    expect(again.stdout.match(/is there and stays as it is/gu)).toHaveLength(4);
  });

  it("writes a workflow that holds what the baseline holds, where there is one", async () => {
    const folder = temporaryFolder();
    const { heptad, write, read } = inside(folder);
    await heptad("init", "--workflow");
    const steps: readonly { readonly run?: string }[] = parse(read(".github/workflows/heptad.yml")).jobs.heptad.steps;
    const scripts = steps.flatMap(({ run }) => run ?? []);
    write("bin/npx", '#!/bin/sh\necho "$@"\n');
    spawnSync("chmod", ["+x", join(folder, "bin/npx")]);
    const asked = () =>
      scripts.map((script) => {
        const env = { ...process.env, BASE: "main", PATH: `${folder}/bin:${process.env.PATH}` };
        expect(spawnSync("bash", ["-e", "-c", script], { cwd: folder, env }).status).toBe(0);
        return read("heptad.sarif");
      });
    expect(scripts).toHaveLength(2);
    for (const words of asked()) expect(words).not.toContain("--baseline");
    write("heptad.baseline.yaml", "findings: {}\n");
    for (const words of asked()) expect(words).toContain(" check --baseline ");
  });

  it("writes a hook that stops a commit with an error and lets others through", async () => {
    const folder = temporaryFolder();
    const { heptad, write } = inside(folder);
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=A", "-c", "user.email=a@b", ...args], {
        cwd: folder,
        encoding: "utf8",
        env: { ...process.env, PATH: `${folder}/bin:${process.env.PATH}` },
      });
    git("init", "-q");
    expect((await heptad("init", "--hook")).status).toBe(0);
    write("bin/npx", `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${program}" "$@"\n`);
    spawnSync("chmod", ["+x", join(folder, "bin/npx")]);
    write("designs/a feed.md", LEAKING);
    git("add", "designs");
    expect(git("commit", "-qm", "a design").status).not.toBe(0);
    // What is staged counts, not what was written since: a mend that is not staged helps as little as a fault harms.
    write("designs/a feed.md", "# Nothing yet\n");
    expect(git("commit", "-qm", "a design").status).not.toBe(0);
    write("README.md", "# Notes\n");
    git("reset", "-q");
    write("designs/a feed.md", GOOD);
    git("add", "designs");
    write("designs/a feed.md", LEAKING);
    expect(git("commit", "-qm", "a good design").status).toBe(0);
    git("add", "README.md");
    expect(git("commit", "-qm", "a page").status).toBe(0);
  });

  it("refuses a hook without a repository and a folder that is a file, and writes nothing", async () => {
    const folder = temporaryFolder();
    const { heptad, write } = inside(folder);
    write("file", "x");
    expect((await heptad("init", "file")).status).toBe(2);
    const refused = await heptad("init", "--hook");
    expect(refused.stderr).toContain("no-repository");
    expect(existsSync(join(folder, "heptad.yaml"))).toBe(false);
  });
});

describe("a notebook whose notes lie elsewhere than in designs", () => {
  const folder = temporaryFolder();
  const { heptad, write, read } = inside(folder);
  const below = (...args: string[]) => heptadHere(join(folder, "notes/deep"), args);

  it("is found by init, and heard by check, new and search in every folder of it", async () => {
    write("notes/ads.md", LEAKING);
    write("notes/deep/plan.txt", "");
    write("README.md", "# Notes\n");
    expect((await heptad("init")).stdout).toContain("notes: notes, as heptad.yaml says");
    const here = await heptad("check", "--format", "line");
    expect(here.stdout).toContain("notes/ads.md");
    expect(here.stdout).toContain("HP301");
    expect((await below("check", "--format", "line")).stdout).toBe(here.stdout.replaceAll("notes/ads.md", "../ads.md"));
    expect((await below("new", "feed")).stdout).toContain("../feed.md");
    expect(existsSync(join(folder, "notes/feed.md"))).toBe(true);
    expect((await below("search", "clicks web random", "--json")).stdout).toContain("../ads.md");
    rmSync(join(folder, "notes/feed.md"));
  });

  it("has settings by path that are heard in a folder below", async () => {
    const settings = read("heptad.yaml");
    write("heptad.yaml", `${settings}  paths: [{ match: 'notes/**', rules: { HP301: off } }]\n`);
    expect((await below("check", "--format", "line")).stdout).not.toContain("HP301");
    expect((await below("check", "../ads.md", "--format", "line")).stdout).not.toContain("HP301");
    write("heptad.yaml", settings);
  });

  it("reviews what the next commit changes, and passes over a page of another kind", async () => {
    spawnSync("git", ["init", "-q"], { cwd: folder });
    expect((await heptad("check", "--staged")).status).toBe(0);
    write("notes/page.md", "# A page\n");
    spawnSync("git", ["add", "notes/page.md"], { cwd: folder });
    expect(await heptad("check", "--staged")).toMatchObject({ status: 0, stdout: "" });
    spawnSync("git", ["add", "notes"], { cwd: folder });
    const staged = await heptad("check", "--staged", "--format", "line");
    expect(staged.status).toBe(1);
    expect(staged.stdout).toContain("notes/ads.md");
  });

  it("refuses notes outside of it", async () => {
    write("heptad.yaml", "review: { notes: ../elsewhere }\n");
    const { status, stderr } = await heptad("check");
    expect(status).toBe(2);
    expect(stderr).toContain("`../elsewhere` is no folder, note or glob inside the notebook");
  });

  it("has its hook and its workflow at the top of the repository, where git and GitHub look", async () => {
    const top = temporaryFolder();
    spawnSync("git", ["init", "-q"], { cwd: top });
    const made = await heptadHere(top, ["init", "our notes", "--hook", "--workflow", "--notes", "ml/*.md"]);
    expect(made.status).toBe(0);
    const readTop = (name: string) => readFileSync(join(top, name), "utf8");
    expect(parse(readTop("our notes/heptad.yaml")).review.notes).toEqual(["ml/*.md"]);
    expect(readTop(".git/hooks/pre-commit")).toContain("cd 'our notes' || exit 1");
    const { jobs } = parse(readTop(".github/workflows/heptad.yml"));
    expect(jobs.heptad.defaults.run["working-directory"]).toBe("our notes");
    expect(JSON.stringify(jobs)).toContain('"sarif_file":"our notes/heptad.sarif"');
    const { write: writeTop } = inside(top);
    writeTop("our notes/ml/ads.md", LEAKING);
    const sarif = await heptadHere(join(top, "our notes"), ["check", "--format", "sarif"]);
    expect(sarif.stdout).toContain('"uri": "our%20notes/ml/ads.md"');
    expect((await heptadHere(join(top, "our notes"), ["check", "--format", "github"])).stdout).toContain(
      "file=our notes/ml/ads.md",
    );
  });
});

describe("a note that cannot be read", () => {
  it.each([
    ["its front matter is no YAML", "---\nheptad: 1\ntitle: [x\n---\n\n## 3. Data\n"],
    ["its front matter never ends", "---\nheptad: 1\ntitle: x\n\n## 3. Data\n"],
  ])("is found in its folder and not passed over: %s", async (_, text) => {
    const folder = temporaryFolder();
    const { heptad, write } = inside(folder);
    write("designs/good.md", GOOD);
    write("designs/broken.md", text);
    const { status, stdout } = await heptad("check", "--format", "line");
    expect(status).toBe(1);
    expect(stdout).toContain("designs/broken.md");
  });
});

describe("rules of a team", () => {
  const folder = temporaryFolder();
  const { heptad, write } = inside(folder);
  const ONE =
    "rules:\n  - name: one-replica\n    when: serving.replicas < 2\n    say: one replica is no service\n    severity: error\n    examples: { bad: 'serving: { replicas: 1 }', good: 'serving: { replicas: 2 }' }\n";
  const deploy = "---\nheptad: 1\ntitle: F\nsystem: f\n---\n\n## 6. Deploy\n\n```yaml\nserving: { replicas: 1 }\n```\n";

  it("come from a file and a package, and are run, explained, tested, waived and switched off by path", async () => {
    write(
      "heptad.yaml",
      "review:\n  extends: [./rules.yaml, '@acme/rules']\n  paths:\n    - { match: 'old/**', rules: { one-replica: off } }\n",
    );
    write("rules.yaml", ONE);
    write("node_modules/@acme/rules/package.json", '{ "name": "@acme/rules", "version": "1.0.0" }');
    write(
      "node_modules/@acme/rules/heptad-rules.yaml",
      ONE.replace("one-replica", "few-replicas").replaceAll("< 2", "< 4"),
    );
    write("designs/a.md", deploy);
    write("old/a.md", deploy);
    write("designs/waived.md", deploy.replace("---\n\n", "waive: [{ rule: one-replica, reason: a trial }]\n---\n\n"));
    const codes = async (file: string) => (await heptad("check", file, "--format", "line")).stdout;
    expect(await codes("designs/a.md")).toMatch(/T6-one-replica.*one replica is no service/u);
    expect(await codes("designs/a.md")).toContain("T6-few-replicas");
    expect(await codes("old/a.md")).not.toContain("T6-one-replica");
    expect(await codes("designs/waived.md")).not.toContain("T6-one-replica");
    expect((await heptad("check", "designs/a.md", "--step", "6", "--format", "line")).stdout).toContain(
      "T6-one-replica",
    );
    expect((await heptad("explain", "one-replica")).stdout).toContain("# T6-one-replica one-replica");
    expect(await heptad("explain", "--test")).toMatchObject({
      status: 1,
      stdout: expect.stringContaining("few-replicas: its good example gives `fires`"),
    });
  });

  it("are refused with their file and rule where they cannot be read", async () => {
    write("rules.yaml", ONE.replace("serving.replicas < 2", "serving.replica < 2"));
    const { status, stderr } = await heptad("check", "designs/a.md");
    expect(status).toBe(2);
    expect(stderr).toContain("rule `one-replica`: there is no fact `serving.replica`");
    expect(stderr).toContain("did you mean `serving.replicas`?");
    write("heptad.yaml", "review: { extends: nowhere }\n");
    expect((await heptad("check", "designs/a.md")).stderr).toContain("there is no package `nowhere`");
  });
});
