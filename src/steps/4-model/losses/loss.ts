/** A loss as boosting sees it: where to start, which way to step, how good a set of margins is. */

import type { KernelPool } from "../../../kernels/pool.ts";

/** A loss bound to the rows it is computed on. Margins are the sums of leaf values, before the link. */
export interface BoundLoss {
  /** The constant margin with the least loss. */
  readonly baseScore: number;
  /** First and second derivatives of the loss by the margin of each row, times the row's weight. Hessians are not negative. */
  derive(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
  /** The same on a pool's threads; present where the loss can use them. */
  deriveOnThreads?(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): Promise<void>;
  /** Lets go of the threads. */
  close?(): void;
  /** Present when this is the plain log loss of these rows, which has a kernel that computes the same. */
  readonly logistic?: Target;
  /** The metric that early stopping watches unless it is given another: the mean loss, or NDCG for ranking. */
  measure(margins: Float64Array): number;
}

/** Rows' labels, how much each counts, and for ranking which query each belongs to. */
export interface Target {
  readonly labels: Float64Array;
  /** Null when all count the same. */
  readonly weights: Float64Array | null;
  /** Where each query's rows begin, and last the number of rows; null for losses over single rows. */
  readonly queryStarts: Uint32Array | null;
}

/** A loss that trees or networks can be trained on. */
export interface Loss {
  readonly name: string;
  /** The metric that `measure` returns, and which way is better. */
  readonly metric: string;
  readonly higherIsBetter: boolean;
  readonly needsQueries: boolean;
  /** Why a label cannot be learned from, in words that follow "label 3 …"; undefined when it can. */
  rejectLabel(label: number): string | undefined;
  bind(target: Target, pool?: KernelPool): BoundLoss;
  /** From margin to prediction: a probability for log loss, the margin itself otherwise. */
  link(margin: number): number;
}
