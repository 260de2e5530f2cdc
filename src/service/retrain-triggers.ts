/** The note's reasons to train anew, held against a service's metrics: which of them hold at this moment. Pure. */

import { holds } from "../design/condition.ts";
import type { Design } from "../steps/design.ts";
import type { Sample } from "./read-metrics.ts";

/** Each trigger that holds, as the note writes it. `age` is how long ago the model that serves was built, in seconds. */
export function heldTriggers({ monitor }: Design, samples: readonly Sample[], age: number): readonly string[] {
  const { retrain } = monitor;
  if (retrain === undefined || retrain.skip !== undefined) return [];
  const held = (retrain.when ?? []).flatMap((condition) => {
    const value = measuredBy(condition, samples);
    return value !== undefined && holds(condition, value) ? [condition.text] : [];
  });
  const { every } = retrain;
  return every !== undefined && age >= every.value ? [...held, `every ${every.text}`] : held;
}

type Condition = NonNullable<NonNullable<Design["monitor"]["retrain"]>["when"]>[number];

/** Undefined for what the service does not measure, or not yet. */
function measuredBy({ metric, of }: Condition, samples: readonly Sample[]): number | undefined {
  const name = metric.toLowerCase();
  if (name === "psi") {
    const psi = samples.filter((one) => one.name === "heptad_drift_psi").map(({ value }) => value);
    return of !== "value" || psi.length === 0 ? undefined : Math.max(...psi);
  }
  const read = (series: string): number | undefined =>
    samples.find((one) => one.name === series && one.labels.metric === name)?.value;
  const [value, judged] = [read("heptad_quality"), read("heptad_quality_judged")];
  if (value === undefined || of === "value") return value;
  if (judged === undefined || !(judged > 0)) return undefined;
  return (of === "drop" ? judged - value : value - judged) / judged;
}
