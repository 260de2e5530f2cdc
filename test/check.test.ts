import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { RULES } from "../src/note/rules.gen.ts";
import { NOTE_CODES } from "../src/review/note-codes.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

const program = resolve("bin/heptad.js");
const heptad = (...args: string[]) =>
  spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: "utf8" });

const write = (name: string, text: string): string => {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
  return name;
};

const note = (facts: string, front = ""): string =>
  `---\nheptad: 1\ntitle: Feed\nsystem: feed\n${front}---\n\n## 3. Data\n\n\`\`\`yaml\n${facts}\n\`\`\`\n`;

const LEAKING = note("sources: [{ name: clicks, kind: events, time: ts, owner: web }]\nsplit: { by: random }");

describe("heptad check", () => {
  it("exits with 1 where an error is left, and shows the offending line", () => {
    const file = write("designs/leaking.md", LEAKING);
    const { status, stdout } = heptad("check", file);
    expect(status).toBe(1);
    expect(stdout).toContain("error[HP301]");
    expect(stdout).toContain("split: { by: random }");
  });

  it("exits with 2 for a path that is not there, without partial output", () => {
    const { status, stdout, stderr } = heptad("check", "designs/none.md");
    expect(status).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toContain("there is no `designs/none.md`");
  });

  it("exits with 2 for an unknown format and names the known ones", () => {
    const { status, stderr } = heptad("check", "--format", "xml");
    expect(status).toBe(2);
    expect(stderr).toContain("text, json, sarif, github");
  });

  it("finds notes in folders and globs, and leaves out what is no design", () => {
    write("notes/a.md", LEAKING);
    write("notes/deep/b.md", LEAKING);
    write("notes/README.md", "# Notes\n\nNothing here.\n");
    const files = (...args: string[]) =>
      JSON.parse(heptad("check", ...args, "--json").stdout).reviews.map((one: { file: string }) => one.file);
    expect(files("notes")).toEqual(["notes/a.md", "notes/deep/b.md"]);
    expect(files("notes/*.md")).toEqual(["notes/a.md"]);
    expect(files("notes/**/b.md")).toEqual(["notes/deep/b.md"]);
  });

  it("reviews a plain note by its prose and says so, and refuses a file that is no design", () => {
    const headings = ["Requirements", "ML framing", "Data", "Model", "Training", "Serving", "Monitoring"];
    const plain = write("plain/note.md", `# Feed\n\n${headings.map((one) => `## ${one}\n\nText.\n`).join("\n")}`);
    const { stdout, status } = heptad("check", plain);
    expect(stdout).toContain("plain/note.md holds no facts; read from its prose");
    expect(stdout).toContain("from prose: nothing is said about");
    expect(status).toBe(0);
    const other = write("plain/other.md", "# Shopping\n\n- milk\n");
    const refused = heptad("check", other);
    expect(refused.stdout).toContain("error[HP009]");
    expect(refused.status).toBe(1);
  });

  it("shows a mend of several lines as lines to paste", () => {
    const empty = write("plain/empty.md", "");
    expect(heptad("check", empty).stdout).toContain("begin the file with:\n       ---\n       heptad: 1\n");
  });

  it("mends what is mechanical and nothing else", () => {
    const file = write("designs/mend.md", LEAKING);
    heptad("check", file, "--fix");
    expect(readFileSync(join(folder, file), "utf8")).toBe(LEAKING.replace("by: random", "by: time"));
  });

  it("takes rules, numbers and notes to leave out from heptad.yaml, and refuses a rule it does not know", () => {
    const own = temporaryFolder();
    const inOwn = (...args: string[]) =>
      spawnSync(process.execPath, [program, ...args], { cwd: own, encoding: "utf8" });
    mkdirSync(join(own, "designs/bad"), { recursive: true });
    writeFileSync(join(own, "designs/a.md"), LEAKING);
    writeFileSync(join(own, "designs/bad/b.md"), LEAKING);
    writeFileSync(join(own, "heptad.yaml"), "review:\n  ignore: [designs/bad/**]\n  rules: { HP301: advice }\n");
    const { reviews } = JSON.parse(inOwn("check", "--json").stdout);
    expect(reviews).toHaveLength(1);
    expect(reviews[0].findings.find((one: { code: string }) => one.code === "HP301").severity).toBe("advice");
    expect(JSON.parse(inOwn("check", "designs/bad", "--json").stdout).reviews).toHaveLength(1);
    writeFileSync(join(own, "heptad.yaml"), "review:\n  rules: { peeeking: off }\n");
    const refused = inOwn("check");
    expect(refused.status).toBe(2);
    expect(refused.stderr).toContain("did you mean");
  });

  it("fails on milder findings where it is told to", () => {
    const file = write("designs/mild.md", note("features: [{ name: a }]"));
    const { findings } = JSON.parse(heptad("check", file, "--json").stdout).reviews[0];
    expect(findings.length).toBeGreaterThan(0);
    expect(heptad("check", file, "--fail-on", "advice").status).toBe(1);
  });
});

describe("heptad explain", () => {
  it("prints the page of a rule by code or name, and the nearest where there is none", () => {
    expect(heptad("explain", "hp301").stdout).toContain("# HP301 random-split-on-temporal-data");
    expect(heptad("explain", "peeking").stdout).toContain("# HP609 peeking");
    const unknown = heptad("explain", "peaking");
    expect(unknown.status).toBe(2);
    expect(unknown.stderr).toContain("did you mean `peeking`?");
  });

  it("explains errors of form and of waivers too", () => {
    const { stdout } = heptad("explain", "HP011");
    expect(stdout).toContain("# HP011 unknown-key");
    expect(stdout).toContain("What to do");
    expect(heptad("explain", "unknown-kye").stderr).toContain("did you mean `unknown-key`?");
  });

  it("lists all rules and errors of form where none is named", () => {
    expect(heptad("explain").stdout.trim().split("\n")).toHaveLength(NOTE_CODES.length + RULES.length);
  });
});
