import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createRandom } from "../src/core/random.ts";
import { simulatePayments } from "../src/kinds/fraud-detection/simulated-payments.ts";
import type { RunRecord } from "../src/system/run-record.ts";
import { runSealed } from "./golden-record.ts";
import { figureOf, runNote } from "./run-note.ts";
import { temporaryFolder } from "./temporary-folder.ts";

let folder = "";
beforeAll(() => {
  folder = temporaryFolder();
  writeFileSync(
    join(folder, "small.md"),
    written.replace("customers: 300, terminals: 400", "customers: 150, terminals: 200"),
  );
});

const run = (note: string, ...args: string[]): Promise<RunRecord> => runNote(note, folder, ...args);

const written = readFileSync(join(import.meta.dirname, "fixtures", "small-fraud.md"), "utf8");
/** What is asked of the models alone needs no service and no monitor. */
const evaluated = (note: string): Promise<RunRecord> => runSealed(note, 5);
const withImbalance = (facts: string): string => written.replace("split:", `imbalance: { ${facts} }\nsplit:`);

describe("a fraud design", () => {
  it("runs on the simulated world and gives the same figures again", async () => {
    const first = await run("small.md");
    expect(figureOf(first, "scoring", "average precision")).toBeGreaterThan(0.1);
    expect(first.data.simulated).toBe(true);
    expect(figureOf(first, "features", "rows with skew")).toBe(0);
    const changed = first.figures.filter(({ name }) => name === "later decisions changed");
    expect(changed.map(({ subject }) => subject)).toContain("a duplicate id");
    expect(changed.length).toBe(11);
    expect(changed.every(({ value }) => value === 0)).toBe(true);
    expect(figureOf(first, "an amount that is NaN", "sent to review")).toBe(1);
    expect(figureOf(first, "a new card", "decided by rules")).toBe(0);
    const again = await run("small.md");
    expect(again.figures).toEqual(first.figures);
    expect(again.steps.every(({ cached }) => cached)).toBe(true);
  });

  it("shows what a random split and early labels would have claimed beside the honest figures", async () => {
    const flawed = written
      .replace("by: time, train: 14 d, gap: 7 d, validation: 14 d, test: 7 d", "by: random, train: 70%, test: 30%")
      .replace("aggregate: rate(fraud), window: 30 d, delay: 7 d", "aggregate: rate(fraud), window: 30 d")
      .replace("goal: Stop fraud", "goal: Stop fraud\nlabels: { delay: 7 d }");
    const record = await evaluated(flawed);
    const claimed = figureOf(record, "as written", "average precision");
    expect(claimed).toBeGreaterThan(figureOf(record, "scoring", "average precision") + 0.05);
    expect(figureOf(record, "as written", "accuracy")).toBeGreaterThan(0.98);
    expect(figureOf(record, "approving everything", "accuracy")).toBeGreaterThan(0.98);
  });

  it("shows what down-sampling does to ranking and to probabilities, corrected and not", async () => {
    const record = await evaluated(
      withImbalance("handling: downsample, applied-to: train, keep: 10%, corrected: true"),
    );
    const [unhandled, corrected, lifted] = ["unhandled", "10% kept, corrected", "10% kept, not corrected"].map((way) =>
      figureOf(record, `scoring, ${way}`, "mean probability"),
    );
    expect(lifted).toBeGreaterThan(4 * unhandled);
    expect(corrected).toBeLessThan(2 * unhandled);
    expect(figureOf(record, "scoring, 10% kept", "average precision")).toBe(
      figureOf(record, "scoring", "average precision"),
    );
    expect(figureOf(record, "scoring, 10% kept, corrected", "training transactions")).toBeLessThan(
      0.2 * figureOf(record, "split", "training transactions"),
    );
  });

  it("warns of uncorrected scores, and of a test that was resampled too", async () => {
    const record = await evaluated(withImbalance("handling: oversample, applied-to: all, rate-after: 50%"));
    const warnings = record.remarks.filter(({ kind }) => kind === "warning").map(({ text }) => text);
    expect(warnings.join("\n")).toMatch(/\*\*scoring\*\* is not corrected/u);
    expect(warnings.join("\n")).toMatch(/test rows resampled \(oversample\)/u);
    expect(figureOf(record, "as written", "average precision")).toBeGreaterThan(
      figureOf(record, "scoring", "average precision") + 0.2,
    );
  });

  it("takes a threshold by cost, an isotonic calibration, monotone trees and a stage's weight from the note", async () => {
    const asked = written
      .replace("policy: capacity, capacity: 20/day,", "policy: cost, false-negative: $80,")
      .replace("learning-rate: 0.1", "class-weight: 5, calibration: isotonic, monotone: { amount: increasing }")
      .replace("  - { name: logistic, model: logistic-regression }\n", "");
    const record = await evaluated(asked);
    expect(record.figures.find(({ name }) => name === "threshold")?.value).toBeCloseTo(5 / 80, 12);
    expect(figureOf(record, "scoring, weight 5, not corrected", "mean probability")).toBeGreaterThan(
      2 * figureOf(record, "scoring, unhandled", "mean probability"),
    );
    expect(record.remarks.map(({ text }) => text).join("\n")).toMatch(/isotonic calibration reads only the order/u);
  });

  const simulated = simulatePayments({ customers: 120, terminals: 160, days: 80 }, createRandom(3));

  /** A run on the simulated payments in a file; no payment from `quiet` on is called a fraud. */
  function runOnFile(name: string, quiet = Number.POSITIVE_INFINITY): Promise<RunRecord> {
    const rows = Array.from(simulated.time, (time, row) =>
      [
        new Date(1000 * time).toISOString(),
        `C${simulated.customer[row]}`,
        `S${simulated.terminal[row]}`,
        simulated.amount[row],
        simulated.fraud[row] === 1 && time < quiet,
      ].join(","),
    );
    const shuffled = createRandom(4).shuffle([...rows, rows[0]]);
    writeFileSync(join(folder, `${name}.csv`), ["when,card,shop,eur,stolen", ...shuffled, ""].join("\n"));
    const columns = "columns: { customer: card, terminal: shop, amount: eur, fraud: stolen }";
    const mapped = written.replace(/source: .*/u, `source: { format: csv, path: ${name}.csv, ${columns} }\ntime: when`);
    writeFileSync(join(folder, `${name}.md`), mapped);
    return run(`${name}.md`);
  }

  it("says that there was nothing to measure where the test days hold no fraud: `not defined of the money at stake`", async () => {
    const record = await runOnFile("quiet", simulated.time[simulated.count - 1] - 8 * 86_400);
    expect(figureOf(record, "split", "test frauds")).toBe(0);
    const said = record.remarks.map(({ text }) => text).join("\n");
    expect(said).toContain("and no fraud among its cases that they could catch.");
    expect(said).toMatch(/nothing to measure average precision on: the test has no case, or only cases of one answer/u);
    expect(said).not.toMatch(/not defined|NaN|0 of 0 frauds/u);
    const names = record.figures.filter(({ step }) => step === 5).map(({ name }) => name);
    expect(names.filter((name) => name.startsWith("card precision"))).toEqual([]);
  });

  it("reads payments from a file whose columns are named otherwise, and finds what the simulation holds", async () => {
    const record = await runOnFile("mapped");
    expect(record.data.simulated).toBe(false);
    expect(figureOf(record, "data", "transactions")).toBe(simulated.count);
    expect(figureOf(record, "data", "frauds")).toBe(simulated.fraud.reduce((sum, one) => sum + one, 0));
    expect(record.remarks.filter(({ kind }) => kind === "repair")).toHaveLength(2);
    expect(figureOf(record, "features", "rows with skew")).toBe(0);
  });
});
