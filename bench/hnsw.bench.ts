/** Graph search for the top 10 of a million vectors of 64 dimensions at recall 0.95, one thread, beside hnswlib's C++. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { createExactScan } from "../src/kernels/exact-scan.ts";
import type { HnswGraph } from "../src/kernels/hnsw.scalar.ts";
import { buildHnsw, type Hnsw, loadHnsw } from "../src/kernels/hnsw.ts";
import type { TopLists } from "../src/kernels/top-list.ts";
import { hnswIndex } from "../src/steps/6-deploy/index/hnsw.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const ROWS = Number(process.env.HEPTAD_BENCH_HNSW_ROWS ?? 1_000_000);
const DIMENSIONS = 64;
const LINKS = 16;
const CONSTRUCTION = 200;
const QUERIES = 2000;
const K = 10;
const RECALL = 0.95;
const EFFORTS = [10, 12, 16, 20, 25, 32, 40, 50, 64, 80, 100, 128, 160, 200, 256, 320, 400, 512, 640, 800, 1024];

/** Both graphs are built once, which takes minutes, and kept in the work folder for later runs. */
export const benchmark: Benchmark = {
  name: "hnsw",
  about: `top 10 of ${ROWS} x 64 (unit length, 16 hidden dimensions and noise) at recall 0.95, M 16, construction 200, one thread`,
  async *cases({ startPeer, workFolder }) {
    const vectors = hiddenFactors(ROWS, "rows");
    const queries = hiddenFactors(QUERIES, "queries");
    const files = { vectors: join(workFolder, "hnsw-vectors.f32"), queries: join(workFolder, "hnsw-queries.f32") };
    writeFileSync(files.vectors, vectors);
    writeFileSync(files.queries, queries);
    const peer = startPeer("hnsw.py");
    await peer.ask("load", { ...files, dimensions: DIMENSIONS });
    const name = join(workFolder, `hnsw-${ROWS}`);
    const settings = { links: LINKS, construction: CONSTRUCTION };
    let ours = existsSync(`${name}.json`) ? readGraph(name) : undefined;
    const known = ours !== undefined && existsSync(`${name}.hnswlib`);
    const build = async () => {
      const seconds = await timed(() => {
        ours ??= buildHnsw(vectors, DIMENSIONS, { ...settings, random: createRandom(1) });
      });
      if (ours !== undefined && !existsSync(`${name}.json`)) writeGraph(name, ours.graph());
      return seconds;
    };
    const buildPeer = async () => (await peer.ask("build", { ...settings, file: `${name}.hnswlib` })).seconds;
    if (known) await buildPeer();
    else yield { case: "building", unit: "s", peerName: "hnswlib", runs: 1, ours: build, peer: buildPeer };
    if (ours === undefined) return;
    const built: Hnsw = ours;
    yield {
      case: "bytes per vector",
      unit: "B",
      peerName: "formula 4d + 8M",
      runs: 1,
      target: "<= 1.1",
      ours: () => built.bytes / built.count,
      peer: () => hnswIndex.estimateBytes(DIMENSIONS, { ...hnswIndex.defaults, links: LINKS }),
    };
    await peer.ask("exact", { k: K });
    const exact = createExactScan(vectors, DIMENSIONS).search(queries, K);
    const effort = EFFORTS.find((one) => recall(built.search(queries, K, one), exact) >= RECALL) ?? 4096;
    let peerEffort = EFFORTS[0];
    for (peerEffort of EFFORTS) if ((await peer.ask("search", { k: K, effort: peerEffort })).recall >= RECALL) break;
    yield {
      case: `recall@10, effort ${effort} and ${peerEffort}`,
      unit: "",
      peerName: "hnswlib",
      runs: 1,
      ours: () => recall(built.search(queries, K, effort), exact),
      peer: async () => (await peer.ask("search", { k: K, effort: peerEffort })).recall,
    };
    yield {
      case: "searching at recall 0.95",
      unit: "queries/s",
      peerName: "hnswlib",
      target: ">= 0.5",
      ours: async () => QUERIES / (await timed(() => built.search(queries, K, effort))),
      peer: async () => (await peer.ask("search", { k: K, effort: peerEffort })).queries_per_second,
    };
  },
};

/** Unit vectors that lie near a plane of 16 dimensions, as factors and embeddings do. */
function hiddenFactors(count: number, label: string): Float32Array {
  const mixing = createRandom(5, "mixing");
  const mix = Float32Array.from({ length: 16 * DIMENSIONS }, () => mixing.normal());
  const random = createRandom(5, label);
  const vectors = new Float32Array(count * DIMENSIONS);
  for (let from = 0; from < vectors.length; from += DIMENSIONS) {
    const vector = vectors.subarray(from, from + DIMENSIONS);
    for (let hidden = 0; hidden < 16; hidden++) {
      const strength = random.normal();
      for (let d = 0; d < DIMENSIONS; d++) vector[d] += strength * mix[hidden * DIMENSIONS + d];
    }
    let square = 0;
    for (let d = 0; d < DIMENSIONS; d++) {
      vector[d] += random.normal();
      square += vector[d] ** 2;
    }
    for (let d = 0; d < DIMENSIONS; d++) vector[d] /= Math.sqrt(square);
  }
  return vectors;
}

function recall(found: TopLists, exact: TopLists): number {
  let hits = 0;
  for (let from = 0; from < exact.rows.length; from += K) {
    const truth = new Set(exact.rows.subarray(from, from + K));
    for (const row of found.rows.subarray(from, from + K)) if (truth.has(row)) hits++;
  }
  return hits / exact.rows.length;
}

const ARRAYS = ["ground", "starts", "upper"] as const;

function writeGraph(name: string, graph: HnswGraph): void {
  writeFileSync(`${name}.vectors`, graph.vectors);
  for (const array of ARRAYS) writeFileSync(`${name}.${array}`, graph[array]);
  const { dimensions, links, entry, top } = graph;
  writeFileSync(`${name}.json`, JSON.stringify({ dimensions, links, entry, top }));
}

function readGraph(name: string): Hnsw {
  const read = (part: string) => {
    const bytes = readFileSync(`${name}.${part}`);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  const [ground, starts, upper] = ARRAYS.map((array) => new Int32Array(read(array)));
  return loadHnsw({
    ...JSON.parse(readFileSync(`${name}.json`, "utf8")),
    vectors: new Float32Array(read("vectors")),
    ...{ ground, starts, upper },
  });
}
