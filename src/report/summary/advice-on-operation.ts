/** What to do next about what runs: latency, the test online, the rollout, and alerts. */

import { capital } from "../../core/capital.ts";
import { wasQuiet } from "../../core/processor-share.ts";
import { wholeAbove } from "../../core/whole.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { findFigure } from "../figures.ts";
import { gapOf, plain, statedTime } from "../numbers.ts";
import { doubt, next, type Remark } from "./advice-remark.ts";
import { clauseWords } from "./clause-words.ts";
import { experimentGains } from "./does-it-help-online.ts";
import { doesTheRolloutHold } from "./does-the-rollout-hold.ts";
import { BUSY, busyWords, requestLatency } from "./fast-enough.ts";

export function onLatency(run: MeasuredRun): Remark[] {
  const latency = requestLatency(run);
  const busy = findFigure(run, { step: 6, name: "utilization at peak" })?.value;
  const remarks: Remark[] = [];
  const isBeyond = latency !== undefined && latency.limit !== null && latency.p99 + latency.network > latency.limit;
  // Nothing is asked of the code for a time that the machine may have taken.
  if (latency !== undefined && !wasQuiet(latency.processorShare)) {
    if (!isBeyond && (busy === undefined || busy <= BUSY)) return [];
    return [
      doubt(6, 4, "How slow a request is", busyWords(latency.processorShare)),
      next(6, 4, "Measure the latency again", "On a machine that does nothing else."),
    ];
  }
  if (latency !== undefined && latency.limit !== null && latency.p99 + latency.network > latency.limit)
    remarks.push(
      next(
        6,
        3,
        "Make a request faster",
        `p99 ${plain(latency.p99 + latency.network, "s")} of ${statedTime(latency.limit)}.`,
      ),
    );
  if (busy !== undefined && busy > BUSY) {
    const replicas = run.context.stated.replicas;
    const enough = replicas === null ? undefined : wholeAbove((replicas * busy) / BUSY);
    remarks.push(
      next(
        6,
        4,
        enough === undefined ? "Add replicas" : `Write \`replicas: ${enough}\``,
        `At the peak ${replicas ?? "the"} replicas are ${plain(busy, "share")} busy by what was measured; queues grow beyond ${BUSY * 100}%.`,
      ),
    );
  }
  return remarks;
}

/** Offline and online beside each other: the size of a gain is believed only where the two agree. */
export function onOnlineGain(run: MeasuredRun): Remark[] {
  const gains = experimentGains(run);
  if (gains?.offline === undefined) return [];
  const { online, offline, truth } = gains;
  if (online.interval === null || offline.interval === null) return [];
  const apart = offline.interval[0] > online.interval[1] || online.interval[0] > offline.interval[1];
  if (!apart) return [];
  const known = truth === undefined ? "" : `, its truth ${gapOf(truth).value}`;
  return [
    doubt(
      6,
      2,
      "The size of the gain",
      `Offline says ${gapOf(offline).value}, the simulated test ${gapOf(online).value}${known}.`,
    ),
  ];
}

export function onTheRollout(run: MeasuredRun): Remark[] {
  const row = doesTheRolloutHold(run);
  return row.verdict === "stopped" ? [next(6, 3, "Mend what stopped the rollout", `${capital(row.line)}.`)] : [];
}

/** An alert that settles nothing, or whose verdict rests on a part of what was measured; once, however many conditions rest on it. */
export function onAlerts(run: MeasuredRun): Remark[] {
  const doubtful = run.alerts.filter(
    ({ step, kind, verdict, doubt: why }) =>
      step === 7 && kind === "alert" && (verdict === "not settled" || why !== undefined),
  );
  return doubtful
    .filter(({ metric }, at) => doubtful.findIndex((one) => one.metric === metric) === at)
    .map((alert) => doubt(7, 8, `The alert on ${alert.metric}`, alert.doubt ?? unsettled(alert)));
}

function unsettled(alert: MeasuredRun["alerts"][number]): string {
  const { n, interval, note } = alert;
  if (interval === null) return `Not settled: ${note}.`;
  return `${capital(clauseWords(alert))}${n === null ? "" : `, n ${n.toLocaleString("en-US")}`}: not settled.`;
}
