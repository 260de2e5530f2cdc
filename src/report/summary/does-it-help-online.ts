/** The ledger's last question, for a system that people meet: did it help in an experiment, and if none was run, what would one take? */

import { compareSystems } from "../../core/verdict.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { LedgerRow } from "../../system/run-summary.ts";
import { findFigure, type RunFigure, sidesOf } from "../figures.ts";
import { gapOf, joined } from "../numbers.ts";

const QUESTION = "Does it help online?";

/** The relative gains that a simulated experiment leaves; undefined where there was none. */
export interface Gains {
  readonly online: RunFigure;
  readonly offline: RunFigure | undefined;
  readonly unadjusted: RunFigure | undefined;
  readonly truth: RunFigure | undefined;
  /** What was counted: `clicks per member`. */
  readonly metric: string;
}

export function experimentGains(run: MeasuredRun): Gains | undefined {
  const named = (name: string): RunFigure | undefined => run.figures.find((one) => one.step === 6 && one.name === name);
  const online = named("relative gain online");
  if (online === undefined) return undefined;
  const counted = run.figures.find(
    (one) =>
      one.step === 6 &&
      one.subject === online.subject &&
      sidesOf(one) !== undefined &&
      !one.name.startsWith("relative"),
  );
  return {
    online,
    offline: named("relative gain offline"),
    unadjusted: named("relative gain online, unadjusted"),
    truth: named("relative gain of all under both"),
    metric: counted?.name ?? "the metric",
  };
}

export function doesItHelpOnline(run: MeasuredRun): LedgerRow {
  const gains = experimentGains(run);
  if (gains === undefined) return notTried(run, QUESTION);
  const { online, offline, metric } = gains;
  const gap = gapOf(online);
  const { verdict } = compareSystems(online);
  const foretold = offline === undefined ? "" : `; offline foretold ${gapOf(offline).value}`;
  const people = countOf(run, metric);
  return {
    step: 6,
    question: QUESTION,
    state: verdict === "worse" ? "bad" : "open",
    verdict: verdict === "better" ? "in simulation only" : verdict === "worse" ? "no, worse" : "not told apart",
    line: `${metric} ${joined(gap)}${foretold}`,
    detail: `An A/B test${people === null ? "" : ` on ${people.toLocaleString("en-US")} simulated people`}. No real person took part.`,
    value: gap.value,
    bounds: gap.bounds,
    parts: [],
    drawing: {
      form: "differences",
      marks: [
        { label: "online", role: "system", value: online.value, interval: online.interval, limit: null },
        ...(offline === undefined
          ? []
          : [
              {
                label: "offline",
                role: "model" as const,
                value: offline.value,
                interval: offline.interval,
                limit: null,
              },
            ]),
      ],
    },
  };
}

function countOf(run: MeasuredRun, metric: string): number | null {
  return run.figures.find((one) => one.step === 6 && one.name === metric && sidesOf(one) !== undefined)?.n ?? null;
}

/** Recorded data cannot answer: what the planned experiment would take stands in the row, or `unsized` where there is none. */
export function notTried(
  run: MeasuredRun,
  question: string,
  unsized = "the note plans no experiment that could be sized",
): LedgerRow {
  const size = findFigure(run, { step: 6, name: "sample size" });
  const days = findFigure(run, { step: 6, name: "days in whole weeks" });
  const count = size === undefined ? "" : Math.round(size.value).toLocaleString("en-US");
  const time = days === undefined ? "" : `, ${days.value} d`;
  const metric = run.context.stated.experimentMetric;
  return {
    step: 6,
    question,
    state: "none",
    verdict: "not tried",
    line: size === undefined ? unsized : `an experiment takes ${count} units an arm${time}`,
    detail: `What was recorded cannot say what people would have done with another answer.${metric === null ? "" : ` The experiment decides on ${metric}.`}`,
    value: size === undefined ? "" : count,
    bounds: size === undefined ? "" : "units an arm",
    parts: [],
    drawing: null,
  };
}
