/** What the serving stage of a run says about alerts on latency, errors and busy cores. */

import { wasQuiet } from "../../../core/processor-share.ts";
import { holds, parseCondition } from "../../../design/condition.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import type { Json } from "../../../system/stage.ts";
import { busyMachine } from "../../6-deploy/serve/serving-latency-stage.ts";
import { type AlertFacts, type Measured, notMeasured } from "./hold-alert.ts";

/** Requests a second at peak and copies of the service, where the note gives them. */
export interface Load {
  readonly peak: number | null;
  readonly replicas: number | null;
}

/** `serving` is the JSON of the serving stage. Undefined for an alert on something else. */
export function measureServing(
  { metric, kind, condition }: AlertFacts,
  serving: Json,
  load: Load,
): Measured | undefined {
  if (kind === "latency") return onAnyMachine(latency(metric, serving), condition, serving);
  if (kind === "error-rate")
    return { value: numberOf(serving, "failedShare"), unit: "share", note: "requests of this run that failed" };
  if (kind !== "saturation-cpu") return undefined;
  const busy = numberOf(serving, "busyShare");
  if (busy !== null) {
    const note = "peak rate times mean service time over all that the replicas serve at once";
    return onAnyMachine({ value: busy, unit: "share", note }, condition, serving);
  }
  const mean = numberOf(serving, "mean");
  const { peak, replicas } = load;
  if (mean === null || peak === null || replicas === null || replicas === 0)
    return notMeasured("needs the peak rate and the replicas");
  const note = "peak rate times mean service time over the replicas, one core each";
  return onAnyMachine({ value: (peak * mean) / replicas, unit: "share", note }, condition, serving);
}

/** A time that is beyond its limit on a machine that did other things as well settles nothing. */
function onAnyMachine(measured: Measured, written: string, serving: Json): Measured {
  const share = numberOf(serving, "processorShare");
  const condition = parseCondition(written);
  if (wasQuiet(share) || share === null || measured.value === null || !condition.ok) return measured;
  if (!holds(condition.value, measured.value)) return measured;
  return { ...measured, verdict: "not settled", note: `${measured.note}; ${busyMachine(share)}` };
}

/** The percentile or the mean that the metric names; p99 where it names none. */
function latency(metric: string, serving: Json): Measured {
  const name = metric.toLowerCase();
  const percentile = /\bp\d+(?:\.\d+)?/u.exec(name)?.[0];
  const key = percentile ?? (/\bmedian\b/u.test(name) ? "p50" : /\b(?:mean|average)\b/u.test(name) ? "mean" : "p99");
  const value = numberOf(serving, key);
  if (value === null) return notMeasured(`this run measures p50, p90, p95, p99, p99.9 and the mean, not ${key}`);
  return { value, unit: "s", note: `${key} in process, without network and queues` };
}

function numberOf(json: Json, key: string): number | null {
  const value = isJsonObject(json) ? json[key] : null;
  return typeof value === "number" ? value : null;
}
