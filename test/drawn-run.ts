/** Runs with drawn figures: what is said of a run is held against what was drawn. */

import fc from "fast-check";
import { judgeClause } from "../src/core/verdict.ts";
import type { MeasuredRun } from "../src/system/run-record.ts";

type Figure = MeasuredRun["figures"][number];

const UNTOLD = {
  goal: null,
  businessMetric: null,
  stages: [],
  onlineMetrics: [],
  experimentMetric: null,
  users: null,
  items: null,
  peak: null,
  availability: null,
  baseline: null,
  success: null,
  halfWidth: null,
  replicas: 4,
  concurrency: 8,
};

export function figure(parts: Pick<Figure, "step" | "name" | "subject" | "value"> & Partial<Figure>): Figure {
  return { slice: "all", unit: "", interval: null, n: null, note: "", ...parts };
}

export interface Drawn {
  readonly gain: { readonly value: number; readonly interval: readonly [number, number]; readonly n: number };
  readonly drop: { readonly value: number; readonly interval: readonly [number, number]; readonly n: number };
  readonly limit: number;
  readonly p99: number;
  readonly busy: number;
  readonly cost: number;
  readonly budget: number;
  readonly simulated: boolean;
  readonly guard: number;
}

/** A run that anybody would be glad of: a shown gain, a drop within its limit, fast enough and within its budget. */
export const USUAL_RUN: Drawn = {
  gain: { value: 0.1, interval: [0.05, 0.15], n: 400 },
  drop: { value: 0.004, interval: [-0.002, 0.008], n: 400 },
  limit: 0.01,
  p99: 0.03,
  busy: 0.4,
  cost: 863,
  budget: 5000,
  simulated: false,
  guard: 0,
};

export function runOf({ gain, drop, limit, p99, busy, cost, budget, simulated, guard }: Drawn): MeasuredRun {
  const { verdict, units } = judgeClause(drop, { of: "drop", comparison: "<=", limit });
  const versus = (name: string, slice: string): Figure =>
    figure({ step: 5, name, subject: "two-stage", against: "baseline", slice, ...gain, interval: [...gain.interval] });
  return {
    format: 4,
    design: "note.md",
    title: "A note",
    kind: "recommendation",
    seed: 7,
    version: "0",
    data: { source: "somewhere", fingerprint: "", simulated },
    steps: [],
    evaluation: {
      metric: "ndcg@10",
      baseline: "baseline",
      chosen: "two-stage",
      rival: null,
      served: "two-stage",
      contenders: [
        { subject: "baseline", role: "baseline" },
        { subject: "two-stage", role: "system" },
      ],
    },
    figures: [
      figure({ step: 3, name: "test requests", subject: "split", value: gain.n, unit: "requests" }),
      figure({ step: 5, name: "ndcg@10", subject: "baseline", value: 0.3, interval: [0.25, 0.35], n: gain.n }),
      figure({
        step: 5,
        name: "ndcg@10",
        subject: "two-stage",
        value: 0.3 + gain.value,
        interval: [0.25 + gain.value, 0.35 + gain.value],
        n: gain.n,
      }),
      versus("ndcg@10", "all"),
      versus("map@10", "all"),
      versus("ndcg@10", "new members"),
      figure({ step: 5, name: "compact bytes", subject: "ranking", value: 1000, unit: "B" }),
      figure({ step: 5, name: "compact bytes", subject: "ranking int8", value: 500, unit: "B" }),
      figure({ step: 6, name: "latency p99", subject: "request", value: p99, unit: "s", n: 1000 }),
      figure({ step: 6, name: "utilization at peak", subject: "design", value: busy, unit: "share" }),
    ],
    remarks: [],
    charts: [],
    findings: [],
    waived: [],
    alerts: [
      {
        step: 5,
        kind: "acceptance",
        metric: "ndcg@10 of ranking int8",
        condition: `ndcg@10 drop <= ${limit * 100}%`,
        measured: drop.value,
        unit: "share",
        fires: drop.value > limit,
        verdict,
        interval: [...drop.interval],
        n: drop.n,
        unitsToSettle: units,
        owner: "",
        action: "",
        note: "",
      },
      {
        step: 6,
        kind: "budget",
        metric: "declined",
        condition: "no certain rise beyond 0.1 points",
        measured: guard,
        unit: "points",
        fires: guard > 1,
        verdict: guard > 1 ? "broken" : "kept",
        interval: null,
        n: null,
        unitsToSettle: null,
        owner: "",
        action: "",
        note: "shadow",
      },
    ],
    context: {
      stated: { ...UNTOLD, p99: 0.1, budgetPerMonth: budget, budgets: [{ stage: "network", seconds: 0.02 }] },
      estimates: [{ sheet: "cost", subject: "", line: "total", value: cost, text: "" }],
    },
  };
}

/** An estimate with an interval around it, degenerate ones too. */
const judged = fc
  .tuple(
    fc.double({ min: -0.2, max: 0.2, noNaN: true }),
    fc.double({ min: 0, max: 0.2, noNaN: true }),
    fc.double({ min: 0, max: 0.2, noNaN: true }),
    fc.integer({ min: 2, max: 5000 }),
  )
  .map(([value, below, above, n]) => ({ value, interval: [value - below, value + above] as const, n }));

export const drawn: fc.Arbitrary<Drawn> = fc.record({
  gain: judged,
  drop: judged,
  limit: fc.constantFrom(0.01, 0.02, 0.05),
  p99: fc.double({ min: 0.0001, max: 0.2, noNaN: true }),
  busy: fc.double({ min: 0, max: 2, noNaN: true }),
  cost: fc.double({ min: 1, max: 10_000, noNaN: true }),
  budget: fc.constantFrom(100, 5000),
  simulated: fc.boolean(),
  guard: fc.double({ min: 0, max: 3, noNaN: true }),
});
