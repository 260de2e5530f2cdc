import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { runRecordSchema } from "../src/system/run-record.ts";
import { packageProblems, publishProblems, undeclaredImports } from "../tools/check-package.mjs";
import { npmCommand } from "../tools/npm-command.mjs";
import { temporaryFolder } from "./temporary-folder.ts";
import { atWindow, hasWindow } from "./terminal-window.ts";

const ROOT = join(import.meta.dirname, "..");
const FIXTURE = join(import.meta.dirname, "fixtures", "small-recommendation.md");

let packed: { filename: string; size: number; files: readonly { path: string }[] };
let program = "";
let folder = "";

/** Packs, and installs as `npm install heptad-X.tgz` does, with the declared dependencies reachable and nothing else of this checkout. */
beforeAll(() => {
  const home = temporaryFolder();
  const [npm, before] = npmCommand();
  const ran = spawnSync(npm, [...before, "pack", "--json", "--ignore-scripts", "--pack-destination", home], {
    cwd: ROOT,
    encoding: "utf8",
  });
  [packed] = JSON.parse(ran.stdout);
  const modules = join(home, "node_modules");
  mkdirSync(modules);
  expect(spawnSync("tar", ["-xzf", join(home, packed.filename), "-C", home]).status).toBe(0);
  spawnSync(process.execPath, ["-e", "require('fs').renameSync('package', 'node_modules/heptad')"], { cwd: home });
  const { dependencies, optionalDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  for (const name of Object.keys({ ...dependencies, ...optionalDependencies })) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(join(ROOT, "node_modules", name), join(modules, name), "junction");
  }
  const { bin } = JSON.parse(readFileSync(join(modules, "heptad", "package.json"), "utf8"));
  program = join(modules, "heptad", bin.heptad);
  folder = join(home, "empty folder");
  mkdirSync(folder);
});

function heptad(args: readonly string[], input = "") {
  const { NODE_OPTIONS: _, ...env } = process.env;
  return spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8", input, env });
}

const HAS_TERMINAL = await hasWindow();

/** Types at a terminal: each answer once its question stands there. Resolves to what was shown, and the exit status. */
function typeAt(
  args: readonly string[],
  answers: readonly (readonly [question: RegExp, keys: string])[],
  withinSeconds: number,
): Promise<{ shown: string; status: number | null }> {
  const line = [process.execPath, program, ...args].map((part) => JSON.stringify(part)).join(" ");
  const child = atWindow(`stty cols 100 rows 40; exec ${line}`, folder);
  let shown = "";
  let read = 0;
  const left = [...answers];
  const answer = (): void => {
    const [first] = left;
    if (first === undefined || !first[0].test(shown.slice(read))) return;
    left.shift();
    read = shown.length;
    // A prompt takes keys once it has drawn itself.
    setTimeout(() => child.stdin.write(first[1]), 200);
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    shown += text;
    answer();
  });
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      child.kill();
      reject(new Error(`not done within ${withinSeconds} s, after: ${shown.slice(-500)}`));
    }, withinSeconds * 1000);
    child.on("close", (status) => {
      clearTimeout(late);
      resolve({ shown, status });
    });
  });
}

const DOWN = "\u001b[B";

it("says in one line what to do where it has not been built", () => {
  const checkout = temporaryFolder();
  mkdirSync(join(checkout, "bin"));
  writeFileSync(join(checkout, "package.json"), '{ "type": "module" }');
  copyFileSync(join(ROOT, "bin", "heptad.js"), join(checkout, "bin", "heptad.js"));
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(checkout, "bin", "heptad.js"), "check"], {
    encoding: "utf8",
  });
  expect([status, stdout]).toEqual([1, ""]);
  expect(stderr).toBe("heptad is not built: run `npm start` or `npm run build` in its folder first\n");
});

