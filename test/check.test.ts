import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES } from "../src/note/rules.gen.ts";
import { NOTE_CODES } from "../src/review/note-codes.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

const program = resolve("bin/heptad.js");
const heptad = (...args: string[]) => heptadHere(folder, args);

const write = (name: string, text: string): string => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
};

const note = (facts: string, front = ""): string =>
  `---\nheptad: 1\ntitle: Feed\nsystem: feed\n${front}---\n\n## 3. Data\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`;

const LEAKING = note("sources: [{ name: clicks, kind: events, time: ts, owner: web }]\nsplit: { by: random }");

describe("heptad check", () => {
  it("exits with 1 where an error is left, and shows the offending line", async () => {
    const file = write("designs/leaking.md", LEAKING);
    const { status, stdout } = await heptad("check", file, "--verbose");
    expect(status).toBe(1);
    expect(stdout).toContain("error[HP301]");
    expect(stdout).toContain("split: { by: random }");
  });

  it("exits with 2 for a path that is not there, without partial output", async () => {
    const { status, stdout, stderr } = await heptad("check", "designs/none.md");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("there is no `designs/none.md`");
  });

  it("reviews the notes that are there beside a path that is not, says which is missing, and exits with 2", async () => {
    const file = write("designs/beside.md", LEAKING);
    const { status, stdout, stderr } = await heptad("check", "designs/none.md", file, "also-none/*.md", "--verbose");
    expect(status).toBe(2);
    expect(stdout).toContain("error[HP301]");
    expect(stderr).toContain("there is no `designs/none.md`");
    expect(stderr).toContain("no Markdown file matches `also-none/*.md`");
  });

  it("exits with 2 for an unknown format and names the known ones", async () => {
    const { status, stderr } = await heptad("check", "--format", "xml");
    expect(status).toBe(2);
    expect(stderr).toContain("text, json, line, sarif, github");
  });

  it("finds notes in folders and globs, and leaves out what is no design", async () => {
    write("notes/a.md", LEAKING);
    write("notes/deep/b.md", LEAKING);
    write("notes/README.md", "# Notes\n\nNothing here.\n");
    const files = async (...args: string[]) =>
      JSON.parse((await heptad("check", ...args, "--json")).stdout).reviews.map((one: { file: string }) => one.file);
    expect(await files("notes")).toEqual(["notes/a.md", "notes/deep/b.md"]);
    expect(await files("notes/*.md")).toEqual(["notes/a.md"]);
    expect(await files("notes/**/b.md")).toEqual(["notes/deep/b.md"]);
  });

  it("reviews a plain note by its prose and says so, and refuses a file that is no design", async () => {
    const headings = ["Requirements", "ML framing", "Data", "Model", "Training", "Serving", "Monitoring"];
    const plain = write("plain/note.md", `# Feed\n\n${headings.map((one) => `## ${one}\n\nText.\n`).join("\n")}`);
    const { stdout, status } = await heptad("check", plain, "--verbose");
    expect(stdout).toContain("plain/note.md holds no facts; read from its prose");
    expect(stdout).toContain("from prose: nothing is said about");
    expect(status).toBe(0);
    const other = write("plain/other.md", "# Shopping\n\n- milk\n");
    const refused = await heptad("check", other, "--verbose");
    expect(refused.stdout).toContain("error[HP009]");
    expect(refused.status).toBe(1);
  });

  it("shows a mend of several lines as lines to paste", async () => {
    const empty = write("plain/empty.md", "");
    expect((await heptad("check", empty, "--verbose")).stdout).toContain(
      "begin the file with:\n       ---\n       heptad: 1\n",
    );
  });

  it("mends what is mechanical and nothing else", async () => {
    const file = write("designs/mend.md", LEAKING);
    await heptad("check", file, "--fix");
    expect(readFileSync(join(folder, file), "utf8")).toBe(LEAKING.replace("by: random", "by: time"));
  });

  it("takes rules, numbers and notes to leave out from heptad.yaml, and refuses a rule it does not know", async () => {
    const own = temporaryFolder();
    const inOwn = (...args: string[]) => heptadHere(own, args);
    mkdirSync(join(own, "designs/bad"), { recursive: true });
    writeFileSync(join(own, "designs/a.md"), LEAKING);
    writeFileSync(join(own, "designs/bad/b.md"), LEAKING);
    writeFileSync(join(own, "heptad.yaml"), "review:\n  ignore: [designs/bad/**]\n  rules: { HP301: advice }\n");
    const { reviews } = JSON.parse((await inOwn("check", "--json")).stdout);
    expect(reviews).toHaveLength(1);
    expect(reviews[0].findings.find((one: { code: string }) => one.code === "HP301").severity).toBe("advice");
    expect(JSON.parse((await inOwn("check", "designs/bad", "--json")).stdout).reviews).toHaveLength(1);
    writeFileSync(join(own, "heptad.yaml"), "review:\n  rules: { peeeking: off }\n");
    const refused = await inOwn("check");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("did you mean");
  });

  it("fails on milder findings where it is told to", async () => {
    const file = write("designs/mild.md", note("features: [{ name: a }]"));
    const { findings } = JSON.parse((await heptad("check", file, "--json")).stdout).reviews[0];
    expect(findings.length).toBeGreaterThan(0);
    expect((await heptad("check", file, "--fail-on", "advice")).status).toBe(1);
  });
});

describe("heptad check, at a glance", () => {
  const movies = write("designs/first.md", readFileSync("test/notes/movies.md", "utf8"));

  it("shows a first note in at most 30 lines of 100 columns: five findings by consequence, the rest counted by step", async () => {
    const { stdout } = await heptad("check", movies);
    const lines = stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(100);
    expect(lines.filter((line) => /^ {2}\d {2}HP/u.test(line))).toHaveLength(5);
    expect(stdout).toContain("Every figure would be false\n  1  HP305 line 19");
    expect(stdout).toContain("  step       1   2   3   4   5   6   7\n  errors ");
  });

  it("shows as many as --top asks for, of one step with --step, and refuses numbers that mean nothing", async () => {
    const shownOf = async (...args: string[]) =>
      (await heptad("check", movies, ...args)).stdout
        .split("\n")
        .flatMap((line) => /^ {2,3}\d+ {2}(HP\d)/u.exec(line)?.[1] ?? []);
    expect(await shownOf("--top", "2")).toHaveLength(2);
    expect((await shownOf("--step", "6", "--top", "9")).every((code) => code === "HP6")).toBe(true);
    expect((await shownOf("--step", "6")).length).toBeGreaterThan(0);
    expect((await heptad("check", movies, "--step", "8")).status).toBe(2);
    expect((await heptad("check", movies, "--top", "none")).stderr).toContain("no whole number");
  });

  it("says what else a mend clears, by making it and reviewing again", async () => {
    const facts =
      "sources: [{ name: visits, kind: events, time: ts }]\nentities: [{ key: patient_id, rows: 12 }]\nsplit: { by: random, gap: 7 d }";
    const file = write("designs/clears.md", note(facts));
    expect((await heptad("check", file)).stdout).toMatch(/HP301 line 12.*--fix does it, and clears HP306/su);
    await heptad("check", file, "--fix");
    expect((await heptad("check", file, "--format", "line")).stdout).not.toMatch(/HP301|HP306/u);
  });

  it("prints a line a finding for editors", async () => {
    const file = write("designs/line.md", LEAKING);
    expect((await heptad("check", file, "--format", "line")).stdout).toContain(
      "designs/line.md:11:14 HP301 `clicks` has `ts`, but the split is `random`\n",
    );
  });

  it("shows only what is new since a revision", async () => {
    const own = temporaryFolder();
    const git = (...args: string[]) =>
      spawnSync("git", ["-c", "user.name=a", "-c", "user.email=a@b", ...args], { cwd: own, encoding: "utf8" });
    git("init", "-q");
    writeFileSync(join(own, "a.md"), LEAKING.replace("by: random", "by: time, gap: 1 d"));
    git("add", ".");
    git("commit", "-qm", "first");
    writeFileSync(join(own, "a.md"), LEAKING);
    const since = (revision: string) => heptadHere(own, ["check", "a.md", "--format", "line", "--since", revision]);
    expect(
      (await since("HEAD")).stdout
        .trim()
        .split("\n")
        .map((line) => line.split(" ")[1]),
    ).toContain("HP301");
    expect((await since("HEAD")).stdout).not.toContain("HP501");
    expect((await since("nowhere")).stderr).toContain("git knows no revision `nowhere`");
  });

  it("keeps to a screen of 40 lines however many notes there are", async () => {
    const text = readFileSync("test/notes/movies.md", "utf8");
    const quiet = readFileSync("designs/wake-word.md", "utf8");
    for (let i = 0; i < 15; i++) {
      write(`many/faulty-${i}.md`, text);
      write(`many/quiet-${i}.md`, quiet);
    }
    const lines = (await heptad("check", "many")).stdout.trimEnd().split("\n");
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines[0]).toMatch(/^15 notes: nothing to report/u);
    expect(lines).toContain("and 10 more notes with findings");
    expect(lines.filter((line) => /^ {2}\d {2}HP/u.test(line))).toHaveLength(5);
  });

  it("gives a note in which nothing is found one line", () => {
    const { stdout, status } = spawnSync(process.execPath, [program, "check"], { encoding: "utf8" });
    expect(status).toBe(0);
    expect(stdout).toMatch(/^designs\/movie-recommendations\.md {4,}nothing to report, \d waived$/mu);
  });
});

