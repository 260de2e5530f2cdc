/** Statistics of experiments as strangers may call them: tests, intervals, sizes, plans and analyses behind checks of their input. */

import { alwaysValid as uncheckedAlwaysValid } from "../steps/6-deploy/experiment/always-valid.ts";
import { analyzeExperiment as uncheckedAnalyzeExperiment } from "../steps/6-deploy/experiment/analyze.ts";
import { assignByHash as uncheckedAssignByHash } from "../steps/6-deploy/experiment/assign-by-hash.ts";
import * as clusters from "../steps/6-deploy/experiment/cluster-design.ts";
import { compareEstimate as uncheckedCompareEstimate } from "../steps/6-deploy/experiment/comparison.ts";
import * as cuped from "../steps/6-deploy/experiment/cuped.ts";
import { experimentDuration as uncheckedExperimentDuration } from "../steps/6-deploy/experiment/duration.ts";
import { durationCurve as uncheckedDurationCurve } from "../steps/6-deploy/experiment/duration-curve.ts";
import * as sequential from "../steps/6-deploy/experiment/group-sequential.ts";
import { INTERFERENCES } from "../steps/6-deploy/experiment/interference.ts";
import {
  CORRECTIONS,
  adjustPValues as uncheckedAdjustPValues,
} from "../steps/6-deploy/experiment/multiple-comparisons.ts";
import * as guardrails from "../steps/6-deploy/experiment/non-inferiority.ts";
import { pairedMomentsOf as uncheckedPairedMomentsOf } from "../steps/6-deploy/experiment/paired-moments.ts";
import { planExperiment as uncheckedPlanExperiment } from "../steps/6-deploy/experiment/plan.ts";
import * as sizes from "../steps/6-deploy/experiment/plan-size.ts";
import * as power from "../steps/6-deploy/experiment/power.ts";
import * as rates from "../steps/6-deploy/experiment/proportion-interval.ts";
import * as ratios from "../steps/6-deploy/experiment/ratio-metric.ts";
import * as lifts from "../steps/6-deploy/experiment/relative-lift.ts";
import { checkSampleRatio as uncheckedCheckSampleRatio } from "../steps/6-deploy/experiment/sample-ratio.ts";
import {
  MEAN_METHODS,
  sampleSizeMeans as uncheckedSampleSizeMeans,
} from "../steps/6-deploy/experiment/sample-size-means.ts";
import * as ofRates from "../steps/6-deploy/experiment/sample-size-proportions.ts";
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
  correlation,
  count,
  either,
  finite,
  flag,
  list,
  notNegative,
  oneOf,
  optional,
  orInfinite,
  positive,
  ratio,
  record,
  share,
  shares,
  sides,
  sign,
  text,
  units,
} from "./check.ts";
import { guarded, guardedOutcome } from "./guard.ts";

const level = optional(confidence);
const alpha = optional(betweenShares);

const counted: Check = both(record({ n: count(0), successes: count(0) }), (value, name) => {
  const [n, successes] = [Number(Reflect.get(Object(value), "n")), Number(Reflect.get(Object(value), "successes"))];
  return successes <= n ? undefined : `${name}.successes is ${successes}, but must be at most n, ${n}`;
});
/** A rate of nobody is none. */
const someCounted = both(record({ n: count(1) }), counted);
const moments = record({ n: count(1), mean: finite, variance: notNegative });
const paired: Check = both(
  record({
    ...{ n: count(1), meanX: finite, meanY: finite },
    ...{ varianceX: notNegative, varianceY: notNegative, covariance: finite },
  }),
  (value, name) => {
    const of = (field: string): number => Number(Reflect.get(Object(value), field));
    const most = Math.sqrt(of("varianceX")) * Math.sqrt(of("varianceY"));
    return Math.abs(of("covariance")) <= most * (1 + 1e-9)
      ? undefined
      : `${name}.covariance is ${of("covariance")}, but with these variances must be at most ${most} in size`;
  },
);
const errorRates = { alpha, power: optional(betweenShares), sides: optional(sides) };
const metric = either(record({ baseline: betweenShares }), record({ mean: finite, sd: positive }));

