/** LambdaRank's derivatives: which way each row of a query should move so that NDCG rises. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { lambdaGradientsKernel } from "./generated/lambda-gradients.wasm.gen.ts";
import { deriveLambdasScalar, type RankingProblem } from "./lambda-gradients.scalar.ts";
import { createLayout } from "./layout.ts";
import type { KernelPool } from "./pool.ts";
import { balancedBlocks } from "./row-blocks.ts";
import { openWorkspace } from "./workspace.ts";

export interface LambdaGradients {
  readonly path: KernelPath;
  /** Writes the derivatives at these margins. */
  derive(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): void;
  /** The same on the pool's threads, to the last bit. */
  deriveOnThreads(margins: Float64Array, gradients: Float64Array, hessians: Float64Array): Promise<void>;
  /** Lets go of the pool's threads. */
  close(): void;
}

export interface LambdaGradientsOptions {
  readonly path?: KernelPath;
  readonly pool?: KernelPool;
}

/** At most so many stretches of queries are handed to threads: enough that none waits long for the last. */
const MOST_BLOCKS = 32;
/** With fewer rows, waking the threads takes longer than the work. */
const ROWS_WORTH_THREADS = 4000;

/**
 * Burges 2010 ("From RankNet to LambdaRank to LambdaMART"): for a pair where i has the larger gain,
 * rho = 1 / (1 + exp(m_i - m_j)), lambda = |change of NDCG when they swap| rho, and the curvature is lambda (1 - rho). The change
 * is divided by 0.01 + |m_i - m_j| unless all margins of the query are the same, and a query's derivatives are scaled by
 * log2(1 + s) / s, with s the sum of all its lambdas, twice, so that long queries do not outweigh short ones (as LightGBM does
 * with `lambdarank_norm`).
 */
export function createLambdaGradients(
  problem: RankingProblem,
  { path = probeKernelPath(), pool }: LambdaGradientsOptions = {},
): LambdaGradients {
  const { starts, gains, inverseIdeals, discounts, truncation } = problem;
  if (path === "scalar") {
    const derive: LambdaGradients["derive"] = (...columns) => deriveLambdasScalar(problem, ...columns);
    return { path, derive, deriveOnThreads: async (...columns) => derive(...columns), close() {} };
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
    scratch: layout.float64(7 * room * (pool?.threads ?? 1)),
    gradients: layout.float64(rows),
    hessians: layout.float64(rows),
  };
  const workspace = openWorkspace(lambdaGradientsKernel, layout, pool);
  workspace.int32(places.starts).set(starts);
  workspace.float64(places.gains).set(gains);
  workspace.float64(places.ideals).set(inverseIdeals);
  workspace.float64(places.discounts).set(discounts);
  const input = workspace.float64(places.margins);
  const slopes = workspace.float64(places.gradients);
  const curvatures = workspace.float64(places.hessians);
  const task = (from: number, to: number): number[] => [
    ...[places.starts.at, from, to, places.margins.at, places.gains.at, places.ideals.at, places.discounts.at],
    ...[truncation, places.scratch.at, room, places.gradients.at, places.hessians.at],
  ];
  const whole = task(0, starts.length - 1);
  const tasks = balancedBlocks(Int32Array.from(starts), 0, MOST_BLOCKS).map(([from, to]) => task(from, to));
  const derive: LambdaGradients["derive"] = (margins, gradients, hessians) => {
    input.set(margins);
    workspace.call("deriveQueries", ...whole, 0);
    gradients.set(slopes);
    hessians.set(curvatures);
  };
  return {
    path,
    derive,
    async deriveOnThreads(margins, gradients, hessians) {
      if (rows < ROWS_WORTH_THREADS) return derive(margins, gradients, hessians);
      input.set(margins);
      await workspace.run("deriveQueries", tasks);
      gradients.set(slopes);
      hessians.set(curvatures);
    },
    close: () => workspace.close(),
  };
}
