/** Graphs of drawn vectors that take minutes to build, kept between runs of the benchmarks that search them. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import type { HnswGraph } from "../src/kernels/hnsw.scalar.ts";
import { buildHnsw, type Hnsw, loadHnsw } from "../src/kernels/hnsw.ts";

export const DIMENSIONS = 64;
export const LINKS = 16;
export const CONSTRUCTION = 200;

/** Where the graph of so many drawn rows is kept, without an ending. */
export function graphName(workFolder: string, rows: number): string {
  return join(workFolder, `hnsw-${rows}`);
}

/** The graph of the rows that `hiddenFactors(rows, "rows")` draws: read, or built and kept. */
export function keptGraph(workFolder: string, rows: number): Hnsw {
  const name = graphName(workFolder, rows);
  if (existsSync(`${name}.json`)) return readGraph(name);
  const settings = { links: LINKS, construction: CONSTRUCTION, random: createRandom(1) };
  const built = buildHnsw(hiddenFactors(rows, "rows"), DIMENSIONS, settings);
  writeGraph(name, built.graph());
  return built;
}

/** Unit vectors that lie near a plane of 16 dimensions, as factors and embeddings do. */
export function hiddenFactors(count: number, label: string): Float32Array {
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

const ARRAYS = ["ground", "starts", "upper", "copies", "copyStarts"] as const;

export function writeGraph(name: string, graph: HnswGraph): void {
  writeFileSync(`${name}.vectors`, graph.vectors);
  for (const array of ARRAYS) writeFileSync(`${name}.${array}`, graph[array]);
  const { dimensions, links, entry, top } = graph;
  writeFileSync(`${name}.json`, JSON.stringify({ dimensions, links, entry, top }));
}

export function readGraph(name: string): Hnsw {
  const read = (part: string) => {
    const bytes = readFileSync(`${name}.${part}`);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  const [ground, starts, upper, copies, copyStarts] = ARRAYS.map((array) => new Int32Array(read(array)));
  return loadHnsw({
    ...JSON.parse(readFileSync(`${name}.json`, "utf8")),
    vectors: new Float32Array(read("vectors")),
    ...{ ground, starts, upper, copies, copyStarts },
  });
}