export const compareProportions = guarded(
  {
    of: "compareProportions",
    needs: {
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
  },
  uncheckedCompareProportions,
);
export const compareMeans = guarded(
  {
    of: "compareMeans",
    needs: {
      control: moments,
      treated: moments,
      options: optional(record({ test: optional(oneOf("welch", "student", "z")), level })),
    },
  },
  uncheckedCompareMeans,
);
export const compareEstimate = guarded(
  {
    of: "compareEstimate",
    needs: { effect: finite, standardError: notNegative, df: orInfinite, level: confidence },
  },
  uncheckedCompareEstimate,
);
export const wilsonInterval = guarded({ of: "wilsonInterval", needs: { counted, level } }, rates.wilsonInterval);
export const clopperPearsonInterval = guarded(
  { of: "clopperPearsonInterval", needs: { counted, level } },
  rates.clopperPearsonInterval,
);
export const relativeLift = guarded(
  {
    of: "relativeLift",
    needs: {
      input: record({
        ...{ treated: finite, treatedError: notNegative, control: finite, controlError: notNegative },
        ...{ covariance: optional(finite), level },
      }),
    },
  },
  lifts.relativeLift,
);
export const relativeLiftOfRates = guarded(
  { of: "relativeLiftOfRates", needs: { control: someCounted, treated: someCounted, level } },
  lifts.relativeLiftOfRates,
);
export const ratioEstimate = guarded({ of: "ratioEstimate", needs: { moments: paired } }, ratios.ratioEstimate);
export const compareRatios = guarded(
  { of: "compareRatios", needs: { control: paired, treated: paired, level } },
  ratios.compareRatios,
);
export const pairedMomentsOf = guarded(
  {
    of: "pairedMomentsOf",
    needs: { x: list(finite, 1), y: list(finite, 1) },
    together: (x, y) => asLongAs({ x, y }),
  },
  uncheckedPairedMomentsOf,
);
export const cupedAdjustment = guarded({ of: "cupedAdjustment", needs: { moments: paired } }, cuped.cupedAdjustment);
export const cupedArms = guarded({ of: "cupedArms", needs: { control: paired, treated: paired } }, cuped.cupedArms);
export const checkGuardrail = guarded(
  {
    of: "checkGuardrail",
    needs: { compareAt: callable, margin: positive, harmful: oneOf("increase", "decrease"), alpha },
  },
  guardrails.checkGuardrail,
);
export const guardrailSampleSize = guardedOutcome(
  {
    of: "guardrailSampleSize",
    needs: { plan: record({ sd: positive, margin: positive, alpha, power: optional(betweenShares) }) },
  },
  guardrails.guardrailSampleSize,
);
export const checkSampleRatio = guardedOutcome(
  {
    of: "checkSampleRatio",
    needs: { counts: list(count(0), 2), plannedShares: list(share, 2), threshold: alpha },
    together: (counts, plannedShares) => asLongAs({ counts, plannedShares }),
  },
  uncheckedCheckSampleRatio,
);
export const adjustPValues = guardedOutcome(
  { of: "adjustPValues", needs: { pValues: list(share), correction: optional(oneOf(...CORRECTIONS)) } },
  uncheckedAdjustPValues,
);
export const assignByHash = guarded(
  { of: "assignByHash", needs: { unit: text, salt: text, shares } },
  uncheckedAssignByHash,
);

const readArm = record({
  ...{ name: text, units: count(0), withoutOutcome: count(0), metrics: anything },
  ...{ ratio: optional(paired), past: optional(paired) },
});
const readMetric = record({ n: count(1), mean: finite, variance: notNegative, skewness: finite, binary: flag });
const reading = either(
  record({ kind: oneOf("fixed") }),
  either(
    record({ kind: oneOf("always-valid"), tau: positive }),
    record({
      kind: oneOf("fixed", "group-sequential", "always-valid"),
      ...{ shape: oneOf("obrien-fleming", "pocock"), look: count(1), looks: count(1) },
    }),
  ),
);
const design = optional(oneOf("ab", "switchback", "cluster", "budget-split", "separate-training"));
const interference = optional(oneOf(...INTERFERENCES));

export const analyzeExperiment = guardedOutcome(
  {
    of: "analyzeExperiment",
    needs: {
      data: record({
        ...{ arms: list(readArm, 2), metrics: list(text, 1) },
        ...{
          inSeveralArms: count(0),
          withoutArm: optional(count(0)),
          neverAssigned: count(0),
          nearKeys: optional(count(0)),
          loose: optional(record({ assigned: text, outcome: text })),
        },
      }),
      plan: record({
        ...{ control: text, alpha, shares: anything, reading: optional(reading) },
        correction: optional(oneOf(...CORRECTIONS)),
        guardrails: optional(list(record({ metric: text, margin: positive, harmful: oneOf("increase", "decrease") }))),
        ...{ interference, design },
      }),
    },
    together: ({ arms, metrics }) => {
      for (const arm of arms)
        for (const name of metrics) {
          const complaint = readMetric(arm.metrics.get(name), `${name} of arm ${arm.name}`);
          if (complaint !== undefined) return complaint;
        }
      return undefined;
    },
  },
  uncheckedAnalyzeExperiment,
);

export const sampleSizeProportions = guardedOutcome(
  {
    of: "sampleSizeProportions",
    needs: {
      plan: record({
        ...{ baseline: betweenShares, treated: betweenShares, ...errorRates },
        method: optional(oneOf(...ofRates.PROPORTION_METHODS)),
      }),
    },
  },
  ofRates.sampleSizeProportions,
);
export const unequalSampleSizeProportions = guardedOutcome(
  {
    of: "unequalSampleSizeProportions",
    needs: { plan: record({ baseline: betweenShares, treated: betweenShares, ratio, ...errorRates }) },
  },
  ofRates.unequalSampleSizeProportions,
);
export const sampleSizeMeans = guardedOutcome(
  {
    of: "sampleSizeMeans",
    needs: {
      plan: record({
        ...{ sd: positive, delta: finite, ratio: optional(ratio), ...errorRates },
        method: optional(oneOf(...MEAN_METHODS)),
      }),
    },
  },
  uncheckedSampleSizeMeans,
);
export const powerProportions = guardedOutcome(
  {
    of: "powerProportions",
    needs: {
      plan: record({
        ...{ baseline: betweenShares, treated: betweenShares, perArm: units, alpha, sides: optional(sides) },
        method: optional(oneOf("pooled null", "unpooled both tails")),
      }),
    },
  },
  power.powerProportions,
);
export const powerMeans = guardedOutcome(
  {
    of: "powerMeans",
    needs: {
      plan: record({
        ...{ sd: positive, delta: finite, perArm: units, alpha, sides: optional(sides) },
        method: optional(oneOf("t", "z")),
      }),
    },
  },
  power.powerMeans,
);
export const detectableMean = guardedOutcome(
  {
    of: "detectableMean",
    needs: { plan: record({ sd: positive, control: units, treated: units, ...errorRates }) },
  },
  power.detectableMean,
);
export const detectableProportion = guardedOutcome(
  {
    of: "detectableProportion",
    needs: {
      plan: record({
        ...{ baseline: betweenShares, perArm: units, ...errorRates },
        method: optional(oneOf("pooled null", "unpooled", "baseline")),
      }),
    },
  },
  power.detectableProportion,
);
export const designEffect = guarded(
  {
    of: "designEffect",
    needs: { meanSize: units, correlation: share, sizeVariation: optional(notNegative) },
  },
  clusters.designEffect,
);
export const clusterSampleSize = guardedOutcome(
  {
    of: "clusterSampleSize",
    needs: {
      plan: record({
        ...{ perArm: units, meanSize: units, correlation: share, sizeVariation: optional(notNegative) },
      }),
    },
  },
  clusters.clusterSampleSize,
);
export const switchbackLength = guardedOutcome(
  {
    of: "switchbackLength",
    needs: {
      plan: record({ block: positive, carryOver: notNegative, places: count(1), blocksPerArm: units }),
    },
  },
  clusters.switchbackLength,
);
export const experimentDuration = guardedOutcome(
  {
    of: "experimentDuration",
    needs: {
      plan: record({
        ...{ perArm: units, unitsPerDay: units, traffic: optional(share), arms: optional(count(2)) },
        ...{ smallestShare: optional(share), total: optional(units) },
      }),
    },
  },
  uncheckedExperimentDuration,
);
const comparison = record({
  ...{ metric, alpha: betweenShares, power: betweenShares, ratio, isControlSmaller: flag },
  counted: optional(record({ perUnit: positive, areClusters: flag })),
  formula: optional(oneOf(...ofRates.PROPORTION_METHODS, ...MEAN_METHODS)),
});
export const sizeFor = guardedOutcome({ of: "sizeFor", needs: { comparison, effect: finite } }, sizes.sizeFor);
export const effectFor = guarded({ of: "effectFor", needs: { comparison, units, sign } }, sizes.effectFor);
export const durationCurve = guardedOutcome(
  {
    of: "durationCurve",
    needs: {
      plan: record({
        ...{ comparison, factor: optional(positive), sign: optional(sign), unitsPerDay: units },
        ...{ unitsTotal: optional(units), traffic: optional(share), smallestShare: share, days: count(1, 100_000) },
      }),
    },
  },
  uncheckedDurationCurve,
);
export const planExperiment = guardedOutcome(
  {
    of: "planExperiment",
    needs: {
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
  },
  uncheckedPlanExperiment,
);
/** Beyond this the integration over looks takes minutes. */
const looks = count(1, 1000);
const fractions = list(betweenOrOne(), 1);

function betweenOrOne(): Check {
  return either(betweenShares, (value, name) =>
    value === 1 ? undefined : `${name} is ${String(value)}, but must be above 0 and at most 1`,
  );
}

export const constantBoundary = guardedOutcome(
  {
    of: "constantBoundary",
    needs: { shape: oneOf("obrien-fleming", "pocock"), looks, alpha, fractions: optional(fractions) },
    together: (_, looksPlanned, __, given) =>
      given === undefined || given.length === looksPlanned
        ? undefined
        : `fractions has ${given.length} entries, but must have one for each of ${looksPlanned} looks`,
  },
  sequential.constantBoundary,
);
export const spendingBoundary = guardedOutcome(
  {
    of: "spendingBoundary",
    needs: { fractions, alpha, spending: optional(callable), per: optional(oneOf("tail", "whole")) },
  },
  sequential.spendingBoundary,
);
const spending = { t: share, tail: betweenShares };
export const obrienFlemingSpending = guarded(
  { of: "obrienFlemingSpending", needs: spending },
  sequential.obrienFlemingSpending,
);
export const pocockSpending = guarded({ of: "pocockSpending", needs: spending }, sequential.pocockSpending);
export const sequentialInflation = guarded(
  {
    of: "sequentialInflation",
    needs: {
      boundary: record({ z: list(positive, 1), fractions, nominal: list(share), spent: list(share) }),
      alpha: betweenShares,
      power: betweenShares,
    },
    together: ({ z, fractions: at, nominal, spent }) => asLongAs({ z, fractions: at, nominal, spent }),
  },
  sequential.sequentialInflation,
);
export const peekingError = guarded(
  { of: "peekingError", needs: { looks, z: optional(positive) } },
  sequential.peekingError,
);
export const alwaysValid = guardedOutcome(
  {
    of: "alwaysValid",
    needs: { looks: list(record({ effect: finite, standardError: positive })), tau: positive, alpha },
  },
  uncheckedAlwaysValid,
);