describe("a note that cannot be read in part", () => {
  const movies = readFileSync("test/notes/movies.md", "utf8");
  const at = movies.indexOf("## 3");
  const codesOf = async (name: string, text: string): Promise<readonly string[]> =>
    (await heptad("check", write(name, text), "--format", "line")).stdout
      .trim()
      .split("\n")
      .map((line) => line.split(" ")[1]);

  it("has one finding for a block with a tab, and none that asks for what the block may hold", async () => {
    const first = movies.indexOf("  - ", at);
    const codes = await codesOf("broken/tab.md", `${movies.slice(0, first)}\t- ${movies.slice(first + 4)}`);
    expect(codes.filter((code) => code === "HP010")).toHaveLength(1);
    expect(codes.filter((code) => code.startsWith("HP3"))).toEqual(["HP305"]);
  });

  it("has one finding for no-break spaces, which are read as spaces and mended", async () => {
    const from = movies.indexOf("```yaml", at);
    const to = movies.indexOf("```", from + 8);
    const text = movies.slice(0, from) + movies.slice(from, to).replaceAll("  ", "\u00a0\u00a0") + movies.slice(to);
    const codes = await codesOf("broken/spaces.md", text);
    const plain = await codesOf("broken/plain.md", movies);
    expect(codes.filter((code) => code === "HP010")).toHaveLength(1);
    expect(codes.filter((code) => code !== "HP010")).toEqual(plain);
    await heptad("check", "broken/spaces.md", "--fix");
    expect(readFileSync(join(folder, "broken/spaces.md"), "utf8")).not.toContain("\u00a0");
  });

  it("is one line where facts nest without end, and the other notes go on", async () => {
    for (const [i, nested] of ["{a: ", "a: ", "[a, {b: ", "a :\n b: "].entries()) {
      const deep = write(`broken/deep-${i}.md`, note(`sources: {${nested.repeat(3000)}`));
      const { stdout, stderr, status } = await heptad(
        "check",
        deep,
        movies.length > 0 ? resolve("test/notes/movies.md") : "",
        "--format",
        "line",
      );
      expect(stderr).toBe("");
      expect(status).toBe(1);
      expect(stdout).toMatch(new RegExp(`^broken/deep-${i}.md:\\d+:\\d+ HP010 `, "mu"));
      expect(stdout).toContain("HP303");
    }
  });
});

