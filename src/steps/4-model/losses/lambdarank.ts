/** LambdaRank: pairs within a query, each weighted by how much swapping the two would change NDCG. */

import type { BoundLoss, Loss, Target } from "./loss.ts";

export interface LambdaRankOptions {
  /** NDCG is cut off at this rank when it is measured. Default 10. */
  readonly cutoff?: number;
  /** Pairs count when at least one of the two stands above this rank. Default 30: a few ranks beyond the cut-off teach as well. */
  readonly truncation?: number;
}

/** Labels are grades 0, 1, 2, …; the gain of a grade is 2^grade - 1. Larger grades overflow no float but drown all others. */
const HIGHEST_GRADE = 31;

export function createLambdaRank({ cutoff = 10, truncation = 30 }: LambdaRankOptions = {}): Loss {
  return {
    name: "lambdarank",
    metric: `ndcg@${cutoff}`,
    higherIsBetter: true,
    needsQueries: true,
    rejectLabel: (label) =>
      Number.isInteger(label) && label >= 0 && label <= HIGHEST_GRADE
        ? undefined
        : `is not a whole grade from 0 to ${HIGHEST_GRADE}`,
    bind: (target) => bindLambdaRank(target, cutoff, truncation),
    link: (margin) => margin,
  };
}

function bindLambdaRank({ labels, weights, queryStarts }: Target, cutoff: number, truncation: number): BoundLoss {
  const starts = queryStarts ?? Uint32Array.of(0, labels.length);
  const ideals = idealDcg(labels, starts, truncation);
  const gains = labels.map(gainOf);
  const ranked = createRankedRows(
    starts.reduce((most, end, i) => Math.max(most, i === 0 ? 0 : end - starts[i - 1]), 0),
  );
  const idealsAtCutoff = idealDcg(labels, starts, cutoff);
  return {
    baseScore: 0,
    derive(margins, gradients, hessians) {
      gradients.fill(0);
      hessians.fill(0);
      for (let query = 0; query + 1 < starts.length; query++) {
        if (ideals[query] === 0) continue;
        const order = rankRows(margins, starts[query], starts[query + 1]);
        ranked.count = order.length;
        for (const [rank, row] of order.entries()) {
          ranked.margins[rank] = margins[row];
          ranked.gains[rank] = gains[row];
          ranked.gradients[rank] = 0;
          ranked.hessians[rank] = 0;
        }
        derivePairs(ranked, 1 / ideals[query], truncation);
        for (const [rank, row] of order.entries()) {
          const weight = weights === null ? 1 : weights[row];
          gradients[row] = weight * ranked.gradients[rank];
          hessians[row] = weight * ranked.hessians[rank];
        }
      }
    },
    measure(margins) {
      let sum = 0;
      let queries = 0;
      for (let query = 0; query + 1 < starts.length; query++) {
        if (idealsAtCutoff[query] === 0) continue;
        const order = rankRows(margins, starts[query], starts[query + 1]);
        sum += dcg(labels, order, cutoff) / idealsAtCutoff[query];
        queries++;
      }
      return queries === 0 ? Number.NaN : sum / queries;
    },
  };
}

/**
 * Burges 2010 ("From RankNet to LambdaRank to LambdaMART"): for a pair where i has the higher grade,
 * rho = 1 / (1 + exp(m_i - m_j)), lambda = |change of NDCG| rho, and the curvature is |change of NDCG| rho (1 - rho).
 * The change of NDCG is divided by 0.01 + |m_i - m_j|, and a query's lambdas are scaled by log2(1 + sum) / sum, so that long
 * queries do not outweigh short ones (as LightGBM does with `lambdarank_norm`).
 */
function derivePairs(ranked: RankedRows, perIdeal: number, truncation: number): void {
  const { count, margins, gains, gradients, hessians } = ranked;
  const spread = margins[0] !== margins[count - 1];
  let sum = 0;
  for (let first = 0; first < Math.min(truncation, count - 1); first++) {
    const discountOfFirst = discount(first);
    let gradient = 0;
    let hessian = 0;
    for (let second = first + 1; second < count; second++) {
      const gap = gains[first] - gains[second];
      if (gap === 0) continue;
      const ahead = margins[first] - margins[second];
      let change = Math.abs(gap) * (discountOfFirst - discount(second)) * perIdeal;
      if (spread) change /= 0.01 + ahead;
      const rho = 1 / (1 + Math.exp(gap > 0 ? ahead : -ahead));
      const lambda = change * rho;
      const curvature = lambda * (1 - rho);
      const pull = gap > 0 ? -lambda : lambda;
      gradient += pull;
      gradients[second] -= pull;
      hessian += curvature;
      hessians[second] += curvature;
      sum += 2 * lambda;
    }
    gradients[first] += gradient;
    hessians[first] += hessian;
  }
  if (sum === 0) return;
  const scale = Math.log2(1 + sum) / sum;
  for (let rank = 0; rank < count; rank++) {
    gradients[rank] *= scale;
    hessians[rank] *= scale;
  }
}

/** One query's rows in order of their margins, highest first: scratch that is filled anew for each query. */
interface RankedRows {
  count: number;
  readonly margins: Float64Array;
  readonly gains: Float64Array;
  readonly gradients: Float64Array;
  readonly hessians: Float64Array;
}

function createRankedRows(longest: number): RankedRows {
  const numbers = () => new Float64Array(longest);
  return { count: 0, margins: numbers(), gains: numbers(), gradients: numbers(), hessians: numbers() };
}

/** Rows of a query from the highest margin to the lowest, ties in the order they stand. */
function rankRows(margins: Float64Array, from: number, to: number): Uint32Array {
  const order = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  return order.sort((a, b) => margins[b] - margins[a] || a - b);
}

function idealDcg(labels: Float64Array, starts: Uint32Array, cutoff: number): Float64Array {
  return Float64Array.from({ length: starts.length - 1 }, (_, query) => {
    const order = rankRows(labels, starts[query], starts[query + 1]);
    return dcg(labels, order, cutoff);
  });
}

/** DCG = sum over ranks r = 0, 1, … of (2^grade - 1) / log2(r + 2). */
function dcg(labels: Float64Array, order: Uint32Array, cutoff: number): number {
  let sum = 0;
  for (let rank = 0; rank < Math.min(cutoff, order.length); rank++) sum += gainOf(labels[order[rank]]) * discount(rank);
  return sum;
}

function gainOf(grade: number): number {
  return 2 ** grade - 1;
}

const DISCOUNTS = Float64Array.from({ length: 4096 }, (_, rank) => 1 / Math.log2(rank + 2));

function discount(rank: number): number {
  return rank < DISCOUNTS.length ? DISCOUNTS[rank] : 1 / Math.log2(rank + 2);
}
