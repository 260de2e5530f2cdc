/** The contract of a vector index: rows go in once, searches give the rows of largest inner product. */

import type { Random } from "../../../core/random.ts";
import type { TopLists } from "../../../kernels/top-list.ts";

/** The most results any index can be asked for at once. */
export const MOST_RESULTS = 4096;

export interface VectorIndex {
  /** As the note writes it: `exact`, `exact-int8`, `hnsw`. */
  readonly type: string;
  readonly count: number;
  readonly dimensions: number;
  /** Bytes the index holds for searching, divided by its rows; NaN when it has none. */
  readonly bytesPerVector: number;
  /** The best k rows for each query (queries lie one after the other), best first; k is at most MOST_RESULTS. */
  search(queries: Float32Array, k: number): TopLists;
  toArtefact(): IndexArtefact;
}

/** An index at rest: JSON, and named arrays that are stored as raw little-endian files beside it. */
export interface IndexArtefact {
  readonly type: string;
  readonly meta: Readonly<Record<string, number>>;
  readonly arrays: Readonly<Record<string, Float32Array | Int32Array | Int8Array>>;
}

/** A kind of index, as a kind of system lists it. */
export interface VectorIndexType<Options> {
  readonly type: string;
  readonly defaults: Options;
  /** Builds the index over `vectors.length / dimensions` rows. The same seed gives the same index. */
  build(vectors: Float32Array, dimensions: number, options: Options, random: Random): VectorIndex;
  /** The index that `toArtefact` described: the same answers. */
  fromArtefact(artefact: IndexArtefact): VectorIndex;
  /** Bytes per vector by the textbook formula, to lay beside what an index measures. */
  estimateBytes(dimensions: number, options: Options): number;
}

/** The number of that name in an artefact. Throws when it is not there. */
export function indexNumber(artefact: IndexArtefact, name: string): number {
  const value = artefact.meta[name];
  if (value === undefined) throw new Error(`the ${artefact.type} index has no number ${name}`);
  return value;
}

/** The floats of that name in an artefact. Throws when they are not there. */
export function indexFloats(artefact: IndexArtefact, name: string): Float32Array {
  const values = artefact.arrays[name];
  if (!(values instanceof Float32Array)) throw new Error(`the ${artefact.type} index has no floats ${name}`);
  return values;
}

/** The integers of that name in an artefact. Throws when they are not there. */
export function indexIntegers(artefact: IndexArtefact, name: string): Int32Array {
  const values = artefact.arrays[name];
  if (!(values instanceof Int32Array)) throw new Error(`the ${artefact.type} index has no integers ${name}`);
  return values;
}
