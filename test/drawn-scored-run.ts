/** Runs of scored tasks with drawn figures: a rival, compressed parts, guardrails of a rollout, alerts, and what the note stated. */

import fc from "fast-check";
import { compareSystems, judgeClause } from "../src/core/verdict.ts";
import type { MeasuredRun } from "../src/system/run-record.ts";
import { type Drawn, drawn, figure, runOf } from "./drawn-run.ts";

type Alert = MeasuredRun["alerts"][number];
type Judged = Drawn["gain"];

export interface DrawnScored {
  readonly base: Drawn;
  /** The system against the best other one. */
  readonly rival: Judged;
  readonly parts: readonly { readonly drop: Judged; readonly limit: number }[];
  readonly guards: readonly (number | null)[];
  readonly conditions: readonly ("fires" | "quiet" | "not settled" | "not measured")[];
  readonly baseline: number | null;
  readonly success: { readonly value: number | null; readonly gain: number | null } | null;
  readonly halfWidth: number | null;
  /** The difference where nothing is known of whoever asks; null where there is no such slice. */
  readonly newcomers: Judged | null;
  /** Differences from the baseline by another metric, and on a slice. */
  readonly beside: readonly Judged[];
}

/** Names of what is judged; the metric that decides. */
export interface Judging {
  readonly metric: string;
  readonly baseline: string;
  readonly system: string;
  readonly rival: string;
}

/** What a clause or guardrail holds on, with all that an alert has. */
function alert(
  parts: Pick<Alert, "step" | "kind" | "metric" | "condition" | "measured" | "verdict"> & Partial<Alert>,
): Alert {
  const none = { unit: "share", interval: null, n: null, unitsToSettle: null, owner: "", action: "", note: "a note" };
  return {
    ...none,
    fires: parts.measured === null ? null : parts.verdict === "fires" || parts.verdict === "broken",
    ...parts,
  };
}

export function scoredRunOf(drawn: DrawnScored, { metric, baseline, system, rival }: Judging): MeasuredRun {
  const { base, parts, guards, conditions, newcomers, beside } = drawn;
  const run = runOf(base);
  const { gain } = base;
  const own = 0.4 + gain.value;
  const value = (subject: string, at: number) =>
    figure({ step: 5, name: metric, subject, value: at, interval: [at - 0.05, at + 0.05], n: null });
  const versus = (against: string, { value: by, interval }: Judged, slice = "all", n: number | null = null) =>
    figure({ step: 5, name: metric, subject: system, against, slice, value: by, interval: [...interval], n });
  return {
    ...run,
    evaluation: {
      metric,
      baseline,
      chosen: system,
      rival,
      served: system,
      contenders: [
        { subject: baseline, role: "baseline" },
        { subject: rival, role: "single" },
        { subject: system, role: "system" },
      ],
    },
    figures: [
      ...run.figures.filter(({ step }) => step !== 5 && step !== 3),
      figure({ step: 3, name: "test rows", subject: "split", value: gain.n, unit: "rows" }),
      value(baseline, 0.4),
      value(rival, own - drawn.rival.value),
      value(system, own),
      versus(baseline, gain),
      versus(rival, drawn.rival),
      ...beside.map((one, at) =>
        at % 2 === 0 ? { ...versus(baseline, one), name: "recall@10" } : versus(baseline, one, `slice ${at}`, one.n),
      ),
      ...(newcomers === null ? [] : [versus(baseline, newcomers, "no history at all", newcomers.n)]),
      figure({ step: 5, name: "compact bytes", subject: system, value: 1000, unit: "B" }),
      ...parts.map((_, at) =>
        figure({ step: 5, name: "compact bytes", subject: `${system} cut ${at}`, value: 900 - at, unit: "B" }),
      ),
    ],
    alerts: [
      ...parts.map(({ drop, limit }, at) => {
        const { verdict, units } = judgeClause(drop, { of: "drop", comparison: "<=", limit });
        return alert({
          step: 5,
          kind: "acceptance",
          metric: `${metric} of ${system} cut ${at}`,
          condition: `${metric} drop <= ${limit * 100}%`,
          measured: drop.value,
          fires: drop.value > limit,
          verdict,
          interval: [...drop.interval],
          n: drop.n,
          unitsToSettle: units,
        });
      }),
      ...guards.map((measured, at) =>
        alert({
          step: 6,
          kind: "budget",
          metric: `guardrail ${at}`,
          condition: "no certain rise beyond 0.1 points",
          measured,
          unit: "points",
          verdict: measured === null ? "not measured" : measured > 1 ? "broken" : "kept",
          note: "the step shadow",
        }),
      ),
      ...conditions.map((verdict, at) =>
        alert({
          step: 7,
          kind: "alert",
          metric: `condition ${at}`,
          condition: "> 5%",
          measured: verdict === "not measured" ? null : 0.04,
          interval: verdict === "not settled" ? [0.03, 0.07] : null,
          verdict,
        }),
      ),
    ],
    context: {
      ...run.context,
      stated: {
        ...run.context.stated,
        baseline: drawn.baseline === null ? null : { rule: "", metric, value: drawn.baseline },
        success: drawn.success === null ? null : { metric, ...drawn.success },
        halfWidth: drawn.halfWidth,
      },
    },
  };
}

const judged: fc.Arbitrary<Judged> = drawn.map(({ gain }) => gain);
const numberOrNull = (min: number, max: number) => fc.option(fc.double({ min, max, noNaN: true }), { nil: null });

export const drawnScored: fc.Arbitrary<DrawnScored> = fc.record({
  base: drawn,
  rival: judged,
  parts: fc.array(fc.record({ drop: judged, limit: fc.constantFrom(0.01, 0.02, 0.05) }), { maxLength: 3 }),
  guards: fc.array(numberOrNull(-1, 3), { maxLength: 3 }),
  conditions: fc.array(fc.constantFrom("fires", "quiet", "not settled", "not measured"), { maxLength: 5 }),
  baseline: numberOrNull(0.2, 0.6),
  success: fc.option(fc.record({ value: numberOrNull(0.1, 0.9), gain: numberOrNull(0.01, 0.3) }), { nil: null }),
  halfWidth: numberOrNull(0.001, 0.2),
  newcomers: fc.option(judged, { nil: null }),
  beside: fc.array(judged, { maxLength: 4 }),
});

/** Whether a difference shows a gain, by nothing but its interval. */
export function isGain(difference: Judged): boolean {
  return compareSystems(difference).verdict === "better";
}
