import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { KINDS } from "../src/kinds/registry.ts";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { type Golden, goldenOf, movedLines, runSealed, saidOf } from "./golden-record.ts";
import { remarkFaults } from "./remarks-beside-figures.ts";

/** `HEPTAD_GOLDEN=renew npx vitest run test/golden-runs.test.ts` keeps what is measured now: only where a figure was meant to move. */
const RENEW = process.env.HEPTAD_GOLDEN === "renew";

const here = (...parts: readonly string[]): string => join(import.meta.dirname, ...parts);

const FIGURE = { step: 5, name: "ndcg@10", subject: "system", slice: "all", unit: "", n: 90, note: "" } as const;

/** An alert of a record with what is said of it, and nothing else. */
function alertOf(said: Readonly<Record<string, unknown>>): RunRecord["alerts"][number] {
  const none = { step: 7, unit: "", fires: null, interval: null, n: null, unitsToSettle: null };
  return runRecordSchema.shape.alerts.element.parse({
    ...{ ...none, measured: 0.3, owner: "", action: "", note: "" },
    ...said,
  });
}

/** A small note of each kind, and what makes it tiny. */
const NOTES: Readonly<Record<string, readonly [path: string, ...changes: (readonly [string, string])[]]>> = {
  recommendation: ["fixtures/small-recommendation.md", ["members: 250, items: 120", "members: 80, items: 50"]],
  "fraud-detection": ["fixtures/small-fraud.md", ["customers: 300, terminals: 400", "customers: 150, terminals: 200"]],
  "binary-classification": ["fixtures/click-prediction.md", ["members: 800", "members: 300"]],
  "document-ranking": ["fixtures/document-ranking.md", ["format: simulated", "format: simulated, members: 90"]],
  "visual-search": ["../designs/visual-search.md", ["items: 480", "items: 100"], ["epochs: 8", "epochs: 1"]],
};

describe("a sentence that a stage writes itself", () => {
  const gain = { value: 0.05, interval: [-0.01, 0.11] as const };
  const clause = { kind: "acceptance", metric: "ndcg@10 of small", condition: "ndcg@10 drop <= 1%", verdict: "loses" };
  const watched = { kind: "alert", metric: "psi", condition: "> 0.2", verdict: "fires", fires: true };
  const faultsOf = (text: string): readonly string[] =>
    remarkFaults({
      remarks: [{ step: 5, kind: "answer", text }],
      figures: [{ ...FIGURE, ...gain, interval: [...gain.interval] }],
      alerts: [clause, watched].map((one) => alertOf(one)),
    });

  it.each([
    "A difference of +0.05 [-0.01, 0.11], no difference that these requests could show.",
    "**small**: fewer bytes. `ndcg@10 drop <= 1%` is broken, and a loss is shown.",
    "Of 1 condition, 1 would fire on what this run measured.",
    "It is **0.05** times as often, which grew by 5% [-1%, 11%].",
  ])("is held against the figures: %s", (text) => expect(faultsOf(text)).toEqual([]));

  it.each([
    "A difference of +0.05 [-0.01, 0.11], better than the baseline.",
    "A difference of +0.05 [0.01, 0.11], no difference that these requests could show.",
    "**small**: fewer bytes. `ndcg@10 drop <= 1%` is kept.",
    "Of 2 conditions, 1 would fire on what this run measured.",
    "Of 1 condition, 0 would fire on what this run measured.",
    "It is **0.07** times as often.",
    "The network beats pixels: ndcg@20 0.6 against 0.5.",
  ])("is noticed where it says something else: %s", (text) => expect(faultsOf(text)).not.toEqual([]));
});

describe("the figures of a tiny run", () => {
  it("are kept of every kind", () => {
    expect(Object.keys(NOTES).sort()).toEqual(KINDS.map(({ name }) => name).sort());
  });

  it.each(Object.entries(NOTES))("of %s are those that are kept", async (kind, [path, ...changes]) => {
    let text = readFileSync(here(path), "utf8");
    for (const [from, to] of changes) {
      expect(text).toContain(from);
      text = text.replace(from, to);
    }
    const record = await runSealed(text);
    expect(remarkFaults(record)).toEqual([]);
    // Of classifiers that are held against each other one answers requests: the one that is measured, written down and drawn.
    if (record.evaluation?.contenders.every(({ role }) => role === "baseline" || role === "single") === true) {
      const { served } = record.evaluation;
      const timed = record.figures.filter(({ name, subject }) => name === "latency p99" && subject !== "request");
      const [, ...drawn] = record.context.drawing?.nodes ?? [];
      if (drawn.length > 0) expect(drawn.map(({ name }) => name)).toEqual([served]);
      expect(timed.map(({ subject }) => subject)).toContain(served);
    }
    const now = { ...goldenOf(record), ...saidOf(record) };
    const file = here("golden", `${kind}.json`);
    if (RENEW) writeFileSync(file, `${JSON.stringify(now, null, 2)}\n`);
    const before: Golden = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : {};
    expect(movedLines(before, now)).toEqual([]);
    expect(Object.keys(now).length).toBeGreaterThan(40);
  });

  it("are named one by one where they move", () => {
    expect(movedLines({ a: "1", b: "2", c: "3" }, { a: "1", b: "4", d: "5" })).toEqual([
      "moved: b: 2 -> 4",
      "gone: c: 3",
      "new: d: 5",
    ]);
  });
});
