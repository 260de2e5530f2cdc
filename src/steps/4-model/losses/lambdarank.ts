/** LambdaRank: pairs within a query, each weighted by how much swapping the two would change NDCG. */

import { rankRows } from "../../../kernels/lambda-gradients.scalar.ts";
import { createLambdaGradients } from "../../../kernels/lambda-gradients.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
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
    bind: (target, pool) => bindLambdaRank(target, cutoff, truncation, pool),
    link: (margin) => margin,
  };
}

function bindLambdaRank(
  { labels, weights, queryStarts }: Target,
  cutoff: number,
  truncation: number,
  pool: KernelPool | undefined,
): BoundLoss {
  const starts = queryStarts ?? Uint32Array.of(0, labels.length);
  const longest = starts.reduce((most, end, i) => Math.max(most, i === 0 ? 0 : end - starts[i - 1]), 0);
  const problem = {
    starts,
    truncation,
    gains: labels.map(gainOf),
    inverseIdeals: idealDcg(labels, starts, truncation).map((ideal) => (ideal === 0 ? 0 : 1 / ideal)),
    discounts: Float64Array.from({ length: longest }, (_, rank) => discount(rank)),
  };
  const lambdas = createLambdaGradients(problem, { pool });
  const weigh = (gradients: Float64Array, hessians: Float64Array): void => {
    for (let row = 0; weights !== null && row < weights.length; row++) {
      gradients[row] *= weights[row];
      hessians[row] *= weights[row];
    }
  };
  const idealsAtCutoff = idealDcg(labels, starts, cutoff);
  return {
    baseScore: 0,
    derive(margins, gradients, hessians) {
      lambdas.derive(margins, gradients, hessians);
      weigh(gradients, hessians);
    },
    async deriveOnThreads(margins, gradients, hessians) {
      await lambdas.deriveOnThreads(margins, gradients, hessians);
      weigh(gradients, hessians);
    },
    close: () => lambdas.close(),
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

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}
