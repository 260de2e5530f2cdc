/** Plans an experiment: units, days and what can be found, with every factor that makes it larger or smaller named. */

import { type Outcome, succeed } from "../../../core/outcome.ts";
import { wholeAbove, wholeBelow } from "../../../core/whole.ts";
import { type Duration, experimentDuration } from "./duration.ts";
import { type CurvePoint, durationCurve } from "./duration-curve.ts";
import { formatChange } from "./format-plain.ts";
import type { SequentialBoundary } from "./group-sequential.ts";
import { GROUPED, whyDesignFails } from "./interference.ts";
import type { PlannedMetric, SizedComparison } from "./plan-size.ts";
import { type PlanInput, type PlanStep, signOf, sizePlan, totalUnits } from "./sized-plan.ts";

/** Units, days and reach, with how they came about. */
export interface ExperimentPlan {
  /** The change to be found, in the metric's unit. */
  readonly effect: number;
  /** Alpha of each comparison, after the division among treated arms. */
  readonly alpha: number;
  readonly power: number;
  readonly steps: readonly PlanStep[];
  /** Units of the smallest arm, rounded up. */
  readonly perArm: number;
  /** Units over all arms, rounded up. */
  readonly total: number;
  /** Absent where units per day are not known, and where there are too few units for any number of days. */
  readonly duration?: Duration;
  /** What can be found after each day up to the planned and the needed ones, where units per day are known: the plan's own formula and factors turned around. */
  readonly curve: readonly CurvePoint[];
  readonly boundary?: SequentialBoundary;
  /** What makes the plan doubtful, in words. */
  readonly warnings: readonly string[];
}

/** The plan, or a failure that names the value that makes none possible. */
export function planExperiment(input: PlanInput): Outcome<ExperimentPlan> {
  const sizedPlan = sizePlan(input);
  if (!sizedPlan.ok) return sizedPlan;
  const { arms, effect, comparison, smallestShare: smallest, steps, perArm, factor, boundary } = sizedPlan.value;
  const { traffic = 1, unitsPerDay, days } = input;
  const total = totalUnits(input, sizedPlan.value, perArm);
  const isOutOfUnits = total > (input.unitsTotal ?? Number.POSITIVE_INFINITY) * traffic;
  const duration =
    unitsPerDay === undefined || isOutOfUnits
      ? undefined
      : experimentDuration({ perArm, unitsPerDay, traffic, arms, smallestShare: smallest, total });
  if (duration !== undefined && !duration.ok) return duration;
  const curve = curveOf(
    input,
    comparison,
    factor,
    smallest,
    Math.max(days ?? 0, duration?.value.wholeWeeks ?? (isOutOfUnits ? daysUntilAll(input) : 0)),
  );
  if (!curve.ok) return curve;
  return succeed({
    effect,
    alpha: comparison.alpha,
    power: comparison.power,
    steps,
    perArm,
    total,
    duration: duration?.value,
    curve: curve.value,
    boundary,
    warnings: [
      ...(isOutOfUnits ? [outOfUnits(input, total, traffic, curve.value)] : []),
      ...warningsOf(input, duration?.value, curve.value, effect, perArm),
    ],
  });
}

function curveOf(
  input: PlanInput,
  comparison: SizedComparison,
  factor: number,
  smallestShare: number,
  lastDay: number,
): Outcome<readonly CurvePoint[]> {
  if (input.unitsPerDay === undefined || lastDay === 0) return succeed([]);
  return durationCurve({
    comparison,
    factor,
    sign: signOf(input),
    unitsPerDay: input.unitsPerDay,
    unitsTotal: input.unitsTotal,
    traffic: input.traffic,
    smallestShare,
    days: Math.min(lastDay, LONGEST),
  });
}

/** Days until every unit has been in. */
function daysUntilAll({ unitsPerDay = 1, unitsTotal = 1 }: PlanInput): number {
  return wholeAbove(unitsTotal / unitsPerDay);
}

function outOfUnits(
  { unitsTotal = 0, metric }: PlanInput,
  total: number,
  traffic: number,
  curve: readonly CurvePoint[],
): string {
  const there = wholeBelow(unitsTotal * traffic);
  const last = curve.at(-1);
  const atBest = last === undefined ? "" : `; all of them find ${formatChange(metric, last.detectable, 3)} at best`;
  return `${total} units are needed and ${there} can take part: no number of days is enough${atBest}`;
}

/** Three digits, and more where the other change would look the same: "1.75 at best, not 1.75". */
function toldApart(metric: PlannedMetric, value: number, other: number): string {
  let digits = 3;
  while (digits < 12 && value.toPrecision(digits) === other.toPrecision(digits)) digits++;
  return formatChange(metric, value, digits);
}

/** Ten years: nobody waits for more. */
const LONGEST = 3650;

function warningsOf(
  input: PlanInput,
  duration: Duration | undefined,
  curve: readonly CurvePoint[],
  effect: number,
  perArm: number,
): readonly string[] {
  const warnings: string[] = [];
  // Whoever names the size of clusters plans clusters.
  const design = input.design ?? (input.cluster === undefined ? "ab" : "cluster");
  const why = input.interference === undefined ? undefined : whyDesignFails(input.interference, design);
  if (why !== undefined)
    warnings.push(`${design === "ab" ? "a plain test" : `\`${design}\``} is not valid here: ${why}`);
  const group = GROUPED[design];
  if (group !== undefined && input.cluster === undefined)
    warnings.push(
      `with \`${design}\` each unit counted here is ${group}; where single users are meant, many more are needed: as many times as the size of the group and the likeness of what is in it say`,
    );
  if (duration !== undefined && input.days !== undefined && duration.days > input.days) {
    const reach = curve.find((point) => point.day === input.days);
    const atBest =
      reach === undefined
        ? ""
        : `; they find ${toldApart(input.metric, reach.detectable, Math.abs(effect))} at best, not ${toldApart(input.metric, Math.abs(effect), reach.detectable)}`;
    warnings.push(`${input.days} days are too few: ${duration.days} are needed${atBest}`);
  }
  const clusters = input.cluster === undefined ? Number.POSITIVE_INFINITY : wholeBelow(perArm / input.cluster.meanSize);
  if (clusters < 20)
    warnings.push(
      input.formula === "z"
        ? `${clusters} clusters in the smallest arm: below 20 the normal law flatters, so size without --formula z, and analyse by a t or permutation test over clusters`
        : `${clusters} clusters in the smallest arm: they are few, so analyse one row per cluster, by the t law or a permutation test over clusters`,
    );
  const rare = rareEvents(input, effect, perArm);
  if (rare !== undefined) warnings.push(rare);
  if (duration !== undefined && duration.days < 7)
    warnings.push("run it for a whole week all the same: weekdays differ, and a week holds each of them once");
  if (duration !== undefined && duration.days > 90)
    warnings.push(
      "over three months of cookies lost and accounts renewed, arms mix: find a more sensitive metric, or CUPED",
    );
  return warnings;
}

/** Where an arm expects fewer than five events, or all but five, the normal law under the formulas is rough. */
function rareEvents({ metric, shares }: PlanInput, effect: number, perArm: number): string | undefined {
  if (!("baseline" in metric)) return undefined;
  const rates = [metric.baseline, metric.baseline + effect];
  const fewest = Math.min(...rates.map((rate) => perArm * Math.min(rate, 1 - rate)));
  if (fewest >= 5) return undefined;
  return `${new Set(shares).size > 1 ? "the smallest arm" : "an arm"} expects ${Number(fewest.toPrecision(2))} of the rarer outcome: below 5 the normal law is rough, so take the units as a guess`;
}
