/** Exact search over a million vectors of 64 dimensions for the top 100, one thread, beside what the memory itself allows. */

import { createRandom } from "../src/core/random.ts";
import { createExactScan } from "../src/kernels/exact-scan.ts";
import type { TopLists } from "../src/kernels/top-list.ts";
import { exactInt8Index } from "../src/steps/6-deploy/index/exact-int8.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const ROWS = 1_000_000;
const DIMENSIONS = 64;
const K = 100;
const QUERIES = 64;

export const benchmark: Benchmark = {
  name: "scan",
  about: "exact top 100 of 1M x 64, one thread, against reading memory (NumPy's inner product, one thread)",
  async *cases({ startPeer }) {
    const memory = startPeer("memory.py");
    const readGigabytes = async () => (await memory.ask("read")).bytes_per_second / 1e9;
    const random = createRandom(1);
    const vectors = Float32Array.from({ length: ROWS * DIMENSIONS }, () => random.normal());
    const queries = Float32Array.from({ length: QUERIES * DIMENSIONS }, () => random.normal());
    const one = (query: number) => queries.subarray(query * DIMENSIONS, (query + 1) * DIMENSIONS);
    const scan = createExactScan(vectors, DIMENSIONS);
    const bytes = vectors.byteLength;
    for (let i = 0; i < 4; i++) scan.search(one(i), K);
    let next = 0;
    yield {
      case: "float32, one query",
      unit: "GB/s",
      peerName: "memory read",
      runs: 15,
      target: ">= 0.6",
      ours: async () => bytes / (await timed(() => scan.search(one(next++ % QUERIES), K))) / 1e9,
      peer: readGigabytes,
    };
    yield {
      case: "float32, 64 queries at once",
      unit: "GB/s",
      peerName: "memory read",
      target: ">= 0.6",
      ours: async () => (bytes * QUERIES) / (await timed(() => scan.search(queries, K))) / 1e9,
      peer: readGigabytes,
    };
    const exact = scan.search(queries, K);
    for (const rescore of [exactInt8Index.defaults.rescore, 0]) {
      const int8 = exactInt8Index.build(vectors, DIMENSIONS, { rescore }, random);
      for (let i = 0; i < 4; i++) int8.search(one(i), K);
      yield {
        case: `int8, one query, ${rescore === 0 ? "not rescored" : "rescored"}`,
        unit: "queries/s",
        peerName: "our float32",
        runs: 15,
        target: ">= 3",
        ours: async () => 1 / (await timed(() => int8.search(one(next++ % QUERIES), K))),
        peer: async () => 1 / (await timed(() => scan.search(one(next++ % QUERIES), K))),
      };
      yield {
        case: `int8, recall@100, ${rescore === 0 ? "not rescored" : "rescored"}`,
        unit: "",
        peerName: "our float32",
        runs: 1,
        target: ">= 0.98",
        ours: () => recall(int8.search(queries, K), exact),
        peer: () => 1,
      };
    }
  },
};

function recall(found: TopLists, exact: TopLists): number {
  let hits = 0;
  for (let from = 0; from < exact.rows.length; from += K) {
    const truth = new Set(exact.rows.subarray(from, from + K));
    for (const row of found.rows.subarray(from, from + K)) if (truth.has(row)) hits++;
  }
  return hits / exact.rows.length;
}
