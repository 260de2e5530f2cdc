import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { temporaryFolder } from "./temporary-folder.ts";

const PROGRAM = join(import.meta.dirname, "..", "bin", "heptad.js");
const FIXTURE = join(import.meta.dirname, "fixtures", "tiny-recommendation.md");
const folder = temporaryFolder();
const outside = temporaryFolder();
const client = new Client({ name: "test", version: "1" });

beforeAll(async () => {
  cpSync(FIXTURE, join(folder, "small.md"));
  writeFileSync(join(folder, "heptad.yaml"), "review: {}\n");
  cpSync(FIXTURE, join(outside, "secret.md"));
  symlinkSync(join(outside, "secret.md"), join(folder, "link.md"));
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [PROGRAM, "mcp"], cwd: folder, stderr: "inherit" }),
  );
});
afterAll(() => client.close());

const reply = z.object({ isError: z.boolean().optional(), content: z.array(z.object({ text: z.string() })) });

async function call(name: string, given: Record<string, unknown>): Promise<{ text: string; failed: boolean }> {
  const { isError = false, content } = reply.parse(
    await client.callTool({ name, arguments: given }, undefined, { timeout: 100_000 }),
  );
  return { text: content[0].text, failed: isError };
}

async function answer<Shape extends z.ZodType>(
  shape: Shape,
  name: string,
  given: Record<string, unknown>,
): Promise<z.output<Shape>> {
  const { text, failed } = await call(name, given);
  expect(failed, text).toBe(false);
  return shape.parse(JSON.parse(text));
}

