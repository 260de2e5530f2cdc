import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Command } from "../src/cli/command.ts";
import { command as newCommand } from "../src/cli/commands/new.ts";
import { command as schemaCommand } from "../src/cli/commands/schema.ts";
import { parseArguments, runCommand } from "../src/cli/dispatch.ts";
import { createTerminal } from "../src/cli/terminal.ts";
import { FailureError } from "../src/core/outcome.ts";
import { reviewText } from "../src/note/review-text.ts";
import { parseDesign } from "../src/steps/design.ts";
import { heptadHere } from "./heptad-here.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const folder = temporaryFolder();

interface Ran {
  readonly code: number;
  readonly out: string;
  readonly note: string;
  readonly failure?: string;
}

async function run(command: Command, ...args: string[]): Promise<Ran> {
  let out = "";
  let note = "";
  const terminal = createTerminal({
    stdin: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (note += text) },
    env: {},
  });
  const input = parseArguments(command, args, terminal);
  if (typeof input === "number") return { code: input, out, note };
  try {
    return { code: await runCommand(command, input, terminal), out, note };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    return { code: 2, out, note, failure: error.failure.code };
  }
}

describe("heptad new", () => {
  it.each(["recommendation", "fraud-detection", "visual-search", "eta-prediction"])(
    "writes a note for %s that reads without errors",
    async (system) => {
      const path = join(folder, `late-night_${system}.md`);
      expect(await run(newCommand, path, "--system", system)).toMatchObject({ code: 0 });
      const { design, findings } = parseDesign(readFileSync(path, "utf8"), path);
      expect(findings).toEqual([]);
      expect(design?.front).toMatchObject({ system, title: expect.stringMatching(/^Late night /u) });
      expect(
        design?.sections.map((section) => [section.step, section.facts !== undefined, section.prose !== ""]),
      ).toEqual([1, 2, 3, 4, 5, 6, 7].map((step) => [step, true, true]));
    },
  );

  it("never overwrites a file", async () => {
    const path = join(folder, "mine.md");
    writeFileSync(path, "mine");
    expect(await run(newCommand, path)).toMatchObject({ code: 2, failure: "file-exists" });
    expect(readFileSync(path, "utf8")).toBe("mine");
  });

  it("adds .md, makes folders, and quotes a title that YAML would read otherwise", async () => {
    const ran = await run(newCommand, join(folder, "deep", "note"), "--title", "Rank: #1", "--json");
    expect(JSON.parse(ran.out)).toMatchObject({ title: "Rank: #1", template: "any-system" });
    const { design } = parseDesign(readFileSync(join(folder, "deep", "note.md"), "utf8"), "note.md");
    expect(design?.front.title).toBe("Rank: #1");
  });

  it("asks whether a name near a known system was meant", async () => {
    const { code, note } = await run(newCommand, join(folder, "typo"), "--system", "recomendation");
    expect(code).toBe(0);
    expect(note).toContain("--system recommendation");
  });

  it("writes the prompt of a problem with the headings, as a draft that asks for nothing, and no fact of the problem", async () => {
    const path = join(folder, "feed.md");
    const ran = await run(newCommand, path, "--problem", "feed-ranking");
    expect(ran).toMatchObject({ code: 0 });
    expect(ran.out).toContain("next: fill in section 1");
    const text = readFileSync(path, "utf8");
    expect(text).toContain("> The feed of our social app feels stale. Rank it better.");
    expect(text).not.toMatch(/50 million|300 ms|Reverse chronological/u);
    const { design, findings } = parseDesign(text, path);
    expect(findings).toEqual([]);
    expect(design?.front).toMatchObject({ system: "feed-ranking", status: "draft" });
    expect(design?.sections.map(({ step, facts }) => [step, facts])).toEqual(
      [1, 2, 3, 4, 5, 6, 7].map((step) => [step, undefined]),
    );
    expect(reviewText(text, path)?.review.findings).toEqual([]);
  });

  it("writes every problem of the library, and asks which was meant where there is none", async () => {
    for (const file of readdirSync("library/problems")) {
      const problem = file.replace(/\.yaml$/u, "");
      expect(await run(newCommand, join(folder, "problems", problem), "--problem", problem)).toMatchObject({ code: 0 });
    }
    expect(await run(newCommand, join(folder, "x"), "--problem", "feed-rankin")).toMatchObject({
      failure: "unknown-problem",
    });
  });

  it("copies a design that runs, which reviews without a finding", async () => {
    const path = join(folder, "films.md");
    expect((await run(newCommand, path, "--runs", "recommendation")).out).toBe(
      `wrote ${path}\nnext: heptad run ${path}\n`,
    );
    const text = readFileSync(path, "utf8");
    expect(reviewText(text, path)?.review.findings).toEqual([]);
    expect(text).toContain("title: Films\n");
    expect(parseDesign(text, path).design?.data.source?.format).toBe("simulated");
    expect(await run(newCommand, join(folder, "y"), "--runs", "ads")).toMatchObject({ failure: "not-runnable" });
  });

  it("copies every reference design, which reviews without a finding under its own name", async () => {
    for (const file of readdirSync("designs").filter((name) => name.endsWith(".md"))) {
      const design = file.replace(/\.md$/u, "");
      const path = join(folder, "from", file);
      const ran = await run(newCommand, path, "--from", design, "--title", "Mine");
      expect(ran.out).toBe(`wrote ${path}\nnext: heptad estimate ${path}\n`);
      const text = readFileSync(path, "utf8");
      expect(text).toContain("title: Mine\n");
      expect(reviewText(text, path)?.review.findings).toEqual([]);
    }
    expect(await run(newCommand, join(folder, "x"), "--from", "wake-wrd")).toMatchObject({ failure: "unknown-design" });
    expect(await run(newCommand, "z", "--blank", "--from", "wake-word")).toMatchObject({ failure: "bad-option" });
  });

  it("names the reference design of a system that has one", async () => {
    const { note } = await run(newCommand, join(folder, "pictures"), "--system", "visual-search");
    expect(note).toContain("--from visual-search");
  });

  it("refuses two ways to begin at once, and a note without a name where nobody can be asked", async () => {
    expect(await run(newCommand, "z", "--blank", "--runs", "recommendation")).toMatchObject({ failure: "bad-option" });
    expect(await run(newCommand)).toMatchObject({ code: 2, failure: "missing-name" });
  });

  it("puts a bare name where `heptad check` looks for it", async () => {
    const own = temporaryFolder();
    const heptad = (...args: string[]) => heptadHere(own, args);
    expect((await heptad("new", "feed", "--blank")).stdout).toContain("wrote designs/feed.md");
    expect((await heptad("check")).stdout).toBe("designs/feed.md    nothing to report; section 1 comes next\n");
    expect((await heptad("new", "./here")).stdout).toContain("wrote ./here.md");
  });

  it("is followed by no interview about a note in which nothing is written", async () => {
    const own = temporaryFolder();
    await heptadHere(own, ["new", "mine", "--problem", "feed-ranking"]);
    const { status, stderr, stdout } = await heptadHere(own, ["interview", "designs/mine.md"]);
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toContain("nothing is written in this note yet");
    expect(stderr).toContain("fix: fill in section 1 first");
  });

  it("has no template that no system uses", () => {
    expect(readdirSync("library/templates")).toEqual(["any-system.md"]);
  });
});

describe("heptad schema", () => {
  it("prints all sections, or one", async () => {
    const all = JSON.parse((await run(schemaCommand)).out);
    expect(Object.keys(all.properties)).toEqual([
      "front",
      "clarify",
      "frame",
      "data",
      "model",
      "evaluate",
      "deploy",
      "monitor",
    ]);
    expect(all).toEqual(JSON.parse(readFileSync("docs/design.schema.json", "utf8")));
    const four = JSON.parse((await run(schemaCommand, "--step", "4")).out);
    expect(four.properties.stages.items.required).toContain("name");
  });

  it("refuses a step that is none", async () => {
    expect(await run(schemaCommand, "--step", "8")).toMatchObject({ code: 2, failure: "no-such-section" });
  });
});
