/** Boosted trees split by chance, for tests of what scores them. */

import type { Random } from "../src/core/random.ts";
import type { ScoredTree } from "../src/kernels/tree-scoring.scalar.ts";

/** Codes that a categorical split may send left, from 0. */
export const CODES = 5;

export interface RandomSplits {
  readonly width: number;
  readonly leaves: number;
  readonly thresholds: readonly number[];
  /** Whether the last feature is categorical; it is unless this says no. */
  readonly hasCodes?: boolean;
}

/** A tree whose leaves were split by chance; every leaf has a value of its own. */
export function randomTree(random: Random, { width, leaves, thresholds, hasCodes = true }: RandomSplits): ScoredTree {
  const feature = [-1];
  const [left, right] = [[-1], [-1]];
  const open = [0];
  while (open.length < leaves) {
    const node = open.splice(random.below(open.length), 1)[0];
    feature[node] = random.below(width);
    for (const side of [left, right]) {
      side[node] = feature.length;
      open.push(feature.length);
      feature.push(-1);
      left.push(-1);
      right.push(-1);
    }
  }
  const isCoded = (one: number): boolean => hasCodes && one === width - 1;
  return {
    feature: Int32Array.from(feature),
    left: Int32Array.from(left),
    right: Int32Array.from(right),
    threshold: Float64Array.from(feature, () => thresholds[random.below(thresholds.length)]),
    missingLeft: Uint8Array.from(feature, () => random.below(2)),
    leftCodes: feature.map((one) => (isCoded(one) ? [random.below(CODES), random.below(CODES)] : null)),
    value: Float64Array.from(feature, () => random.normal()),
  };
}