describe("the server for agents", () => {
  it("lists its tools with schemas, and says which of them write", async () => {
    const { tools } = await client.listTools();
    expect(tools.map(({ name }) => name)).toEqual([
      "check",
      "explain",
      "estimate",
      "run",
      "compare",
      "practice_question",
      "grade_answer",
      "interview_turn",
    ]);
    expect(tools.filter(({ annotations }) => annotations?.readOnlyHint !== true).map(({ name }) => name)).toEqual([
      "run",
    ]);
    for (const { inputSchema, description } of tools) {
      expect(inputSchema.type).toBe("object");
      expect(description?.length).toBeGreaterThan(40);
    }
    expect(client.getInstructions()).toContain("figure");
  });

  it("reviews a file and a text, explains what it finds, and asks for one of the two", async () => {
    const shape = z.object({ findings: z.array(z.object({ code: z.string(), line: z.number() })) });
    const text = readFileSync(join(import.meta.dirname, "..", "designs", "bad", "movie-recommendations.md"), "utf8");
    const bad = await answer(shape, "check", { text });
    const good = await answer(shape, "check", { path: "small.md" });
    expect(bad.findings.map(({ code }) => code)).not.toEqual(good.findings.map(({ code }) => code));
    expect(bad.findings.some(({ line }) => line > 20)).toBe(true);
    const explained = await call("explain", { rule: bad.findings[0].code });
    expect(explained.text).toContain(bad.findings[0].code);
    expect((await call("explain", { rule: "HP999" })).text).toMatch(/^error\[unknown-rule\].*\nfix: /su);
    expect((await call("check", {})).text).toContain("exactly one of path and text");
    expect((await call("check", { path: "small.md", pth: 1 })).failed).toBe(true);
  });

  it("estimates expressions and designs with units", async () => {
    const { lines } = await answer(z.object({ lines: z.array(z.unknown()) }), "estimate", {
      expression: "50M * 128 * 4 bytes -> GB",
    });
    expect(JSON.stringify(lines)).toContain("25.6");
    const design = await answer(z.record(z.string(), z.unknown()), "estimate", { path: "small.md" });
    expect(Object.keys(design)).toContain("simulation");
    expect((await call("estimate", { expression: "1 GB + 1 s" })).failed).toBe(true);
  });

  it("neither reads notes nor writes outside of the project, links included", async () => {
    for (const path of ["../x.md", join(outside, "secret.md"), "link.md", "/etc/passwd", "sub/../../x.md"]) {
      for (const tool of ["check", "run"]) {
        const { text, failed } = await call(tool, { path });
        expect(failed && text, `${tool} ${path}`).toContain("outside-project");
      }
      expect((await call("compare", { before: path, after: path })).text).toContain("outside-project");
    }
    expect(readdirSync(outside)).toEqual(["secret.md"]);
  });

  it("runs a design within its time, keeps what was finished, and compares two runs", async () => {
    const ended = await call("run", { path: "small.md", seconds: 1 });
    expect(ended.failed && ended.text).toMatch(/out-of-time.*kept/su);
    const shape = z.object({ figures: z.array(z.object({ step: z.number() })), computed: z.array(z.string()) });
    const [first, busy] = await Promise.all([
      answer(shape, "run", { path: "small.md", step: 5 }),
      call("run", { path: "small.md" }),
    ]);
    expect(busy.text).toContain("error[busy]");
    expect(first.figures.length).toBeGreaterThan(3);
    expect(first.figures.every(({ step }) => step === 5)).toBe(true);
    expect((await answer(shape, "run", { path: "small.md" })).computed).toEqual([]);
    await answer(shape, "run", { path: "small.md", seed: 8 });
    const runs = readdirSync(join(folder, "runs", "small")).filter((name) => /^[0-9a-f]{12}$/u.test(name));
    expect(runs).toHaveLength(2);
    const compared = z.object({ differences: z.array(z.unknown()), why: z.string() });
    const [before, after] = runs.map((name) => `runs/small/${name}`);
    const { differences, why } = await answer(compared, "compare", { before, after });
    expect(differences.length > 0 || why !== "").toBe(true);
    writeFileSync(join(folder, "bad.md"), "nothing");
    expect((await call("run", { path: "bad.md" })).failed).toBe(true);
  });

  it("holds the mapping of a note against its file, as heptad check does, where the note is a file", async () => {
    const found = z.object({ findings: z.array(z.object({ code: z.string(), message: z.string() })) });
    writeFileSync(join(folder, "ragged.csv"), `user,item,time\n${"u1,i1,2024-03-05\n".repeat(30)}u1,i1\n`);
    const source = "source: { format: csv, path: ragged.csv, columns: { member: user, item: item, time: time } }";
    const text = `---\nheptad: 1\ntitle: R\nsystem: recommendation\n---\n\n## 3. Data\n\n\`\`\`yaml\n${source}\n\`\`\`\n`;
    writeFileSync(join(folder, "ragged.md"), text);
    const { findings } = await answer(found, "check", { path: "ragged.md" });
    expect(findings.find(({ code }) => code === "HP340")?.message).toContain("2 cells");
    const ofText = await answer(found, "check", { text });
    expect(ofText.findings.filter(({ code }) => code === "HP340")).toEqual([]);
  });

  it("draws questions, grades answers and holds an interview without a trace in the history", async () => {
    const question = z.object({ question: z.string(), seed: z.number(), lines: z.array(z.string()) });
    const drawn = await answer(question, "practice_question", { kind: "estimate", level: 2, seed: 5 });
    expect(drawn).toEqual(await answer(question, "practice_question", { kind: "estimate", level: 2, seed: 5 }));
    const grade = z.object({ verdict: z.string(), score: z.number(), expected: z.string() });
    const wrong = await answer(grade, "grade_answer", { question: drawn.question, seed: 5, answer: "1e30" });
    expect(wrong.verdict).toBe("wrong");
    const right = await answer(grade, "grade_answer", { question: drawn.question, seed: 5, answer: wrong.expected });
    expect(right).toMatchObject({ verdict: "right", score: 1 });
    expect((await call("practice_question", { area: "none" })).text).toContain("the areas are");
    const seeds = [await answer(question, "practice_question", {}), await answer(question, "practice_question", {})];
    expect(new Set(seeds.map((one) => one.seed)).size).toBe(2);
    expect(seeds[0]).toEqual(await answer(question, "practice_question", { seed: seeds[0].seed }));
    expect((await call("grade_answer", { question: drawn.question, answer: "1" })).failed).toBe(true);

    const turn = z.object({
      session: z.string(),
      say: z.array(z.string()),
      ended: z.boolean().optional(),
      step: z.number().optional(),
    });
    const line = "How many images are there?";
    const begun = await answer(turn, "interview_turn", { problem: "visual-search" });
    const both = await answer(turn, "interview_turn", { problem: "visual-search", line });
    expect(both.say.slice(0, begun.say.length)).toEqual(begun.say);
    const { session } = begun;
    const asked = await answer(turn, "interview_turn", { session, line });
    expect(asked.say.length).toBeGreaterThan(0);
    expect(both.say.slice(begun.say.length)).toEqual(asked.say);
    expect((await answer(turn, "interview_turn", { session, line: "/next" })).step).toBe(2);
    let last = await answer(turn, "interview_turn", { session, line: "/end" });
    for (let probe = 0; last.ended !== true && probe < 20; probe++)
      last = await answer(turn, "interview_turn", { session, line: "I would measure it first." });
    expect(last.ended).toBe(true);
    expect((await call("interview_turn", { session, line: "more" })).text).toContain("no-session");
    expect((await call("interview_turn", {})).text).toContain("visual-search");
    expect(existsSync(join(folder, "history"))).toBe(false);
  });
});
