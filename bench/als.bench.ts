/** Implicit ALS with 64 factors and 15 iterations beside the library implicit, on two threads: a large made-up set and MovieLens 100k. */

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import type { SparseMatrix } from "../src/core/sparse-matrix.ts";
import type { AlsFactors } from "../src/kernels/als.scalar.ts";
import { factorizeImplicit } from "../src/kernels/als.ts";
import type { KernelPool } from "../src/kernels/pool.ts";
import { topForAll } from "../src/kernels/top-for-all.ts";
import { createKernelPool } from "../src/node/kernel-pool.ts";
import { type Benchmark, type BenchmarkEnvironment, timed } from "./benchmark.ts";
import { largeInteractions, writeMatrix } from "./interactions.ts";
import { movielens } from "./movielens.ts";

const THREADS = 2;
const FACTORS = 64;
const ITERATIONS = 15;
const REGULARIZATION = 0.01;
/** Of these draws one in eight falls on a place already taken: 10.0M entries are left. */
const LARGE = { members: 200_000, titles: 50_000, draws: 11_440_000 };

export const benchmark: Benchmark = {
  name: "als",
  about: "implicit ALS, 64 factors, 15 iterations, 2 threads: MovieLens 100k and 200k x 50k with 10M entries",
  async *cases(environment) {
    const pool = createKernelPool(THREADS);
    const small = movielens((rating) => 1 + rating);
    const file = join(environment.workFolder, "movielens-100k");
    if (small !== undefined) {
      writeMatrix(file, small);
      yield* compare(environment, pool, "MovieLens 100k", 7, { matrix: small, file });
    }
    const large = largeInteractions(environment.workFolder, LARGE.members, LARGE.titles, LARGE.draws);
    yield* compare(environment, pool, "200k x 50k", 3, large);
    await pool.close();
  },
};

async function* compare(
  { startPeer, workFolder }: BenchmarkEnvironment,
  pool: KernelPool,
  data: string,
  runs: number,
  { matrix, file }: { readonly matrix: SparseMatrix; readonly file: string },
) {
  const peer = startPeer("als.py");
  await peer.ask("load", { name: file, members: matrix.rows, titles: matrix.columns });
  let fitted: AlsFactors | undefined;
  let peerLoss = Number.NaN;
  const trainOurs = async () => {
    fitted = await factorizeImplicit({
      confidences: matrix,
      factors: FACTORS,
      iterations: ITERATIONS,
      unobserved: 1,
      rowRegularization: new Float32Array(matrix.rows).fill(REGULARIZATION),
      columnRegularization: new Float32Array(matrix.columns).fill(REGULARIZATION),
      random: createRandom(1),
      pool,
    });
  };
  const peerFit = { factors: FACTORS, iterations: ITERATIONS, regularization: REGULARIZATION, threads: THREADS };
  yield {
    case: `${data}, training`,
    unit: "s",
    peerName: "implicit",
    runs,
    target: data === "MovieLens 100k" ? "<= 1" : "<= 0.5",
    ours: () => timed(trainOurs),
    peer: async () => {
      const { seconds, loss } = await peer.ask("fit", peerFit);
      peerLoss = loss;
      return seconds;
    },
  };
  yield {
    case: `${data}, loss`,
    unit: "",
    peerName: "implicit",
    runs: 1,
    target: "<= 1.001",
    ours: async () => {
      if (fitted === undefined) await trainOurs();
      const files = { rows: join(workFolder, "als-rows.f32"), columns: join(workFolder, "als-columns.f32") };
      if (fitted !== undefined) {
        writeFileSync(files.rows, fitted.rows);
        writeFileSync(files.columns, fitted.columns);
      }
      return (await peer.ask("loss", { ...files, factors: FACTORS, regularization: REGULARIZATION })).loss;
    },
    peer: () => peerLoss,
  };
  if (fitted === undefined) return;
  const { rows, columns } = fitted;
  yield {
    case: `${data}, top 10 unseen for all members`,
    unit: "s",
    peerName: "implicit",
    runs,
    target: "<= 0.5",
    ours: () => timed(() => topForAll({ factors: FACTORS, rows, columns, seen: matrix, k: 10, pool })),
    peer: async () => (await peer.ask("recommend", { k: 10, threads: THREADS })).seconds,
  };
  peer.close();
}
