/** The settings of boosted trees, their defaults, and the check that they make sense. */

import type { Failure } from "../../../core/outcome.ts";
import { MAX_BINS } from "../../../kernels/leaf-histograms.ts";
import type { SplitRules } from "../../../kernels/leaf-problem.ts";
import type { TreesObjective } from "../models/trees-model.ts";
import type { Binning } from "./choose-cuts.ts";

export interface TreesOptions {
  readonly objective: TreesObjective;
  /** Log loss: labels are probabilities, such as a teacher's, instead of classes. Default false. */
  readonly softLabels?: boolean;
  /** Columns of the table that the trees may use. Text columns are categorical. Default: all, in the table's order. */
  readonly features?: readonly string[];
  /** Numeric columns that hold categories. */
  readonly categorical?: readonly string[];
  /** 1: the prediction may only rise with the feature; -1: only fall. */
  readonly monotone?: Readonly<Partial<Record<string, 1 | -1>>>;
  /** Most trees to train. Default 100. */
  readonly trees?: number;
  /** Leaves per tree. Default 31. */
  readonly leaves?: number;
  /** Splits between root and leaf. Default 64. */
  readonly maxDepth?: number;
  /** Default 0.1. */
  readonly learningRate?: number;
  /** Bins for the values of a numeric feature, and categories kept of a categorical one. Default 255, at most 65,535; above 255 memory doubles. */
  readonly maxBins?: number;
  /** Default `equal-count`; `tails` keeps the extremes apart. */
  readonly binning?: Binning;
  /** Rows that equal-count cuts are chosen on. Default 200,000. */
  readonly binSample?: number;
  /** Default 20. */
  readonly minRowsInLeaf?: number;
  /** Above 0. Default 0.001. */
  readonly minHessianInLeaf?: number;
  /** Default 0. */
  readonly l1?: number;
  /** Default 0. */
  readonly l2?: number;
  /** A split must save more than this. Default 0. */
  readonly minGain?: number;
  /** Default 10. */
  readonly categorySmoothing?: number;
  /** Default 10. */
  readonly categoryL2?: number;
  /** Default 10. */
  readonly minRowsPerCategory?: number;
  /** Share of the rows drawn for each tree, without replacement. Default 1. */
  readonly rowShare?: number;
  /** Share of the features drawn for each tree. Default 1. */
  readonly featureShare?: number;
  /** LambdaRank: NDCG is measured at this rank. Default 10. */
  readonly ndcgAt?: number;
  /** LambdaRank: pairs count when one of the two stands above this rank. Default 30. */
  readonly rankTruncation?: number;
  /** Stop when the validation metric has not become better for so many trees. Default 20; only with validation rows. */
  readonly patience?: number;
}

/** Options with every default filled in. */
export type FilledOptions = Required<Omit<TreesOptions, "features">> & Pick<TreesOptions, "features">;

export function fillOptions(options: TreesOptions): FilledOptions {
  return {
    softLabels: false,
    categorical: [],
    monotone: {},
    trees: 100,
    leaves: 31,
    maxDepth: 64,
    learningRate: 0.1,
    maxBins: 255,
    binning: "equal-count",
    binSample: 200_000,
    minRowsInLeaf: 20,
    minHessianInLeaf: 0.001,
    l1: 0,
    l2: 0,
    minGain: 0,
    categorySmoothing: 10,
    categoryL2: 10,
    minRowsPerCategory: 10,
    rowShare: 1,
    featureShare: 1,
    ndcgAt: 10,
    rankTruncation: 30,
    patience: 20,
    ...options,
  };
}

/** The first setting that makes no sense, or undefined. */
export function rejectOptions(options: FilledOptions): Failure | undefined {
  const limits: readonly (readonly [keyof FilledOptions, number, number, boolean])[] = [
    ["trees", 1, 100_000, true],
    ["leaves", 2, 65_535, true],
    ["maxDepth", 1, 65_535, true],
    ["learningRate", Number.MIN_VALUE, 1, false],
    ["maxBins", 2, MAX_BINS - 1, true],
    ["binSample", 2, 2 ** 31, true],
    ["minRowsInLeaf", 1, 2 ** 31, true],
    ["minHessianInLeaf", Number.MIN_VALUE, Number.MAX_VALUE, false],
    ["l1", 0, Number.MAX_VALUE, false],
    ["l2", 0, Number.MAX_VALUE, false],
    ["minGain", 0, Number.MAX_VALUE, false],
    ["categorySmoothing", 0, Number.MAX_VALUE, false],
    ["categoryL2", 0, Number.MAX_VALUE, false],
    ["minRowsPerCategory", 1, 2 ** 31, true],
    ["rowShare", Number.MIN_VALUE, 1, false],
    ["featureShare", Number.MIN_VALUE, 1, false],
    ["ndcgAt", 1, 65_535, true],
    ["rankTruncation", 1, 65_535, true],
    ["patience", 1, 100_000, true],
  ];
  for (const [name, least, most, whole] of limits) {
    const value = options[name];
    if (typeof value === "number" && value >= least && value <= most && (!whole || Number.isInteger(value))) continue;
    const range =
      least === Number.MIN_VALUE ? `above 0${most === 1 ? " and at most 1" : ""}` : `from ${least} to ${most}`;
    return {
      code: "bad-option",
      where: name,
      message: `${name} is ${String(value)}, and has to be a ${whole ? "whole number" : "number"} ${range}`,
    };
  }
  return undefined;
}

/** The part of the options that the split finder reads. */
export function splitRules(options: FilledOptions): SplitRules {
  return options;
}
