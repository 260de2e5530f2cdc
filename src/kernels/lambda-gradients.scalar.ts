/** The scalar twin of LambdaRank's derivatives: query by query, pair by pair. */

/** What stays the same while margins change. */
export interface RankingProblem {
  /** Where each query's rows begin, and last the number of rows. */
  readonly starts: Uint32Array;
  /** What each row adds to DCG before the discount. */
  readonly gains: Float64Array;
  /** 1 / ideal DCG of each query; 0 where there is no relevant row. */
  readonly inverseIdeals: Float64Array;
  /** The discount of each rank, falling; as many as the longest query has rows. */
  readonly discounts: Float64Array;
  /** Pairs count when one of the two stands above this rank. */
  readonly truncation: number;
}

/** Writes the derivatives of all rows. */
export function deriveLambdasScalar(
  problem: RankingProblem,
  margins: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  gradients.fill(0);
  hessians.fill(0);
  for (let query = 0; query + 1 < problem.starts.length; query++) {
    if (problem.inverseIdeals[query] > 0) deriveQuery(problem, query, margins, gradients, hessians);
  }
}

/** Rows from the highest margin to the lowest, ties in the order they stand. */
export function rankRows(margins: ArrayLike<number>, from: number, to: number): Uint32Array {
  const order = Uint32Array.from({ length: to - from }, (_, index) => from + index);
  return order.sort((a, b) => margins[b] - margins[a] || a - b);
}

function deriveQuery(
  { starts, gains, inverseIdeals, discounts, truncation }: RankingProblem,
  query: number,
  margins: Float64Array,
  gradients: Float64Array,
  hessians: Float64Array,
): void {
  const order = rankRows(margins, starts[query], starts[query + 1]);
  const spread = margins[order[0]] !== margins[order[order.length - 1]];
  let sum = 0;
  for (let first = 0; first < Math.min(truncation, order.length - 1); first++) {
    for (let second = first + 1; second < order.length; second++) {
      const gap = gains[order[first]] - gains[order[second]];
      if (gap === 0) continue;
      const better = gap > 0 ? order[first] : order[second];
      const worse = gap > 0 ? order[second] : order[first];
      const lead = margins[better] - margins[worse];
      let change = Math.abs(gap) * (discounts[first] - discounts[second]) * inverseIdeals[query];
      if (spread) change /= 0.01 + Math.abs(lead);
      const rho = 1 / (1 + Math.exp(lead));
      const lambda = change * rho;
      gradients[better] -= lambda;
      gradients[worse] += lambda;
      hessians[better] += lambda * (1 - rho);
      hessians[worse] += lambda * (1 - rho);
      sum += 2 * lambda;
    }
  }
  const scale = sum === 0 ? 0 : Math.log2(1 + sum) / sum;
  for (const row of order) {
    gradients[row] *= scale;
    hessians[row] *= scale;
  }
}
