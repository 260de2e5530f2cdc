/** Tests and intervals of experiments as strangers may call them: behind checks of counts, moments and samples. */

import * as bootstrap from "../steps/5-evaluate/protocols/bootstrap.ts";
import { momentsOf as uncheckedMomentsOf } from "../steps/5-evaluate/protocols/moments.ts";
import { pairedTTest as uncheckedPairedTTest } from "../steps/5-evaluate/protocols/paired-t-test.ts";
import { compareEstimate as uncheckedCompareEstimate } from "../steps/6-deploy/experiment/comparison.ts";
import * as cuped from "../steps/6-deploy/experiment/cuped.ts";
import {
  CORRECTIONS,
  adjustPValues as uncheckedAdjustPValues,
} from "../steps/6-deploy/experiment/multiple-comparisons.ts";
import * as guardrails from "../steps/6-deploy/experiment/non-inferiority.ts";
import { pairedMomentsOf as uncheckedPairedMomentsOf } from "../steps/6-deploy/experiment/paired-moments.ts";
import * as rates from "../steps/6-deploy/experiment/proportion-interval.ts";
import * as ratios from "../steps/6-deploy/experiment/ratio-metric.ts";
import * as lifts from "../steps/6-deploy/experiment/relative-lift.ts";
import { checkSampleRatio as uncheckedCheckSampleRatio } from "../steps/6-deploy/experiment/sample-ratio.ts";
import { compareMeans as uncheckedCompareMeans } from "../steps/6-deploy/experiment/two-means.ts";
import { compareProportions as uncheckedCompareProportions } from "../steps/6-deploy/experiment/two-proportions.ts";
import {
  anything,
  asLongAs,
  betweenShares,
  both,
  type Check,
  callable,
  confidence,
  count,
  finite,
  list,
  notNegative,
  oneOf,
  optional,
  orInfinite,
  positive,
  record,
  share,
} from "./check.ts";
import { alpha, paired } from "./experiment-checks.ts";
import { guarded, guardedOutcome } from "./guard.ts";

const level = optional(confidence);

const counted: Check = both(record({ n: count(0), successes: count(0) }), (value, name) => {
  const [n, successes] = [Number(Reflect.get(Object(value), "n")), Number(Reflect.get(Object(value), "successes"))];
  return successes <= n ? undefined : `${name}.successes is ${successes}, but must be at most n, ${n}`;
});
/** A rate of nobody is none. */
const someCounted = both(record({ n: count(1) }), counted);
const moments = record({ n: count(1), mean: finite, variance: notNegative });

export const compareProportions = guarded(
  "compareProportions",
  {
    control: someCounted,
    treated: someCounted,
    options: optional(
      record({
        test: optional(oneOf("pooled", "unpooled")),
        interval: optional(oneOf("newcombe", "wald")),
        level,
      }),
    ),
  },
  uncheckedCompareProportions,
);
export const compareMeans = guarded(
  "compareMeans",
  {
    control: moments,
    treated: moments,
    options: optional(record({ test: optional(oneOf("welch", "student", "z")), level })),
  },
  uncheckedCompareMeans,
);
export const compareEstimate = guarded(
  "compareEstimate",
  { effect: finite, standardError: notNegative, df: orInfinite, level: confidence },
  uncheckedCompareEstimate,
);
export const wilsonInterval = guarded("wilsonInterval", { counted, level }, rates.wilsonInterval);
export const clopperPearsonInterval = guarded(
  "clopperPearsonInterval",
  { counted, level },
  rates.clopperPearsonInterval,
);
export const relativeLift = guarded(
  "relativeLift",
  {
    input: record({
      ...{ treated: finite, treatedError: notNegative, control: finite, controlError: notNegative },
      ...{ covariance: optional(finite), level },
    }),
  },
  lifts.relativeLift,
);
export const relativeLiftOfRates = guarded(
  "relativeLiftOfRates",
  { control: someCounted, treated: someCounted, level },
  lifts.relativeLiftOfRates,
);
export const ratioEstimate = guarded("ratioEstimate", { moments: paired }, ratios.ratioEstimate);
export const compareRatios = guarded(
  "compareRatios",
  { control: paired, treated: paired, level },
  ratios.compareRatios,
);
export const pairedMomentsOf = guarded(
  "pairedMomentsOf",
  { x: list(finite, 1), y: list(finite, 1) },
  uncheckedPairedMomentsOf,
  (x, y) => asLongAs({ x, y }),
);
export const cupedAdjustment = guarded("cupedAdjustment", { moments: paired }, cuped.cupedAdjustment);
export const cupedArms = guarded("cupedArms", { control: paired, treated: paired }, cuped.cupedArms);
export const checkGuardrail = guarded(
  "checkGuardrail",
  { compareAt: callable, margin: positive, harmful: oneOf("increase", "decrease"), alpha },
  guardrails.checkGuardrail,
);
export const checkSampleRatio = guardedOutcome(
  "checkSampleRatio",
  { counts: list(count(0), 2), plannedShares: list(share, 2), threshold: alpha },
  uncheckedCheckSampleRatio,
  (counts, plannedShares) => asLongAs({ counts, plannedShares }),
);
export const adjustPValues = guardedOutcome(
  "adjustPValues",
  { pValues: list(share), correction: optional(oneOf(...CORRECTIONS)) },
  uncheckedAdjustPValues,
);

const resampling = record({
  random: record({}),
  units: anything,
  resamples: optional(count(1, 10_000_000)),
  level: optional(betweenShares),
  range: optional(
    both(list(finite, 2), (value, name) => (isRange(value) ? undefined : `${name} must be [least, most]`)),
  ),
});
const inside = (
  values: ArrayLike<number>,
  range: readonly [number, number] | undefined,
  name: string,
): string | undefined => {
  const at = Array.from(values).findIndex((one) => range !== undefined && !(one >= range[0] && one <= range[1]));
  return at < 0 ? undefined : `${name}[${at}] is ${values[at]}, which is outside of options.range`;
};
export const bootstrapMean = guarded(
  "bootstrapMean",
  { values: list(finite), options: resampling },
  bootstrap.bootstrapMean,
  (values, { units, range }) => asLongAs({ values, units }) ?? inside(values, range, "values"),
);
export const pairedBootstrap = guarded(
  "pairedBootstrap",
  { a: list(finite), b: list(finite), options: resampling },
  bootstrap.pairedBootstrap,
  (a, b, { units, range }) =>
    asLongAs({ a, b, units }) ??
    inside(
      Array.from(a, (one, i) => one - b[i]),
      range,
      "a - b",
    ),
);
export const pairedTTest = guarded(
  "pairedTTest",
  {
    a: list(finite),
    b: list(finite),
    options: optional(record({ units: anything, level: optional(betweenShares) })),
  },
  uncheckedPairedTTest,
  (a, b, options) => asLongAs({ a, b, units: options?.units }),
);
export const momentsOf = guarded("momentsOf", { values: list(finite) }, uncheckedMomentsOf);

function isRange(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && value[0] < value[1];
}
