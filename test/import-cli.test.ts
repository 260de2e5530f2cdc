import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { wordsIn } from "../src/note/import/note-pieces.ts";
import { parseDesign } from "../src/steps/design.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();
const heptad = (...args: string[]) => heptadHere(folder, args);
cpSync("test/fixtures/foreign", join(folder, "notes"), { recursive: true });
const read = (path: string): string => readFileSync(join(folder, path), "utf8");

interface Shown {
  readonly left: readonly { readonly file: string }[];
  readonly imports: readonly {
    readonly path: string;
    readonly sources: readonly string[];
    readonly headings: readonly { readonly text: string; readonly how: string; readonly steps: readonly number[] }[];
  }[];
}

describe("heptad import", () => {
  const sources = readdirSync(join(folder, "notes"), { recursive: true, encoding: "utf8" }).filter((name) =>
    name.endsWith(".md"),
  );
  const before = new Map(sources.map((name) => [name, read(join("notes", name))]));

  it("shows where each heading would go and writes nothing when it is asked to", async () => {
    const { status, stdout } = await heptad("import", "notes", "--dry-run");
    expect(status).toBe(0);
    expect(stdout).toContain("would write notes/numbered-steps.design.md");
    expect(stdout).toContain("step 4    line   19  3. Architectural Components");
    expect(existsSync(join(folder, "notes/numbered-steps.design.md"))).toBe(false);
  });

  it("makes a design of each, whose every heading is placed or listed, and loses no word of any source", async () => {
    const { status, stdout } = await heptad("import", "notes", "--json");
    expect(status).toBe(0);
    const shown: Shown = JSON.parse(stdout);
    expect(shown.imports).toHaveLength(14);
    expect(shown.left.map(({ file }) => file)).toEqual(["notes/other-language.md"]);
    const left = new Map<string, number>();
    for (const { path } of shown.imports) {
      expect(parseDesign(read(path), path).findings, path).toEqual([]);
      for (const word of wordsIn(read(path))) left.set(word, (left.get(word) ?? 0) + 1);
    }
    for (const [name, text] of before) {
      if (shown.left.some(({ file }) => file === `notes/${name}`)) continue;
      for (const word of wordsIn(text)) {
        expect(left.get(word) ?? 0, `${name}: ${word}`).toBeGreaterThan(0);
        left.set(word, (left.get(word) ?? 0) - 1);
      }
      expect(read(join("notes", name))).toBe(text);
    }
    const unknown = shown.imports.flatMap(({ headings }) => headings.filter(({ how }) => how === "unknown"));
    expect(unknown.map(({ text }) => text)).toEqual(["What the interviewer wants to hear", "Ad click prediction"]);
  });

  it("leads links and pictures to the same files from another folder, says so, and finds its own text again", async () => {
    mkdirSync(join(folder, "pictured"));
    const text = "# Ads\n\n## Data\n\n![flow](img/flow.png) and [more](more.md).\n\n## Model\n\nTrees.\n";
    writeFileSync(join(folder, "pictured/ads.md"), text);
    const out = ["import", "pictured/ads.md", "--out", "made/here"];
    expect((await heptad(...out, "--dry-run")).stdout).toContain("2 relative links and pictures would be changed");
    const { stdout } = await heptad(...out);
    expect(stdout).toContain("2 relative links and pictures changed, to lead from there to the same files");
    expect(read("made/here/ads.design.md")).toContain(
      "![flow](../../pictured/img/flow.png) and [more](../../pictured/more.md)",
    );
    expect((await heptad(...out)).stdout).toContain("is the same already");
    expect((await heptad(...out, "--map", "Model=5")).stdout).toContain("wrote made/here/ads.design.md");
    expect((await heptad("import", "pictured/ads.md")).stdout).not.toContain("relative");
    expect(read("pictured/ads.design.md")).toContain("![flow](img/flow.png)");
  });

  it("refuses what is no note, and says so", async () => {
    writeFileSync(join(folder, "package.json"), '{ "name": "x" }\n');
    writeFileSync(join(folder, "data.txt"), '[{ "name": "x" }]\n');
    writeFileSync(join(folder, "note.rst"), "Data\n====\n\nLogs.\n");
    for (const [name, why] of [
      ["package.json", "it holds JSON"],
      ["data.txt", "it holds JSON"],
      ["note.rst", "an import reads Markdown and plain text"],
    ]) {
      const { status, stderr } = await heptad("import", name);
      expect(status).toBe(2);
      expect(stderr).toContain(`${name} is no note: ${why}`);
    }
    expect(readdirSync(folder).filter((name) => name.endsWith(".design.md"))).toEqual([]);
  });

  it("writes a correction of its map over what it wrote itself, and never over a line that somebody wrote", async () => {
    const text = "# Feed\n\n## Goals\n\nClicks.\n\n## Daten\n\nLogs.\n\n## Model\n\nTrees.\n\n## Betrieb\n\nHourly.\n";
    writeFileSync(join(folder, "feed.md"), text);
    const imported = async (...map: string[]) => {
      const { status, stdout } = await heptad("import", "feed.md", ...map.flatMap((one) => ["--map", one]));
      return [status, /^(?:wrote|unchanged|\S+ was changed)/mu.exec(stdout)?.[0] ?? stdout];
    };
    expect(await imported()).toEqual([0, "wrote"]);
    expect(await imported("Daten=3")).toEqual([0, "wrote"]);
    expect(read("feed.design.md")).toMatch(/## 3\. [^#]+### Daten/u);
    expect(await imported("Daten=3", "Betrieb=6")).toEqual([0, "wrote"]);
    expect(await imported("Daten=3", "Betrieb=7")).toEqual([0, "wrote"]);
    const other = await heptad("import", "feed.md");
    expect(other.status).toBe(1);
    expect(other.stdout).toContain("feed.design.md was written with other options and is left as it is");
    expect(other.stdout).toContain("it is what this gives: heptad import feed.md --map 'Daten=3' --map 'Betrieb=7'");
    writeFileSync(join(folder, "feed.design.md"), `${read("feed.design.md")}mine\n`);
    expect(await imported("Daten=3", "Betrieb=7", "Goals=2")).toEqual([1, "feed.design.md was changed"]);
    expect(read("feed.design.md")).toMatch(/mine\n$/u);
  });

  it("makes one design of a folder whose files are numbered and name their steps in their titles", async () => {
    mkdirSync(join(folder, "parts"));
    for (const [file, title] of [
      ["1", "requirements"],
      ["2", "data"],
      ["3", "Model"],
      ["10", "monitoring"],
      ["README", "Read me"],
    ])
      writeFileSync(join(folder, "parts", `${file}.md`), `# Part ${file}: ${title}\n\nWords of ${title}.\n`);
    const { status, stdout } = await heptad("import", "parts", "--json");
    const { imports }: Shown = JSON.parse(stdout);
    expect([status, imports.map(({ sources: all }) => all.length)]).toEqual([0, [5]]);
    const made = read(imports[0].path);
    expect(made).toMatch(/## 3\. [^#]+### Part 2: data\n\nWords of data\.[\s\S]*## 4\. [^#]+### Part 3: Model/u);
    expect(made).toMatch(/## 7\. [^#]+### Part 10: monitoring/u);
  });

  it("gives designs that are reviewed without an error of form", async () => {
    const { stdout } = await heptad("check", "notes/**/*.design.md", "--json");
    const { reviews } = JSON.parse(stdout);
    const codes = reviews.flatMap((one: { findings: { code: string }[] }) => one.findings.map(({ code }) => code));
    expect(codes.filter((code: string) => code.startsWith("HP0"))).toEqual([]);
  });

  it("is the same twice, and leaves a changed import as it is unless it is forced", async () => {
    expect((await heptad("import", "notes/split-heading.md")).stdout).toContain("is the same already");
    const path = "notes/split-heading.design.md";
    writeFileSync(join(folder, path), `${read(path)}\nMine.\n`);
    const kept = await heptad("import", "notes/split-heading.md");
    expect(kept.status).toBe(1);
    expect(kept.stdout).toContain("was changed since");
    expect(read(path)).toContain("Mine.");
    expect((await heptad("import", "notes/split-heading.md", "--force")).status).toBe(0);
    expect(read(path)).not.toContain("Mine.");
  });

  it("places a heading as it is told, and refuses a map that meets no heading or names no step", async () => {
    const mapped = await heptad(
      "import",
      "notes/html-and-lists.md",
      "--force",
      "--map",
      "What the interviewer wants to hear=1",
    );
    expect(mapped.stdout).toContain("(as you said)");
    expect(read("notes/html-and-lists.design.md")).not.toContain("## Unsorted\n\n<h2>What");
    expect((await heptad("import", "notes/html-and-lists.md", "--map", "Nowhere=1")).stderr).toContain(
      "no heading reads `Nowhere`",
    );
    expect((await heptad("import", "notes/html-and-lists.md", "--map", "Data=8")).stderr).toContain(
      "places no heading",
    );
    expect((await heptad("import", "none.md")).status).toBe(2);
  });

  it("leaves designs that are there out, and says so", async () => {
    const { stdout } = await heptad("import", "notes/split-heading.design.md");
    expect(stdout).toContain("it is a design already");
  });

  it("imports the readable files of a folder, and says of the others why they are not; one that is named is an error", async () => {
    mkdirSync(join(folder, "mixed"));
    writeFileSync(
      join(folder, "mixed/good.md"),
      "# A feed\n\n## Data\nClicks.\n\n## Model\nTrees.\n\n## Serving\nBatch.\n",
    );
    writeFileSync(join(folder, "mixed/latin.md"), Buffer.from("# Caf\xe9\n\n## Data\nClicks.\n", "latin1"));
    const { status, stdout } = await heptad("import", "mixed");
    expect(stdout).toContain("wrote mixed/good.design.md");
    expect(stdout).toContain("Not read, and not imported\n  mixed/latin.md: the file is not UTF-8 text: line 1");
    expect(status).toBe(1);
    expect(JSON.parse((await heptad("import", "mixed", "--json")).stdout).unreadable).toHaveLength(1);
    const alone = await heptad("import", "mixed/latin.md");
    expect([alone.status, alone.stderr.includes("not-utf-8")]).toEqual([2, true]);
  });
});
