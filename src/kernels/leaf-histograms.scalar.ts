/** The scalar twin of the leaf histograms: plain arrays and loops that read like the formulas. */

import { exponential } from "./exponential.scalar.ts";
import type { HistogramShape, LeafHistograms, LeafSums, LogLossTarget } from "./leaf-problem.ts";
import { findLeafSplit, type LeafCandidate } from "./leaf-split.scalar.ts";
import { gradientStep, quantize } from "./quantized-gradients.ts";

/** Opens the histograms on plain arrays, on one thread. */
export function openScalarLeafHistograms(shape: HistogramShape): LeafHistograms {
  const { rows, followers, features, maxLeaves } = shape;
  const all = rows + followers;
  const offsets = binOffsets(features.map((feature) => feature.bins));
  const bins = features.map(() => new Uint16Array(all));
  const gradients = new Float64Array(rows);
  const hessians = new Float64Array(rows);
  const scores = new Float64Array(all);
  const quantizedGradients = new Float64Array(rows);
  const quantizedHessians = new Float64Array(rows);
  const inTree = new Uint8Array(all);
  const histograms = Array.from({ length: maxLeaves }, () => new Float64Array(3 * offsets[features.length]));
  const members: Uint32Array[] = Array.from({ length: maxLeaves }, () => new Uint32Array(0));
  const found: (LeafCandidate | null)[] = Array.from({ length: maxLeaves }, () => null);
  let leaves = 0;
  let steps = { gradient: 1, hessian: 1 };

  function accumulate(leaf: number): void {
    const histogram = histograms[leaf].fill(0);
    for (const row of members[leaf]) {
      if (inTree[row] === 0) continue;
      for (let feature = 0; feature < features.length; feature++) {
        const at = 3 * (offsets[feature] + bins[feature][row]);
        histogram[at] += quantizedGradients[row];
        histogram[at + 1] += quantizedHessians[row];
        histogram[at + 2] += 1;
      }
    }
  }

  async function startTree(sampled: Uint8Array | null): Promise<LeafSums> {
    let largestGradient = 0;
    let largestHessian = 0;
    for (let row = 0; row < rows; row++) {
      inTree[row] = sampled === null ? 1 : sampled[row];
      if (inTree[row] === 0) continue;
      largestGradient = Math.max(largestGradient, Math.abs(gradients[row]));
      largestHessian = Math.max(largestHessian, hessians[row]);
    }
    steps = gradientStep(rows, largestGradient, largestHessian);
    let gradient = 0;
    let hessian = 0;
    let count = 0;
    for (let row = 0; row < rows; row++) {
      if (inTree[row] === 0) continue;
      quantizedGradients[row] = quantize(gradients[row], steps.gradient);
      quantizedHessians[row] = quantize(hessians[row], steps.hessian);
      gradient += quantizedGradients[row];
      hessian += quantizedHessians[row];
      count++;
    }
    members[0] = Uint32Array.from({ length: all }, (_, row) => row);
    leaves = 1;
    accumulate(0);
    return { gradient: gradient * steps.gradient, hessian: hessian * steps.hessian, rows: count };
  }

  return {
    path: "scalar",
    scores,
    gradients,
    hessians,
    startTree,
    async binNumbers(feature, values, cuts, at) {
      for (let i = 0; i < values.length; i++) bins[feature][at + i] = binOf(values[i], cuts);
    },
    async setBins(feature, known, at) {
      bins[feature].set(known, at);
    },
    findSplit(leaf, bounds, active) {
      const candidate = findLeafSplit({ shape, offsets, histogram: histograms[leaf], steps, bounds, active });
      found[leaf] = candidate;
      return candidate?.split ?? null;
    },
    async split(leaf, rightLeaf) {
      const candidate = found[leaf];
      if (candidate === null) throw new Error(`no split was found for leaf ${leaf}`);
      const { split, goesLeft } = candidate;
      const column = bins[split.feature];
      const parent = members[leaf];
      members[leaf] = parent.filter((row) => goesLeft[column[row]] === 1);
      members[rightLeaf] = parent.filter((row) => goesLeft[column[row]] === 0);
      leaves = Math.max(leaves, rightLeaf + 1);
      if (rightLeaf === maxLeaves - 1) return;
      accumulate(leaf);
      accumulate(rightLeaf);
    },
    deriveLogLoss: async (target) => logLossGradients(target, scores, gradients, hessians),
    async addToScores(values) {
      for (let leaf = 0; leaf < leaves; leaf++) for (const row of members[leaf]) scores[row] += values[leaf];
    },
    close() {},
  };
}

/** Where each feature's bins start in a histogram, and last the number of all bins. */
export function binOffsets(bins: readonly number[]): Uint32Array {
  const offsets = new Uint32Array(bins.length + 1);
  for (let feature = 0; feature < bins.length; feature++) offsets[feature + 1] = offsets[feature] + bins[feature];
  return offsets;
}

/** Gradients and hessians of the log loss at the scores of the rows that carry them. */
export function logLossGradients(
  { labels, weights }: LogLossTarget,
  scores: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  for (let row = 0; row < gradients.length; row++) {
    const small = exponential(-Math.abs(scores[row]));
    const probability = (scores[row] >= 0 ? 1 : small) / (1 + small);
    const weight = weights === null ? 1 : weights[row];
    gradients[row] = weight * (probability - labels[row]);
    hessians[row] = weight * (probability * (1 - probability));
  }
}

/** Bin 0 for NaN, else 1 + the number of cuts below the value. */
export function binOf(value: number, cuts: Float64Array): number {
  if (Number.isNaN(value)) return 0;
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cuts[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low + 1;
}
