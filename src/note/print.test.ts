import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Design, parseDesign } from "../steps/design.ts";
import { printDesign } from "./print.ts";

const movies = readFileSync("test/notes/movies.md", "utf8");

function print(text: string, changes: Parameters<typeof printDesign>[1]): string {
  const outcome = printDesign(text, changes);
  if (!outcome.ok) throw new Error(`${outcome.failure.where}: ${outcome.failure.message}`);
  return outcome.value;
}

function read(text: string): Design {
  const { design, findings } = parseDesign(text, "n.md");
  if (design === undefined || findings.length > 0) throw new Error(findings.map((one) => one.message).join());
  return design;
}

const facts = ({ front, clarify, frame, data, model, evaluate, deploy, monitor }: Design): unknown =>
  structuredClone({ front, clarify, frame, data, model, evaluate, deploy, monitor });

describe("removing facts", () => {
  it("takes out the fact and what belongs to it alone", () => {
    expect(print(movies, { remove: ["1.goal"] })).toBe(movies.replace(/goal: .*\n/u, ""));
    expect(print(movies, { remove: ["2.task"] })).toBe(movies.replace(/task: .*\n/u, ""));
    expect(print(movies, { remove: ["1.users.daily"] })).toBe(movies.replace("daily: 2M, ", ""));
    expect(print(movies, { remove: ["1.users.growth"] })).toBe(movies.replace(", growth: 20%/year", ""));
    expect(print(movies, { remove: ["5.slices[1]"] })).toBe(movies.replace(" heavy members,", ""));
    expect(print(movies, { remove: ["4.stages.ranking"] })).toBe(movies.replace(/ {2}- \{ name: ranking.*\n/u, ""));
    expect(print(movies, { remove: ["6.experiment"] })).toBe(movies.replace(/experiment:\n.*\n.*\n/u, ""));
  });

  it("takes out what would be left empty", () => {
    expect(print(movies, { remove: ["1.latency.p99"] })).toBe(movies.replace("latency: { p99: 100 ms }\n", ""));
    expect(print(movies, { remove: ["7.quality[0]"] })).toBe(movies.replace(/quality:\n.*\n/u, ""));
  });

  it("lets the next fact stand behind the dash", () => {
    const text = movies.replace(
      / {2}- \{ name: candidates.*\n/u,
      "  - name: candidates\n    model: als\n    keep: 200\n",
    );
    expect(print(text, { remove: ["4.stages[0].model"] })).toBe(text.replace("    model: als\n", ""));
    expect(print(text, { remove: ["4.stages[0].name"] })).toBe(text.replace("name: candidates\n    ", ""));
  });

  it("says that a fact is not there", () => {
    expect(printDesign(movies, { remove: ["1.stakes"] })).toMatchObject({
      failure: { code: "no-such-fact", where: "1.stakes" },
    });
  });
});

describe("evidence", () => {
  const lines = ["ndcg@10 0.216 (0.19 to 0.24) against 0.138 for most-popular", "run 2026-11-22"];

  it("stands under the facts, is replaced, and leaves no trace when it is taken out", () => {
    const once = print(movies, { evidence: new Map([[5, lines]]) });
    const block = ["<!-- heptad:evidence -->", ...lines, "<!-- /heptad:evidence -->"].join("\n");
    expect(once).toBe(movies.replace("```\n\n## 6", `\`\`\`\n\n${block}\n\n## 6`));
    expect(print(once, { evidence: new Map([[5, lines]]) })).toBe(once);
    expect(print(once, { evidence: new Map([[5, ["other"]]]) })).toBe(once.replace(lines.join("\n"), "other"));
    expect(print(once, { evidence: new Map([[5, []]]) })).toBe(movies);
  });

  it("stands under the heading where a section has no facts", () => {
    const text = "---\nheptad: 1\ntitle: t\nsystem: x\n---\r\n## 2. Frame\r\nProse.\r\n";
    const once = print(text, { evidence: new Map([[2, ["x"]]]) });
    expect(once).toContain("## 2. Frame\n\n<!-- heptad:evidence -->\nx\n<!-- /heptad:evidence -->\r\nProse.");
    expect(print(once, { evidence: new Map([[2, []]]) })).toBe(text);
  });

  it("opens no heading or block of its own", () => {
    const text = print(movies, { evidence: new Map([[3, ["## 4. x", "```yaml", "<!-- a", "1. b"]]]) });
    expect(facts(read(text))).toEqual(facts(read(movies)));
    expect(read(text).sections).toHaveLength(7);
  });

  it("is refused where one of its comments is gone", () => {
    const broken = print(movies, { evidence: new Map([[5, lines]]) }).replace("<!-- /heptad:evidence -->\n", "");
    expect(printDesign(broken, { evidence: new Map([[5, lines]]) })).toMatchObject({
      failure: { code: "evidence-not-closed" },
    });
  });
});

describe("printing", () => {
  const settable: Readonly<Record<string, readonly string[]>> = {
    "1.goal": ["Find a film", "a, b: c # d", "yes", "42"],
    "1.latency.p50": ["20 ms", "1 s"],
    "1.freshness": ["2 d"],
    "2.slots": ["10", "1k"],
    "3.split.gap": ["1 d", "36 h"],
    "4.stages.candidates.factors": ["16", "128"],
    "4.stages[1].hidden": ["[8, 4]"],
    "5.evaluation.gain": ["0.01"],
    "6.serving.timeout": ["50 ms"],
    "6.rollback.kind": ["automatic", "manual"],
    "7.retrain.gate": ["shadow"],
  };
  const removable = [
    "1.users",
    "2.baseline",
    "3.time",
    "3.features[2]",
    "4.cold-start",
    "5.slices[0]",
    "6.experiment.alpha",
    "7.drift",
  ];

  it("changes the facts that it was told to and no character of prose or comments", () => {
    const assignment = fc
      .constantFrom(...Object.keys(settable))
      .chain((path) => fc.tuple(fc.constant(path), fc.constantFrom(...settable[path])));
    const changes = fc.record({
      set: fc.array(assignment, { maxLength: 6 }).map((pairs) => Object.fromEntries(pairs)),
      remove: fc.uniqueArray(fc.constantFrom(...removable), { maxLength: 4 }),
      evidence: fc
        .uniqueArray(fc.integer({ min: 1, max: 7 }), { maxLength: 3 })
        .map((steps) => new Map(steps.map((step) => [step, [`figure ${step}`]]))),
    });
    const prose = movies.replaceAll(
      /^## \d.*$/gmu,
      (heading) => `${heading}\n\nWords before, # and *after*:\ttabs  \n- a list\n\n`,
    );
    const noted = prose.replaceAll("```\n\n", "```\nMore prose <!-- with a comment -->.\n\n");
    fc.assert(
      fc.property(changes, fc.constantFrom("\n", "\r\n"), fc.boolean(), (wanted, newline, mark) => {
        const text = (mark ? "\uFEFF" : "") + noted.replaceAll("\n", newline);
        const printed = print(text, wanted);
        const before = read(text);
        const after = read(printed);
        expect(after.sections.map((section) => section.prose)).toEqual(before.sections.map((section) => section.prose));
        for (const [path, value] of Object.entries(wanted.set))
          expect(read(print(text, { set: { [path]: value } }))).toBeDefined();
        const undone = print(printed, { evidence: new Map([...wanted.evidence.keys()].map((step) => [step, []])) });
        expect(facts(read(undone))).toEqual(facts(after));
        expect(print(printed, { set: wanted.set, evidence: wanted.evidence })).toBe(printed);
        expect(printed.split(newline).filter((line) => line.includes(" #"))).toEqual(
          expect.arrayContaining(text.split(newline).filter((line) => line.includes("   #"))),
        );
      }),
      { numRuns: 60 },
    );
  });
});