describe("a draft", () => {
  const draft = (body: string): string => `---\nheptad: 1\ntitle: Feed\nsystem: feed\nstatus: draft\n---\n\n${body}`;

  it("is reviewed only where it has begun, and what is not written yet is no error in it", async () => {
    const empty =
      "## 1. Clarify requirements and goals\n\n<!-- what is it for? -->\n\n## 3. Data engineering and feature pipeline\n";
    expect((await heptad("check", write("drafts/empty.md", draft(empty)))).stdout).toBe(
      "drafts/empty.md    nothing to report; section 1 comes next\n",
    );
    const begun = `${empty}\n\`\`\`yaml\nsources: [{ name: clicks, kind: events, time: ts }]\nsplit: { by: random }\n\`\`\`\n`;
    const { stdout } = await heptad("check", write("drafts/begun.md", draft(begun)), "--top", "99");
    expect(stdout).toContain("drafts/begun.md (draft): 1 error");
    expect(stdout).toContain("Not begun: 6 sections (1, 2, 4, 5, 6, 7).");
    expect(stdout).not.toMatch(/HP[124567]\d\d line/u);
    expect(
      (await heptad("check", write("drafts/whole.md", draft(begun).replace("status: draft\n", "")))).stdout,
    ).toMatch(/HP[12]\d\d/u);
  });

  it("is told the three most important things", async () => {
    const whole = readFileSync("test/notes/movies.md", "utf8").replace("heptad: 1", "heptad: 1\nstatus: draft");
    const { stdout } = await heptad("check", write("drafts/movies.md", whole));
    expect(stdout.split("\n").filter((line) => /^ {2}\d {2}HP/u.test(line))).toHaveLength(3);
    const { findings } = JSON.parse((await heptad("check", "drafts/movies.md", "--json")).stdout).reviews[0];
    const severity = (code: string) => findings.find((one: { code: string }) => one.code === code)?.severity;
    expect([severity("HP303"), severity("HP322"), severity("HP401")]).toEqual(["error", "advice", "advice"]);
  });
});

