/** What the note's estimates say beside what the run measured: a factor over 1.5 is said, with the reason that the numbers show. */

import { capital } from "../../core/capital.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { findFigure } from "../figures.ts";
import { factorWords, plain } from "../numbers.ts";
import { requestLatency } from "./fast-enough.ts";

/** One quantity by estimate and by measurement. */
export interface Beside {
  readonly step: number;
  readonly what: string;
  readonly estimated: number;
  readonly measured: number;
  readonly unit: string;
  /** Why they may differ. */
  readonly why: string;
}

/** Within this factor an estimate is as good as it has to be. */
const CLOSE = 1.5;

/** What can be held against each other in this run. */
function estimatesBeside(run: MeasuredRun): Beside[] {
  const estimated = (sheet: string, line: string): number | undefined =>
    run.context.estimates.find((one) => one.sheet === sheet && one.line === line)?.value;
  const measured = (name: string, subject: string): number | undefined =>
    findFigure(run, { step: 6, name, subject })?.value;
  const inFlight = estimated("replicas", "in_flight");
  const busyCores = measured("busy cores at peak", "design");
  const rows: Beside[] = [];
  if (inFlight !== undefined && busyCores !== undefined)
    rows.push({
      step: 6,
      what: "requests in service at the peak",
      estimated: inFlight,
      measured: busyCores,
      unit: "",
      why: "the note states the mean time of a request, the run measures it in process on this machine and on its own catalogue",
    });
  const planned = estimated("latency", "total");
  const latency = requestLatency(run);
  if (planned !== undefined && latency !== undefined)
    rows.push({
      step: 6,
      what: "p99 of a request",
      estimated: planned,
      measured: latency.p99 + latency.network,
      unit: "s",
      why: "the budgets also pay for queues, a colder cache and the whole catalogue",
    });
  return rows;
}

/** A hundredth of a busy core, estimated and measured, is nothing either way. */
function isWorthSaying({ unit, estimated, measured }: Beside): boolean {
  return unit !== "" || Math.max(estimated, measured) >= 0.1;
}

function factorBetween({ estimated, measured }: Pick<Beside, "estimated" | "measured">): number {
  if (!(estimated > 0) || !(measured > 0)) return Number.POSITIVE_INFINITY;
  return Math.max(estimated / measured, measured / estimated);
}

/** A doubt for each that differs by more than the factor. */
export function besideEstimates(run: MeasuredRun): MeasuredRun["remarks"] {
  return estimatesBeside(run)
    .filter((one) => factorBetween(one) > CLOSE && isWorthSaying(one))
    .slice(0, 1)
    .map((one) => {
      const factor = factorBetween(one);
      const size = Number.isFinite(factor) ? ` (${factorWords(factor)} apart)` : "";
      return {
        step: one.step,
        kind: "doubt",
        rank: 16,
        short: "The estimate of the load",
        text: `${capital(one.what)}: estimated ${plain(one.estimated, one.unit)}, measured ${plain(one.measured, one.unit)}${size}: ${one.why}.`,
      };
    });
}
