/** The histograms of a leaf as a problem: what is binned, what is summed, and the split that is asked for. */

import type { NumericColumn } from "../core/table.ts";
import type { KernelPath } from "./feature-probe.ts";

/** How one feature is binned. Bin 0 holds the missing values, and for a categorical feature the unseen and rare ones too. */
export interface BinnedFeature {
  /** Bins in use, bin 0 included. */
  readonly bins: number;
  readonly categorical: boolean;
  /** 1: the prediction may only rise with the feature, -1: only fall, 0: free. Numeric features only. */
  readonly monotone: -1 | 0 | 1;
}

/** What a split has to satisfy, and how its gain is regularised. */
export interface SplitRules {
  readonly minRowsInLeaf: number;
  readonly minHessianInLeaf: number;
  readonly l1: number;
  readonly l2: number;
  /** A split must gain more than this. */
  readonly minGain: number;
  /** Added to a category's hessian when categories are put in order of gradient / hessian. */
  readonly categorySmoothing: number;
  /** Added to l2 while a categorical split is judged. */
  readonly categoryL2: number;
  /** Categories with fewer rows in the leaf go right with the unseen ones. */
  readonly minRowsPerCategory: number;
}

export interface HistogramShape {
  /** Rows that carry gradients. */
  readonly rows: number;
  /** Rows after those that only follow the splits: the validation rows. */
  readonly followers: number;
  readonly features: readonly BinnedFeature[];
  readonly maxLeaves: number;
  readonly rules: SplitRules;
}

/** Sums over the rows of a leaf. */
export interface LeafSums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Labels 0 and 1, and how much each row counts. */
export interface LogLossTarget {
  readonly labels: Float64Array;
  readonly weights: Float64Array | null;
}

/** The interval a leaf's value must stay in, from monotone splits above it. */
export interface ValueBounds {
  readonly lower: number;
  readonly upper: number;
}

export interface LeafSplit {
  readonly feature: number;
  /** The loss saved, in units of the second-order approximation, times two. */
  readonly gain: number;
  /** The last bin that goes left; 0 for a categorical split. */
  readonly bin: number;
  readonly missingLeft: boolean;
  /** The bins that go left, for a categorical split. */
  readonly leftBins: readonly number[] | null;
  readonly left: LeafSums;
  readonly right: LeafSums;
}

/**
 * The state of one training run. Gradients and hessians are rounded to whole numbers before they are summed (30 and 22 bits at a million
 * rows, see `gradientBits`), so that every sum is exact and the result depends neither on the order of rows nor on the number
 * of threads.
 */
export interface LeafHistograms {
  /** `streamed` where the bins lie on disk; the numbers are the same. */
  readonly path: KernelPath | "streamed";
  /** One margin per row, followers included. Read and written by the caller between trees. */
  readonly scores: Float64Array;
  /** Written by the caller before each tree; hessians are not negative. */
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
  /** Puts a column's numbers into bins, from row `at` on: bin 0 for NaN, else 1 + the number of cuts below the value. */
  binNumbers(feature: number, values: NumericColumn, cuts: Float64Array, at: number): Promise<void>;
  /** Puts bins that are already known into place, from row `at` on. */
  setBins(feature: number, bins: Uint16Array, at: number): Promise<void>;
  /** Writes the gradients and hessians of the log loss at the present scores, on all threads. */
  deriveLogLoss(target: LogLossTarget): Promise<void>;
  /** Puts all rows into leaf 0; rows where `sampled` is 0 follow the splits without counting. Returns the sums of leaf 0. */
  startTree(sampled: Uint8Array | null): Promise<LeafSums>;
  /** The split of the leaf with the largest gain over the features where `active` is not 0; null when none satisfies the rules. */
  findSplit(leaf: number, bounds: ValueBounds, active: Uint8Array): LeafSplit | null;
  /**
   * Carries out the split last found for `leaf`: the left rows stay, the right ones become leaf `rightLeaf`. Leaves are numbered
   * in the order they appear; the last split of a full tree leaves no histograms behind, so ask it for no further split.
   */
  split(leaf: number, rightLeaf: number): Promise<void>;
  /** Adds each leaf's value to the scores of its rows, followers included. */
  addToScores(values: Float64Array): Promise<void>;
  /** Lets go of threads and files. */
  close(): void | Promise<void>;
}
