/** The contract of a first-stage recommender: learn from who liked what, then score every item for a history. */

import type { Random } from "../../../core/random.ts";
import type { SparseMatrix, SparseRow } from "../../../core/sparse-matrix.ts";
import type { EntryBlocks } from "../../../kernels/entry-blocks.ts";
import type { KernelPool } from "../../../kernels/pool.ts";
import type { Machine } from "../../../system/need.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";

/** What was known when the model is trained; nothing later. */
export interface TrainingData {
  /** Units x items. A value is the strength of the signal, above 0; absent is unknown. */
  readonly interactions: SparseMatrix;
  /** When each entry happened, in seconds, in the order of `interactions.indices`. */
  readonly times?: Float64Array;
  /** The moment of training, in seconds. Default: the latest of `times`. */
  readonly now?: number;
  readonly attributes?: ItemVectors;
}

/** The same pairs of unit and item where they are too many for memory: read by blocks of units, and of items. */
export interface BlockedTrainingData extends Pick<TrainingData, "now"> {
  readonly byUnit: EntryBlocks;
  readonly byItem: EntryBlocks;
}

/** The same pairs as they are put together, once: for a model that keeps none of them. */
export interface PassingTrainingData {
  readonly units: number;
  readonly items: number;
  /** No fewer than there are pairs. */
  readonly most: number;
  readonly now: number;
  /** The items of each unit, and when it last chose them; they stand until the next unit is asked for. */
  pairs(): Iterable<{ readonly items: Int32Array; readonly times: Float64Array }>;
}

/** What a unit did up to the moment of the request: items ascending, with the strengths of their signals. */
export interface History extends SparseRow {
  /** When each item was last chosen, in seconds: the order that some models hear. Without it all of it is one moment to them. */
  readonly times?: Float64Array;
}

/** What a model is given besides data: chance, and threads if there are any. Neither thread count nor timing changes a result. */
export interface ModelEnvironment {
  readonly random: Random;
  readonly pool?: KernelPool;
  /** What training has to fit into; not asked where absent. */
  readonly machine?: Machine;
}

export interface Recommender {
  /** The model's name, as the note writes it. */
  readonly model: string;
  readonly items: number;
  /**
   * One score per item; higher is better. The history is folded in: the unit need not have been there at training.
   * Items of the history are scored like all others; whoever recommends leaves them out. `isLent`: the next call may write its own scores where
   * these are, for whoever is done with them by then.
   */
  score(history: History, isLent?: boolean): Float32Array;
  /** Whether every history is given the same scores. */
  readonly alike?: boolean;
  /** Present where the score is an inner product of vectors: what an index searches and quantization shrinks. */
  readonly embedding?: Embedding;
  toArtefact(): ModelArtefact;
}

/** A model seen as vectors: `score(h)[t]` is the inner product of `embed(h)` and row t of `itemVectors`. */
export interface Embedding {
  readonly dimensions: number;
  /** Items x dimensions. */
  readonly itemVectors: Float32Array;
  embed(history: History): Float32Array;
}

/** A trained model at rest: JSON, and named arrays that are stored as raw little-endian files beside it. */
export interface ModelArtefact {
  readonly model: string;
  readonly meta: Readonly<Record<string, number | string | boolean>>;
  readonly arrays: Readonly<Record<string, Float32Array | Int32Array>>;
}

/** A kind of model, as a kind of system lists it. */
export interface RecommenderModel<Options> {
  readonly name: string;
  readonly defaults: Options;
  /** Training data may be empty: the scores are then all 0. */
  fit(data: TrainingData, options: Options, environment: ModelEnvironment): Promise<Recommender>;
  /** The same model, bit for bit, of data that come by blocks. Absent where it needs all of them at once. */
  fitBlocks?(data: BlockedTrainingData, options: Options, environment: ModelEnvironment): Promise<Recommender>;
  /** The same model, bit for bit, of pairs that pass once. Absent where it has to keep them. */
  fitPassing?(data: PassingTrainingData, options: Options): Promise<Recommender>;
  /** The model that `toArtefact` described: the same scores, bit for bit. */
  fromArtefact(artefact: ModelArtefact): Recommender;
}

/** The number of that name in an artefact. Throws when it is not there: the artefact is of another model or damaged. */
export function artefactNumber(artefact: ModelArtefact, name: string): number {
  const value = artefact.meta[name];
  if (typeof value !== "number") throw new Error(`the ${artefact.model} artefact has no number ${name}`);
  return value;
}

/** The floats of that name in an artefact. Throws when they are not there. */
export function artefactFloats(artefact: ModelArtefact, name: string): Float32Array {
  const values = artefact.arrays[name];
  if (!(values instanceof Float32Array)) throw new Error(`the ${artefact.model} artefact has no floats ${name}`);
  return values;
}

/** The integers of that name in an artefact. Throws when they are not there. */
export function artefactIntegers(artefact: ModelArtefact, name: string): Int32Array {
  const values = artefact.arrays[name];
  if (!(values instanceof Int32Array)) throw new Error(`the ${artefact.model} artefact has no integers ${name}`);
  return values;
}