describe("heptad explain", () => {
  it("prints the page of a rule by code or name, and the nearest where there is none", async () => {
    expect((await heptad("explain", "hp301")).stdout).toContain("# HP301 random-split-on-temporal-data");
    expect((await heptad("explain", "peeking")).stdout).toContain("# HP609 peeking");
    const unknown = await heptad("explain", "peaking");
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain("did you mean `peeking`?");
  });

  it("explains errors of form and of waivers too", async () => {
    const { stdout } = await heptad("explain", "HP011");
    expect(stdout).toContain("# HP011 unknown-key");
    expect(stdout).toContain("What to do");
    expect((await heptad("explain", "unknown-kye")).stderr).toContain("did you mean `unknown-key`?");
  });

  it("gives a program the same as JSON: one rule, one error of form, and all", async () => {
    const json = async (...args: string[]) => JSON.parse((await heptad("explain", ...args, "--json")).stdout);
    const rule = await json("HP306");
    expect(rule).toMatchObject({ code: "HP306", name: "group-leakage", step: 3, severity: "error" });
    expect(rule.examples.bad["3"]).toContain("split: { by: random, for: new }");
    expect([rule.reads, rule.sources].map((list) => list.length > 0)).toEqual([true, true]);
    expect(await json("unknown-key")).toMatchObject({ code: "HP011", severity: "error" });
    expect(await json()).toHaveLength(NOTE_CODES.length + RULES.length);
  });

  it("lists all rules and errors of form where none is named", async () => {
    expect((await heptad("explain")).stdout.trim().split("\n")).toHaveLength(NOTE_CODES.length + RULES.length);
  });
});
