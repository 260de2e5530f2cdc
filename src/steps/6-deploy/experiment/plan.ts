/** Plans an experiment: units, days and what can be found, with every factor that makes it larger or smaller named. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { type Outcome, succeed } from "../../../core/outcome.ts";
import { alwaysValid } from "./always-valid.ts";
import { designEffect } from "./cluster-design.ts";
import { type Duration, experimentDuration } from "./duration.ts";
import { type CurvePoint, durationCurve } from "./duration-curve.ts";
import {
  type BoundaryShape,
  constantBoundary,
  type SequentialBoundary,
  sequentialInflation,
} from "./group-sequential.ts";
import { type ExperimentDesign, type Interference, whyPlainTestFails } from "./interference.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  positive,
  type Requirement,
  whenAll,
  wholeNumber,
} from "./plan-input.ts";
import { type PlannedMetric, type SizedComparison, type SizeFormula, sizeFor } from "./plan-size.ts";

/** What is known before the experiment. */
export interface PlanInput extends Omit<ErrorRates, "sides"> {
  readonly metric: PlannedMetric;
  /** Smallest change worth finding: added to the metric, or a share of it. */
  readonly effect: { readonly size: number; readonly kind: "absolute" | "relative" };
  /** Arms with the control; 2 by default. For more, alpha is divided by the number of treated arms (Bonferroni). */
  readonly arms?: number;
  /** Shares of the arms, the control first, adding up to 1; equal by default. */
  readonly shares?: readonly number[];
  readonly unitsPerDay?: number;
  /** Different units that can take part at all; endless where absent. */
  readonly unitsTotal?: number;
  readonly traffic?: number;
  /** Days that are planned or allowed. */
  readonly days?: number;
  /** Planned looks; a single one by default. `always-valid` may be read at any time. */
  readonly sequential?: { readonly shape: BoundaryShape; readonly looks: number } | { readonly shape: "always-valid" };
  /** Correlation of the metric with the unit's own past, for CUPED. */
  readonly pastCorrelation?: number;
  /** Units randomised in groups. */
  readonly cluster?: { readonly meanSize: number; readonly correlation: number; readonly sizeVariation?: number };
  readonly interference?: Interference;
  readonly design?: ExperimentDesign;
  /** The formula of the plain test, by its name; see `SizedComparison` for what stands where it is absent. */
  readonly formula?: SizeFormula;
}

/** One factor on the way to the sample size, in the order they are applied. */
export interface PlanStep {
  readonly what: string;
  /** Units of the smallest arm after this step. */
  readonly perArm: number;
}

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
  const { arms = input.shares?.length ?? 2, power = DEFAULT_POWER, traffic = 1, unitsPerDay, days } = input;
  const shares =
    input.shares ?? new Array<number>(Number.isSafeInteger(arms) && arms > 0 && arms <= 1000 ? arms : 0).fill(1 / arms);
  const checked = whenAll(requirements(input, arms, shares), () => undefined);
  if (!checked.ok) return checked;
  const level = "baseline" in input.metric ? input.metric.baseline : input.metric.mean;
  const effect = input.effect.kind === "relative" ? level * input.effect.size : input.effect.size;
  const alpha = (input.alpha ?? DEFAULT_ALPHA) / (arms - 1);
  const smallest = Math.min(...shares);
  const comparison = { metric: input.metric, alpha, power, formula: input.formula, ...lopsidednessOf(shares) };
  const fixed = sizeFor(comparison, effect);
  if (!fixed.ok) return fixed;
  const alphaWords = `two-sided alpha ${Number(alpha.toPrecision(4))}, power ${power}`;
  const plain: PlanStep = { what: `${fixed.value.words}, ${alphaWords}, read once`, perArm: fixed.value.units };
  const steps = [plain];
  const scaled = applyFactors(input, steps, alpha, power);
  if (!scaled.ok) return scaled;
  const sized = steps[steps.length - 1].perArm;
  const perArm = Math.max("baseline" in input.metric ? 1 : 2, Math.ceil(sized - 1e-9));
  const total = Math.ceil(perArm / smallest - 1e-9);
  const isOutOfUnits = total > (input.unitsTotal ?? Number.POSITIVE_INFINITY) * traffic;
  const duration =
    unitsPerDay === undefined || isOutOfUnits
      ? undefined
      : experimentDuration({ perArm, unitsPerDay, traffic, arms, smallestShare: smallest });
  if (duration !== undefined && !duration.ok) return duration;
  const curve = curveOf(
    input,
    comparison,
    sized / plain.perArm,
    smallest,
    Math.max(days ?? 0, duration?.value.wholeWeeks ?? (isOutOfUnits ? daysUntilAll(input) : 0)),
  );
  if (!curve.ok) return curve;
  return succeed({
    effect,
    alpha,
    power,
    steps,
    perArm,
    total,
    duration: duration?.value,
    curve: curve.value,
    boundary: scaled.value,
    warnings: [
      ...(isOutOfUnits ? [outOfUnits(input, total, traffic, curve.value)] : []),
      ...warningsOf(input, duration?.value, curve.value, effect, perArm),
    ],
  });
}