describe("a stranger's path from the tarball", () => {
  it.skipIf(!HAS_TERMINAL)(
    "goes from an empty folder to a first reviewed note with twenty keys at most (skipped without a terminal)",
    async () => {
      const answers = [
        [/How does it begin/u, "\r"],
        [/Which problem/u, `${DOWN}\r`],
        [/Name of the note/u, "pods\r"],
      ] as const;
      const keys = answers.map(([, typed]) => typed.replaceAll(DOWN, "v")).join("");
      expect(keys.length).toBeLessThanOrEqual(20);
      const { shown, status } = await typeAt(["new"], answers, 60);
      expect(shown).toContain("wrote designs/pods.md");
      expect(status).toBe(0);
      const note = join(folder, "designs", "pods.md");
      expect(heptad(["check"]).stdout).toMatch(/^designs\/pods\.md +nothing to report; section 1 comes next\n$/u);
      // One section begun: what is most important about it, on less than a screen, and nothing of the six others.
      const begun = readFileSync(note, "utf8").replace(/(?<=^## 1\..*\n)/mu, "\n```yaml\ngoal: more listening\n```\n");
      writeFileSync(note, begun);
      const checked = heptad(["check"]);
      expect(checked.stderr).toBe("");
      expect(checked.status).toBe(0);
      expect(checked.stdout).toMatch(/^designs\/pods\.md \(draft\): \d+ pieces? of advice/u);
      expect(checked.stdout.split("\n").length).toBeLessThanOrEqual(31);
      expect(checked.stdout.match(/\bHP\d{3}\b/gu)?.every((code) => code.startsWith("HP1"))).toBe(true);
    },
    90_000,
  );

  it.skipIf(!HAS_TERMINAL)(
    "asks again where a note is there already, and ends at Ctrl-C with nothing written (skipped without a terminal)",
    async () => {
      writeFileSync(join(folder, "mine.md"), "mine");
      const blank = [/How does it begin/u, `${DOWN.repeat(5)}\r`] as const;
      const twice = await typeAt(
        ["new"],
        [blank, [/Name of the note/u, "./mine.md\r"], [/is there already/u, "./other.md\r"]],
        60,
      );
      expect(twice.status).toBe(0);
      expect(readFileSync(join(folder, "mine.md"), "utf8")).toBe("mine");
      expect(readFileSync(join(folder, "other.md"), "utf8")).toContain("status: draft");
      const before = readdirSync(folder);
      const left = await typeAt(["new"], [blank, [/Name of the note/u, "\u0003"]], 60);
      expect(left.status).toBe(130);
      expect(readdirSync(folder)).toEqual(before);
    },
    150_000,
  );

  it("answers a first question and has it graded, with the worked answer", () => {
    // A seed: some questions ask back what a bare 1 means.
    const { stdout, stderr } = heptad(["practice", "--seed", "1"], "1\n");
    expect(stderr).not.toMatch(/^\s+at /mu);
    expect(stdout).toMatch(/^1\. .+ · to find your level\n/mu);
    expect(stdout).toMatch(/^(?:right|close|not right)\b/mu);
    expect(stdout).toMatch(/^answer: \S/mu);
    expect(stdout).toMatch(/^[01](?:\.\d+)? of 1 right/mu);
  });

  it("goes from a table of one's own to a report", () => {
    const rows = Array.from({ length: 3000 }, (_, i) => {
      const [who, what] = [(i * 7) % 60, ((i * i) % 53) % 40];
      return `u${who},t${what},${1_700_000_000 + i * 3600},${1 + ((who + what) % 5)}`;
    });
    writeFileSync(join(folder, "plays.csv"), `user,item,at,rating\n${rows.join("\n")}\n`);
    const drafted = heptad(["new", "--data", "plays.csv", "--json"]);
    expect(drafted.stderr).toBe("");
    expect(JSON.parse(drafted.stdout)).toMatchObject({ system: "recommendation", path: "designs/plays.md" });
    const checked = heptad(["check", "designs/plays.md"]);
    expect(checked.stderr).toBe("");
    expect(checked.stdout.split("\n").length).toBeLessThanOrEqual(31);
    const ran = heptad(["run", "designs/plays.md", "--threads", "2"]);
    expect(ran.status).toBe(0);
    expect(ran.stdout.split("\n").length).toBeLessThanOrEqual(41);
    expect(ran.stdout).toMatch(/^Plays, on .*plays\.csv$/mu);
    expect(ran.stdout).not.toContain("simulated");
    const report = /^report {2}(?<path>\S+)$/mu.exec(ran.stdout)?.groups?.path ?? "";
    const html = readFileSync(join(folder, report), "utf8");
    for (let step = 1; step <= 7; step++) expect(html).toContain(`id="step-${step}"`);
  });
});

describe("the package", () => {
  it("holds what the program reads and nothing else, in 12 MB, and declares what it imports", () => {
    expect(packageProblems(packed)).toEqual([]);
    expect(undeclaredImports()).toEqual([]);
    expect(packageProblems({ files: [{ path: "test/x.test.ts" }], size: 13e6 }).join("\n")).toMatch(
      /build-stamp[\s\S]*does not belong[\s\S]*12000000/u,
    );
  });

  it("may be published, with a statement of where it was built", () => {
    expect(publishProblems(JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")))).toEqual([]);
    expect(publishProblems({ private: true })).toHaveLength(4);
  });

  it("is built of packages that are known by their content: 14 of the lock file had no integrity", () => {
    const { packages } = JSON.parse(readFileSync(join(ROOT, "package-lock.json"), "utf8"));
    const entries = Object.entries<{ integrity?: string; link?: boolean }>(packages).filter(([path]) => path !== "");
    expect(entries.length).toBeGreaterThan(400);
    for (const [path, { integrity, link = false }] of entries)
      expect(link || /^sha512-/u.test(integrity ?? ""), path).toBe(true);
  });

  it("takes a stranger from an empty folder to a reviewed note, a run, a graded question and an interview", () => {
    const written = heptad(["new", "podcasts", "--from", "movie-recommendations", "--json"]);
    expect(written.stderr).toBe("");
    const note: string = JSON.parse(written.stdout).path;
    const checked = heptad(["check", note, "--json"]);
    expect(checked.stderr).toBe("");
    expect(checked.status).toBe(0);

    writeFileSync(join(folder, "small.md"), readFileSync(FIXTURE));
    const ran = heptad(["run", "small.md", "--threads", "2", "--json"]);
    expect(ran.stderr).toBe("");
    const record = runRecordSchema.parse(JSON.parse(ran.stdout));
    expect(new Set(record.steps.map(({ step }) => step)).size).toBe(7);
    expect(existsSync(join(folder, "runs", "small", "latest", "report.html"))).toBe(true);

    const practised = heptad(["practice", "embedding-table-size", "--json"], "25.6 GB @80\n");
    expect(practised.stderr).toBe("");
    expect(practised.stdout).toMatch(/"grade"|"credit"|"correct"/u);

    const listed = heptad(["interview", "--list"]);
    expect(listed.status).toBe(0);
    expect(listed.stdout).toContain("visual-search");
    const interviewed = heptad(["interview", "visual-search", "--json"], "How many images are there?\n");
    expect(interviewed.stdout.split("\n").length).toBeGreaterThan(1);
    expect(`${interviewed.stderr}`).not.toMatch(/^\s+at /mu);
  });

  it("explains rules, writes the schema and opens every command's help", () => {
    // What one does first stands on a screen of 24 lines by 80 columns.
    const first = heptad([]).stdout.trimEnd().split("\n");
    expect(first.length).toBeLessThanOrEqual(22);
    for (const line of first) expect(line.length).toBeLessThanOrEqual(80);
    expect(first.join("\n")).toMatch(/heptad new .*heptad check .*heptad practice /su);
    expect(heptad(["--help"]).stdout).toContain("Usage: heptad COMMAND");
    expect(heptad(["explain", "HP306"]).status).toBe(0);
    expect(JSON.parse(heptad(["schema"]).stdout)).toHaveProperty("$schema");
    const commands = readdirSync(join(dirname(program), "..", "dist", "src", "cli", "commands"));
    const names = commands.filter((name) => name.endsWith(".js")).map((name) => name.replace(".js", ""));
    expect(names.length).toBeGreaterThan(12);
    // Whether each opens, with all that it imports, is seen in one process; how help is printed, of two.
    const files = names.map(
      (name) => pathToFileURL(join(dirname(program), "..", "dist", "src", "cli", "commands", `${name}.js`)).href,
    );
    const script = `for (const file of ${JSON.stringify(files)}) process.stdout.write((await import(file)).command.name + " ");`;
    const opened = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
      cwd: folder,
      encoding: "utf8",
    });
    expect(opened.stdout.trim().split(" ")).toEqual(names);
    for (const name of ["check", "run"]) expect(heptad([name, "--help"]).stdout).toContain(`Usage: heptad ${name}`);
  });
});
