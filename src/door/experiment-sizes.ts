/** Sizes, power, durations and plans of experiments as strangers may call them: behind checks of rates, effects and traffic. */

import * as clusters from "../steps/6-deploy/experiment/cluster-design.ts";
import { experimentDuration as uncheckedExperimentDuration } from "../steps/6-deploy/experiment/duration.ts";
import { durationCurve as uncheckedDurationCurve } from "../steps/6-deploy/experiment/duration-curve.ts";
import * as guardrails from "../steps/6-deploy/experiment/non-inferiority.ts";
import { planExperiment as uncheckedPlanExperiment } from "../steps/6-deploy/experiment/plan.ts";
import * as sizes from "../steps/6-deploy/experiment/plan-size.ts";
import * as power from "../steps/6-deploy/experiment/power.ts";
import {
  MEAN_METHODS,
  sampleSizeMeans as uncheckedSampleSizeMeans,
} from "../steps/6-deploy/experiment/sample-size-means.ts";
import * as ofRates from "../steps/6-deploy/experiment/sample-size-proportions.ts";
import {
  betweenShares,
  correlation,
  count,
  either,
  finite,
  flag,
  list,
  notNegative,
  oneOf,
  optional,
  positive,
  ratio,
  record,
  share,
  sides,
  sign,
  units,
} from "./check.ts";
import { alpha, design, interference } from "./experiment-checks.ts";
import { guarded, guardedOutcome } from "./guard.ts";

const errorRates = { alpha, power: optional(betweenShares), sides: optional(sides) };
const metric = either(record({ baseline: betweenShares }), record({ mean: finite, sd: positive }));
export const guardrailSampleSize = guardedOutcome(
  "guardrailSampleSize",
  { plan: record({ sd: positive, margin: positive, alpha, power: optional(betweenShares) }) },
  guardrails.guardrailSampleSize,
);

export const sampleSizeProportions = guardedOutcome(
  "sampleSizeProportions",
  {
    plan: record({
      ...{ baseline: betweenShares, treated: betweenShares, ...errorRates },
      method: optional(oneOf(...ofRates.PROPORTION_METHODS)),
    }),
  },
  ofRates.sampleSizeProportions,
);
export const unequalSampleSizeProportions = guardedOutcome(
  "unequalSampleSizeProportions",
  { plan: record({ baseline: betweenShares, treated: betweenShares, ratio, ...errorRates }) },
  ofRates.unequalSampleSizeProportions,
);
export const sampleSizeMeans = guardedOutcome(
  "sampleSizeMeans",
  {
    plan: record({
      ...{ sd: positive, delta: finite, ratio: optional(ratio), ...errorRates },
      method: optional(oneOf(...MEAN_METHODS)),
    }),
  },
  uncheckedSampleSizeMeans,
);
export const powerProportions = guardedOutcome(
  "powerProportions",
  {
    plan: record({
      ...{ baseline: betweenShares, treated: betweenShares, perArm: units, alpha, sides: optional(sides) },
      method: optional(oneOf("pooled null", "unpooled both tails")),
    }),
  },
  power.powerProportions,
);
export const powerMeans = guardedOutcome(
  "powerMeans",
  {
    plan: record({
      ...{ sd: positive, delta: finite, perArm: units, alpha, sides: optional(sides) },
      method: optional(oneOf("t", "z")),
    }),
  },
  power.powerMeans,
);
export const detectableMean = guardedOutcome(
  "detectableMean",
  { plan: record({ sd: positive, control: units, treated: units, ...errorRates }) },
  power.detectableMean,
);
export const detectableProportion = guardedOutcome(
  "detectableProportion",
  {
    plan: record({
      ...{ baseline: betweenShares, perArm: units, ...errorRates },
      method: optional(oneOf("pooled null", "unpooled", "baseline")),
    }),
  },
  power.detectableProportion,
);
export const designEffect = guarded(
  "designEffect",
  { meanSize: units, correlation: share, sizeVariation: optional(notNegative) },
  clusters.designEffect,
);
export const clusterSampleSize = guardedOutcome(
  "clusterSampleSize",
  {
    plan: record({
      ...{ perArm: units, meanSize: units, correlation: share, sizeVariation: optional(notNegative) },
    }),
  },
  clusters.clusterSampleSize,
);
export const switchbackLength = guardedOutcome(
  "switchbackLength",
  {
    plan: record({ block: positive, carryOver: notNegative, places: count(1), blocksPerArm: units }),
  },
  clusters.switchbackLength,
);
export const experimentDuration = guardedOutcome(
  "experimentDuration",
  {
    plan: record({
      ...{ perArm: units, unitsPerDay: units, traffic: optional(share), arms: optional(count(2)) },
      ...{ smallestShare: optional(share), total: optional(units) },
    }),
  },
  uncheckedExperimentDuration,
);
const comparison = record({
  ...{ metric, alpha: betweenShares, power: betweenShares, ratio, isControlSmaller: flag },
  counted: optional(record({ perUnit: positive, areClusters: flag })),
  formula: optional(oneOf(...ofRates.PROPORTION_METHODS, ...MEAN_METHODS)),
});
export const sizeFor = guardedOutcome("sizeFor", { comparison, effect: finite }, sizes.sizeFor);
export const effectFor = guarded("effectFor", { comparison, units, sign }, sizes.effectFor);
export const durationCurve = guardedOutcome(
  "durationCurve",
  {
    plan: record({
      ...{ comparison, factor: optional(positive), sign: optional(sign), unitsPerDay: units },
      ...{ unitsTotal: optional(units), traffic: optional(share), smallestShare: share, days: count(1, 100_000) },
    }),
  },
  uncheckedDurationCurve,
);
export const planExperiment = guardedOutcome(
  "planExperiment",
  {
    input: record({
      metric,
      effect: record({ size: finite, kind: oneOf("absolute", "relative") }),
      ...{ alpha, power: optional(betweenShares), arms: optional(count(2)), shares: optional(list(share, 2)) },
      ...{ unitsPerDay: optional(units), unitsTotal: optional(units), traffic: optional(share) },
      ...{ days: optional(count(1)), pastCorrelation: optional(correlation), interference, design },
      cluster: optional(record({ meanSize: units, correlation: share, sizeVariation: optional(notNegative) })),
      sequential: optional(
        either(
          record({ shape: oneOf("always-valid") }),
          record({ shape: oneOf("obrien-fleming", "pocock", "always-valid"), looks: count(1) }),
        ),
      ),
      formula: optional(oneOf(...ofRates.PROPORTION_METHODS, ...MEAN_METHODS)),
    }),
  },
  uncheckedPlanExperiment,
);
