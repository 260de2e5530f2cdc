/** What a plan needs before time is asked about: units of the smallest arm, each factor named, and the comparison they serve. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { type Outcome, succeed } from "../../../core/outcome.ts";
import { wholeAbove } from "../../../core/whole.ts";
import { alwaysValid } from "./always-valid.ts";
import { designEffect } from "./cluster-design.ts";
import { formatPlain } from "./format-plain.ts";
import {
  type BoundaryShape,
  constantBoundary,
  type SequentialBoundary,
  sequentialInflation,
} from "./group-sequential.ts";
import type { ExperimentDesign, Interference } from "./interference.ts";
import {
  DEFAULT_ALPHA,
  DEFAULT_POWER,
  type ErrorRates,
  positive,
  probability,
  type Requirement,
  whenAll,
  wholeNumber,
} from "./plan-input.ts";
import {
  type Counted,
  effectFor,
  type PlannedMetric,
  type SizedComparison,
  type SizeFormula,
  sizeFor,
} from "./plan-size.ts";

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

/** The sizes of a plan. */
export interface SizedPlan {
  readonly arms: number;
  readonly smallestShare: number;
  /** The change to be found, in the metric's unit. */
  readonly effect: number;
  readonly comparison: SizedComparison;
  readonly steps: readonly PlanStep[];
  /** Units of the smallest arm, rounded up. */
  readonly perArm: number;
  /** How many times more units than a plain test read once. */
  readonly factor: number;
  readonly boundary?: SequentialBoundary;
}

/** The sizes, or a failure that names the value that makes none possible. */
export function sizePlan(input: PlanInput): Outcome<SizedPlan> {
  const { arms = input.shares?.length ?? 2, power = DEFAULT_POWER } = input;
  const shares =
    input.shares ?? new Array<number>(Number.isSafeInteger(arms) && arms > 0 && arms <= 1000 ? arms : 0).fill(1 / arms);
  const checked = whenAll(requirements(input, arms, shares), () => undefined);
  if (!checked.ok) return checked;
  const level = "baseline" in input.metric ? input.metric.baseline : input.metric.mean;
  const effect = input.effect.kind === "relative" ? level * input.effect.size : input.effect.size;
  const alpha = (input.alpha ?? DEFAULT_ALPHA) / (arms - 1);
  const comparison = {
    metric: input.metric,
    alpha,
    power,
    formula: input.formula,
    counted: countedOf(input),
    ...lopsidednessOf(shares),
  };
  const possible = whenAll(effectRequirements(input, level, effect), () => undefined);
  if (!possible.ok) return possible;
  const fixed = sizeFor(comparison, effect);
  if (!fixed.ok) return fixed;
  const alphaWords = `two-sided alpha ${Number(alpha.toPrecision(4))}, power ${power}`;
  const plain: PlanStep = { what: `${fixed.value.words}, ${alphaWords}, read once`, perArm: fixed.value.units };
  const steps = [plain];
  const scaled = applyFactors(input, steps, alpha, power);
  if (!scaled.ok) return scaled;
  const units = steps[steps.length - 1].perArm;
  return succeed({
    arms,
    smallestShare: Math.min(...shares),
    effect,
    comparison,
    steps,
    perArm: wholeArm(input, units),
    factor: units / plain.perArm,
    boundary: scaled.value,
  });
}

/** Units after CUPED, or clusters of them, for each unit of a plain test: what a t test of this plan has its degrees of freedom from. */
function countedOf({ pastCorrelation = 0, cluster }: PlanInput): Counted {
  const adjusted = 1 - pastCorrelation ** 2;
  if (cluster === undefined || cluster.meanSize === 1) return { perUnit: adjusted, areClusters: false };
  const { meanSize, correlation, sizeVariation } = cluster;
  return { perUnit: (adjusted * designEffect(meanSize, correlation, sizeVariation)) / meanSize, areClusters: true };
}

/** An arm rounded up to whole units, or whole clusters: two at least where it takes a variance from them. */
function wholeArm({ metric, cluster }: PlanInput, units: number): number {
  if (cluster === undefined || cluster.meanSize === 1) return Math.max("baseline" in metric ? 1 : 2, wholeAbove(units));
  return wholeAbove(Math.max(2, wholeAbove(units / cluster.meanSize)) * cluster.meanSize);
}

/** Units over all arms, where the smallest has `perArm`: whole clusters in each. */
export function totalUnits(input: PlanInput, { arms, smallestShare }: SizedPlan, perArm: number): number {
  const { cluster, shares } = input;
  if (cluster === undefined || shares === undefined) {
    const even = shares === undefined ? perArm * arms : perArm / smallestShare;
    return wholeAbove(even);
  }
  return shares.reduce((sum, share) => sum + wholeArm(input, (perArm * share) / smallestShare), 0);
}

/** The smallest effect, in the metric's unit and above 0, that `perArm` units of the smallest arm find in the planned direction. */
export function reachOfPlan(input: PlanInput, { comparison, factor }: SizedPlan, perArm: number): number | undefined {
  return effectFor(comparison, perArm / factor, signOf(input));
}

/** 1 where a rise is looked for, -1 for a fall. */
export function signOf({ metric, effect }: PlanInput): 1 | -1 {
  const level = "baseline" in metric || effect.kind === "absolute" ? 1 : metric.mean;
  return level * effect.size < 0 ? -1 : 1;
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

/** The effect as it was stated: a plan's reader never wrote the treated rate or the difference that follow from it. */
function effectRequirements({ metric, effect: stated }: PlanInput, level: number, effect: number) {
  const isRate = "baseline" in metric;
  const ofNothing = stated.kind === "relative" && level === 0 && stated.size !== 0;
  return [
    ...(isRate ? [probability("baseline", metric.baseline)] : []),
    {
      name: "effect",
      value: stated.size,
      holds: Number.isFinite(effect) && effect !== 0,
      must: ofNothing ? "be absolute where today's mean is 0: a share of 0 is no change" : "be a number other than 0",
      example: ofNothing ? "0.5 absolute" : "2% relative",
    },
    {
      name: "effect",
      value: stated.size,
      holds: !isRate || (level + effect > 0 && level + effect < 1),
      must: `leave the rate above 0 and below 1: ${formatPlain(level)} today, ${formatPlain(level + effect)} with it`,
      example: "2% relative",
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