function requirements(input: PlanInput, arms: number, shares: readonly number[]): readonly Requirement[] {
  const sum = shares.reduce((total, share) => total + share, 0);
  const rho = input.pastCorrelation ?? 0;
  const icc = input.cluster?.correlation ?? 0;
  return [
    wholeNumber("arms", arms, 2),
    { name: "arms", value: arms, holds: arms <= 1000, must: "be at most 1000" },
    wholeNumber("days", input.days ?? 1, 1),
    ...(input.unitsTotal === undefined ? [] : [positive("units in all", input.unitsTotal)]),
    {
      name: "number of shares",
      value: shares.length,
      holds: shares.length === arms,
      must: `be the number of arms (${arms})`,
    },
    { name: "sum of shares", value: sum, holds: Math.abs(sum - 1) < 1e-9, must: "be 1" },
    {
      name: "smallest share",
      value: Math.min(...shares),
      holds: shares.every((share) => share > 0),
      must: "be above 0",
    },
    { name: "correlation with the past", value: rho, holds: rho > -1 && rho < 1, must: "be above -1 and below 1" },
    { name: "intra-cluster correlation", value: icc, holds: icc >= 0 && icc <= 1, must: "be between 0 and 1" },
    {
      name: "mean cluster size",
      value: input.cluster?.meanSize ?? 1,
      holds: (input.cluster?.meanSize ?? 1) >= 1,
      must: "be 1 or more",
    },
  ];
}

/** The control against the smallest treated arm, which is the hardest comparison. */
function lopsidednessOf([control, ...treated]: readonly number[]): Pick<SizedComparison, "ratio" | "isControlSmaller"> {
  const least = Math.min(...treated);
  return { ratio: Math.max(control, least) / Math.min(control, least), isControlSmaller: control < least };
}

/** Multiplies the size by each declared factor and returns the boundary, where there is one. */
function applyFactors(
  input: PlanInput,
  steps: PlanStep[],
  alpha: number,
  power: number,
): Outcome<SequentialBoundary | undefined> {
  const times = (what: string, factor: number): void => {
    steps.push({
      what: `${what}: x ${Number(factor.toPrecision(4))}`,
      perArm: steps[steps.length - 1].perArm * factor,
    });
  };
  const { pastCorrelation, cluster, sequential } = input;
  if (pastCorrelation !== undefined)
    times(`CUPED with correlation ${pastCorrelation}, 1 - rho^2`, 1 - pastCorrelation ** 2);
  if (cluster !== undefined)
    times(
      `clusters of ${cluster.meanSize} with intra-cluster correlation ${cluster.correlation}, design effect`,
      designEffect(cluster.meanSize, cluster.correlation, cluster.sizeVariation),
    );
  if (sequential === undefined) return succeed(undefined);
  if (sequential.shape === "always-valid") {
    times("always-valid, at most", alwaysValidFactor(alpha, power));
    return succeed(undefined);
  }
  const boundary = constantBoundary(sequential.shape, sequential.looks, alpha);
  if (!boundary.ok) return boundary;
  times(`${sequential.looks} looks, ${sequential.shape}`, sequentialInflation(boundary.value, alpha, power));
  return boundary;
}

/**
 * An upper bound: the units at which the last look alone has the power, so earlier crossings are a gift. In units of the effect, the
 * fixed test's error is 1 / (z_a + z_b), and tau is 1.
 */
function alwaysValidFactor(alpha: number, power: number): number {
  const zPower = standardNormal.quantile(power);
  const reachAt = (factor: number): number => {
    const standardError = 1 / ((standardNormal.upperQuantile(alpha / 2) + zPower) * Math.sqrt(factor));
    const looks = alwaysValid([{ effect: 0, standardError }], 1, alpha);
    return looks.ok ? looks.value[0].reach + zPower * standardError : Number.NaN;
  };
  let low = 1;
  let high = 2;
  while (reachAt(high) > 1) high *= 2;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (reachAt(middle) > 1) low = middle;
    else high = middle;
  }
  return high;
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
    sign:
      input.effect.size * ("baseline" in input.metric || input.effect.kind === "absolute" ? 1 : input.metric.mean) < 0
        ? -1
        : 1,
    unitsPerDay: input.unitsPerDay,
    unitsTotal: input.unitsTotal,
    traffic: input.traffic,
    smallestShare,
    days: Math.min(lastDay, LONGEST),
  });
}

/** Days until every unit has been in. */
function daysUntilAll({ unitsPerDay = 1, unitsTotal = 1 }: PlanInput): number {
  return Math.ceil(unitsTotal / unitsPerDay);
}

function outOfUnits(
  { unitsTotal = 0 }: PlanInput,
  total: number,
  traffic: number,
  curve: readonly CurvePoint[],
): string {
  const there = Math.floor(unitsTotal * traffic);
  const last = curve.at(-1);
  const atBest = last === undefined ? "" : `; all of them find ${Number(last.detectable.toPrecision(3))} at best`;
  return `${total} units are needed and ${there} can take part: no number of days is enough${atBest}`;
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
  const why =
    input.interference === undefined ? undefined : whyPlainTestFails(input.interference, input.design ?? "ab");
  if (why !== undefined) warnings.push(`a plain test is not valid here: ${why}`);
  if (duration !== undefined && input.days !== undefined && duration.days > input.days) {
    const reach = curve.find((point) => point.day === input.days);
    const atBest =
      reach === undefined
        ? ""
        : `; they find ${Number(reach.detectable.toPrecision(3))} at best, not ${Number(Math.abs(effect).toPrecision(3))}`;
    warnings.push(`${input.days} days are too few: ${duration.days} are needed${atBest}`);
  }
  const rare = rareEvents(input.metric, effect, perArm);
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
function rareEvents(metric: PlannedMetric, effect: number, perArm: number): string | undefined {
  if (!("baseline" in metric)) return undefined;
  const rates = [metric.baseline, metric.baseline + effect];
  const fewest = Math.min(...rates.map((rate) => perArm * Math.min(rate, 1 - rate)));
  if (fewest >= 5) return undefined;
  return `an arm expects ${Number(fewest.toPrecision(2))} of the rarer outcome: below 5 the normal law is rough, so take the units as a guess`;
}
