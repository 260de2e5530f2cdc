/** Rows sorted into the leaves of a growing tree, with a histogram of gradients per leaf: the contract, and the choice of path. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { openKernelHistograms } from "./leaf-histograms.kernel.ts";
import { openScalarLeafHistograms } from "./leaf-histograms.scalar.ts";
import type { HistogramShape, LeafHistograms } from "./leaf-problem.ts";
import type { KernelPool } from "./pool.ts";

export interface HistogramOptions {
  /** Threads to share the work; without them it is done on the calling one. The results are the same. */
  readonly pool?: KernelPool;
  readonly path?: KernelPath;
  /** Rows x features from which on the pool is used. Default 4 million. */
  readonly worthThreads?: number;
}

/** Everything bin 0 to 65,535 fits: the limit of a feature's bins. */
export const MAX_BINS = 65_536;

/**
 * Below this many values of features one thread is faster: a split then costs less than waking the others (about 0.1 ms). The result is
 * the same either way.
 */
const WORTH_THREADS = 4_000_000;

/** Opens the histograms for one training run. */
export function openLeafHistograms(shape: HistogramShape, options: HistogramOptions = {}): LeafHistograms {
  const { pool, path = probeKernelPath(), worthThreads = WORTH_THREADS } = options;
  if (path === "scalar") return openScalarLeafHistograms(shape);
  return openKernelHistograms(shape, shape.rows * shape.features.length < worthThreads ? undefined : pool);
}
