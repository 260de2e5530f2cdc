import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { drawn, runOf } from "../../test/drawn-run.ts";
import { fraudDetection } from "../kinds/fraud-detection/fraud-detection.ts";
import { recommendation } from "../kinds/recommendation/recommendation.ts";
import { summarizeBy } from "../report/summary/summarize.ts";
import type { MeasuredRun, RunRecord } from "../system/run-record.ts";
import { drawForest } from "./draw-forest.ts";
import { MOST_LINES, renderSummary } from "./render-summary.ts";

const GAIN = { value: 0.098, interval: [0.076, 0.119], n: 494 } as const;
const QUIET = {
  gain: GAIN,
  drop: { value: 0.117, interval: [0.02, 0.217], n: 494 },
  limit: 0.02,
  p99: 0.004,
  busy: 0.3,
  cost: 863,
  budget: 5000,
  simulated: true,
  guard: 0,
} as const;
const AFTER = ["report  runs/note/0123456789ab/report.html", "all     heptad run note.md --verbose"];

function recordOf(run: MeasuredRun, questions = recommendation.questions): RunRecord {
  const { summary, remarks } = summarizeBy(questions)(run);
  return { ...run, remarks: [...run.remarks, ...remarks], summary };
}

function terminal(width: number, interactive: boolean) {
  return { width, interactive, paint: (_: string, text: string) => text };
}

describe("a run in the terminal", () => {
  it("takes at most 40 lines within the width, at a window and piped, whatever was measured", () => {
    fc.assert(
      fc.property(drawn, fc.constantFrom(80, 96, 100, 140), fc.boolean(), (what, width, interactive) => {
        for (const { questions } of [recommendation, fraudDetection]) {
          const text = renderSummary(recordOf(runOf(what), questions), terminal(width, interactive), AFTER);
          const lines = text.split("\n");
          expect(lines.length).toBeLessThanOrEqual(MOST_LINES);
          const widest = Math.max(...lines.filter((line) => !line.includes("heptad run")).map((line) => line.length));
          expect(widest).toBeLessThanOrEqual(interactive && width >= 96 ? 100 : 80);
        }
      }),
      { numRuns: 200 },
    );
  });

  it("prints the words of the report: headline, verdicts, and the first thing to do", () => {
    const run = runOf(QUIET);
    const record = recordOf(run);
    const text = renderSummary(record, terminal(100, true), AFTER);
    expect(text.replaceAll(/\s+/gu, " ")).toContain(record.summary.headline.verdict);
    for (const { question, verdict } of record.summary.ledger) {
      expect(text).toContain(question);
      expect(text).toContain(verdict);
    }
    expect(text).toContain("ranking int8 loses 12%: drop 11.7% [2.0, 21.7],");
    expect(text).toContain("Run it on your own data: heptad run note.md --data PATH");
    expect(text.endsWith(AFTER.join("\n"))).toBe(true);
  });
});

describe("a run with much to say", () => {
  it("still fits: parts beyond six are counted, and reasons go before the files' names do", () => {
    const record = recordOf(runOf({ ...QUIET, simulated: true }));
    const [part] = record.summary.ledger[3].parts;
    const long =
      "a reason that goes on for longer than two lines of a window that is eighty columns wide, and then some more of it";
    const summary = {
      ...record.summary,
      ledger: record.summary.ledger.map((row) =>
        row.parts.length === 0 ? row : { ...row, parts: Array.from({ length: 20 }, () => part) },
      ),
      next: Array.from({ length: 3 }, (_, i) => ({ step: 5, short: `Thing ${i}`, text: long, command: "" })),
      doubts: Array.from({ length: 4 }, (_, i) => ({ step: 5, short: `Doubt ${i}`, text: long, command: "" })),
    };
    for (const isWindow of [true, false]) {
      const text = renderSummary({ ...record, summary }, terminal(100, isWindow), AFTER);
      expect(text.split("\n").length).toBeLessThanOrEqual(MOST_LINES);
      expect(text).toContain("and 14 more");
      expect(text).toContain("Doubt 1");
      expect(text.endsWith(AFTER.join("\n"))).toBe(true);
    }
  });
});

it("a reason goes on after its colon in small letters, and a name of letters stays as it is", () => {
  const record = recordOf(runOf(QUIET));
  const doubts = ["A label arrives late.", "The world is simulated.", "AUC flatters."].map((text, i) => ({
    ...{ step: 5, short: `Doubt ${i}`, text, command: "" },
  }));
  const text = renderSummary({ ...record, summary: { ...record.summary, doubts } }, terminal(100, true), AFTER);
  expect(text).toContain("Doubt 0: a label arrives late.");
  expect(text).toContain("Doubt 1: the world is simulated.");
  expect(text).toContain("Doubt 2: AUC flatters.");
});

describe("intervals drawn with characters", () => {
  const figure = {
    step: 5,
    name: "ndcg@10",
    subject: "a vs b",
    slice: "all",
    value: 0.05,
    interval: [0, 0.1] as [number, number],
    unit: "",
    n: 10,
    note: "",
  };

  it("put zero left of a gain, the dot in the middle, and plain signs where UTF-8 is not written", () => {
    const [line] = drawForest(
      { metric: "ndcg@10", gain: null, rows: [{ name: "two-stage", isSlice: false, figure }] },
      { paint: (_, text) => text },
      100,
      { zero: "|", gain: ":", line: "-", dot: "o" },
    );
    expect(line).toMatch(/^ {4}two-stage \|-{16}o-{16} {2}\+0\.050 \[0\.000, 0\.100\]$/u);
  });
});
