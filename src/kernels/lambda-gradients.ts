/** LambdaRank's derivatives: which way each row of a query should move so that NDCG rises. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { lambdaGradientsKernel } from "./generated/lambda-gradients.wasm.gen.ts";
import { deriveLambdasScalar } from "./lambda-gradients.scalar.ts";
import { createLayout } from "./layout.ts";
import { openWorkspace } from "./workspace.ts";

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

export interface LambdaGradients {
  readonly path: KernelPath;
  /** Writes the derivatives at these margins. */
  derive(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
}

/**
 * Burges 2010 ("From RankNet to LambdaRank to LambdaMART"): for a pair where i has the larger gain,
 * rho = 1 / (1 + exp(m_i - m_j)), lambda = |change of NDCG when they swap| rho, and the curvature is lambda (1 - rho). The change
 * is divided by 0.01 + |m_i - m_j| unless all margins of the query are the same, and a query's derivatives are scaled by
 * log2(1 + s) / s, with s the sum of all its lambdas, twice, so that long queries do not outweigh short ones (as LightGBM does
 * with `lambdarank_norm`).
 */
export function createLambdaGradients(problem: RankingProblem, path: KernelPath = probeKernelPath()): LambdaGradients {
  const { starts, gains, inverseIdeals, discounts, truncation } = problem;
  if (path === "scalar") {
    return {
      path,
      derive: (margins, gradients, hessians) => deriveLambdasScalar(problem, margins, gradients, hessians),
    };
  }
  const rows = gains.length;
  // Pairs are taken two at a time: the last one may read and write one place past the query.
  const room = 2 * Math.ceil((discounts.length + 2) / 2);
  const layout = createLayout();
  const places = {
    starts: layout.int32(starts.length),
    margins: layout.float64(rows),
    gains: layout.float64(rows),
    ideals: layout.float64(inverseIdeals.length),
    discounts: layout.float64(room),
    scratch: layout.float64(7 * room),
    gradients: layout.float64(rows),
    hessians: layout.float64(rows),
  };
  const workspace = openWorkspace(lambdaGradientsKernel, layout);
  workspace.int32(places.starts).set(starts);
  workspace.float64(places.gains).set(gains);
  workspace.float64(places.ideals).set(inverseIdeals);
  workspace.float64(places.discounts).set(discounts);
  const input = workspace.float64(places.margins);
  const slopes = workspace.float64(places.gradients);
  const curvatures = workspace.float64(places.hessians);
  const fixed = [places.gains.at, places.ideals.at, places.discounts.at, truncation, places.scratch.at, room] as const;
  return {
    path,
    derive(margins, gradients, hessians) {
      input.set(margins);
      const queries = starts.length - 1;
      const out = [places.gradients.at, places.hessians.at] as const;
      workspace.call("deriveQueries", places.starts.at, 0, queries, places.margins.at, ...fixed, ...out);
      gradients.set(slopes);
      hessians.set(curvatures);
    },
  };
}
