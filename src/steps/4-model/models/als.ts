/** Implicit ALS: factors for units and items, and a unit folded in from a history at request time. */

import { columnStarts, type SparseMatrix } from "../../../core/sparse-matrix.ts";
import { factorizeBlocks, factorizeImplicit, scaledRegularization } from "../../../kernels/als.ts";
import { type EntryBlocks, mostEntries } from "../../../kernels/entry-blocks.ts";
import { createFoldIn, type FoldIn } from "../../../kernels/fold-in.ts";
import { createInnerProducts } from "../../../kernels/row-sums.ts";
import {
  artefactFloats,
  artefactNumber,
  type History,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
} from "./recommender.ts";

/**
 * Defaults after Rendle et al. (2021), "Revisiting the performance of iALS on item recommendation benchmarks": the
 * unobserved places weigh little, and regularization grows with a row's entries.
 */
export interface AlsOptions {
  /** Length of the vectors. Default 64. */
  readonly factors: number;
  /** Default 15. */
  readonly iterations: number;
  /** lambda of `scaledRegularization`. Default 0.03. */
  readonly regularization: number;
  /** nu of `scaledRegularization`: 0 for the same regularization in every row. Default 1. */
  readonly regularizationExponent: number;
  /** The confidence that an item never touched is not wanted; 1 in Hu, Koren and Volinsky. Default: `unobservedOf`. */
  readonly unobserved?: number;
  /** An entry's confidence is `unobserved + alpha * value`. Default 1. */
  readonly alpha: number;
}

export const als: RecommenderModel<AlsOptions> = {
  name: "als",
  defaults: {
    factors: 64,
    iterations: 15,
    regularization: 0.02,
    regularizationExponent: 1,
    alpha: 1,
  },
  async fit({ interactions }, options, { random, pool }) {
    const { alpha, factors, iterations } = options;
    const unobserved = options.unobserved ?? unobservedOf(interactions);
    const confidences = { ...interactions, values: interactions.values.map((value) => unobserved + alpha * value) };
    const scale = { lambda: options.regularization, nu: options.regularizationExponent, unobserved };
    // Its counts alone: a second copy of every entry would stand beside the two that the kernel holds.
    const turned = { rows: interactions.columns, columns: interactions.rows, indptr: columnStarts(interactions) };
    const { columns } = await factorizeImplicit({
      confidences,
      factors,
      iterations,
      unobserved,
      rowRegularization: scaledRegularization(interactions, scale),
      columnRegularization: scaledRegularization(turned, scale),
      random,
      pool,
    });
    return create(columns, { ...options, unobserved });
  },
  async fitBlocks({ byUnit, byItem }, options, { random, pool }) {
    const { alpha, factors, iterations } = options;
    const unobserved = options.unobserved ?? unobservedOf(byUnit);
    const scale = { lambda: options.regularization, nu: options.regularizationExponent, unobserved };
    const confident = (side: EntryBlocks): EntryBlocks => {
      const room = new Float32Array(mostEntries(side));
      return {
        ...side,
        read: async (block) => {
          const { indices, values } = await side.read(block);
          const confidences = room.subarray(0, values.length);
          // Each pair is read again in every pass: a function called for each would take longer than the copy.
          for (let at = 0; at < values.length; at++) confidences[at] = unobserved + alpha * values[at];
          return { indices, values: confidences };
        },
      };
    };
    const { columns } = await factorizeBlocks({
      byRow: confident(byUnit),
      byColumn: confident(byItem),
      factors,
      iterations,
      unobserved,
      rowRegularization: scaledRegularization(byUnit, scale),
      columnRegularization: scaledRegularization(byItem, scale),
      random,
      pool,
    });
    return create(columns, { ...options, unobserved });
  },
  fromArtefact(artefact: ModelArtefact) {
    const number = (name: string) => artefactNumber(artefact, name);
    return create(artefactFloats(artefact, "items"), {
      factors: number("factors"),
      iterations: number("iterations"),
      regularization: number("regularization"),
      regularizationExponent: number("regularizationExponent"),
      unobserved: number("unobserved"),
      alpha: number("alpha"),
    });
  },
};

/**
 * Ten times the share of places that hold an entry, at most 0.1: the places never touched then weigh no more in all than
 * ten times those that were. At 0.1 whatever the share, catalogues of ten thousand items and more ended below
 * popularity, as the weight of all they hold, and the regularization with it, drowned a history of ten. Chosen on
 * validation items of Gowalla, Beauty, Sports, Toys, Yelp, LastFM and MovieLens 100k out of five values by four of lambda.
 */
function unobservedOf({ rows, columns, indptr }: Pick<SparseMatrix, "rows" | "columns" | "indptr">): number {
  const entries = indptr[rows];
  return entries === 0 ? 0.1 : Math.min(0.1, (10 * entries) / (rows * columns));
}

/** Steps of conjugate gradients for a history; there is no earlier solution to start from, so more than in training. */
const FOLD_IN_STEPS = 10;

/** The options as they were used. */
type UsedOptions = AlsOptions & { readonly unobserved: number };

function create(itemVectors: Float32Array, options: UsedOptions): Recommender {
  const { factors, unobserved } = options;
  const items = itemVectors.length / factors;
  const gram = gramDiagonal(itemVectors, factors);
  let folding: FoldIn | undefined;
  const embed = ({ indices, values }: History): Float32Array => {
    folding ??= createFoldIn({ items: itemVectors, factors, unobserved, steps: FOLD_IN_STEPS });
    const confidences = new Float32Array(values.length);
    for (let at = 0; at < values.length; at++) confidences[at] = unobserved + options.alpha * values[at];
    return folding.fold(indices, confidences, foldInDiagonal(indices.length, items, gram, options));
  };
  let products: ReturnType<typeof createInnerProducts> | undefined;
  return {
    model: als.name,
    items,
    score(history, isLent) {
      products ??= createInnerProducts({ values: itemVectors, columns: factors });
      return products(embed(history), isLent);
    },
    embedding: { dimensions: factors, itemVectors, embed },
    toArtefact: () => ({ model: als.name, meta: { ...options }, arrays: { items: itemVectors } }),
  };
}

/** The diagonal of a unit's system, the same as in training, whose Gram matrix training left diagonal. */
function foldInDiagonal(
  entries: number,
  items: number,
  gram: Float64Array,
  { unobserved, regularization, regularizationExponent }: UsedOptions,
): Float64Array {
  const ridge = regularization * (entries + unobserved * items) ** regularizationExponent;
  // Without a ridge a factor that no item has would be divided by 0.
  const least =
    ridge > 0 ? 0 : Math.max(1e-30, 1e-7 * unobserved * gram.reduce((most, square) => Math.max(most, square), 0));
  return gram.map((square) => Math.max(least, unobserved * square + ridge));
}

function gramDiagonal(vectors: Float32Array, factors: number): Float64Array {
  const sums = new Float64Array(factors);
  for (let at = 0; at < vectors.length; at++) sums[at % factors] += vectors[at] ** 2;
  return sums;
}
