/** Which items are alike: shrunk cosines over those who chose both, from sums that any order of adding gives. */

import { FailureError } from "../../../core/outcome.ts";
import { type SparseMatrix, sparseRow, transpose } from "../../../core/sparse-matrix.ts";

export interface NeighbourOptions {
  /** Most alike items kept for each item. */
  readonly neighbours: number;
  /** Added to the cosine's denominator, so that pairs seen a few times only count less. */
  readonly shrinkage: number;
}

/** An item's neighbours: items ascending, with their similarities. */
export interface Neighbours {
  readonly items: readonly number[];
  readonly similarities: readonly number[];
}

/**
 * Cosine similarity with shrinkage: s_ij = x_i . x_j / (|x_i| |x_j| + shrinkage). Each product is taken to the nearest 2^-20,
 * so that a sum is the same in whatever order, and on whatever engine, it is added up. Of items that are equally alike those
 * with the smaller numbers are kept. Throws a `FailureError` for signals too strong to be added exactly.
 */
export function cosineNeighbours(
  interactions: SparseMatrix,
  { neighbours, shrinkage }: NeighbourOptions,
): (item: number) => Neighbours {
  const byItem = transpose(interactions);
  const norms = Float64Array.from({ length: byItem.rows }, (_, item) => normOf(sparseRow(byItem, item).values));
  const together = new Float64Array(byItem.rows);
  const similarity = new Float64Array(byItem.rows);
  return (item) => {
    const touched = addCooccurrences(item, byItem, interactions, together);
    for (const other of touched) {
      similarity[other] = together[other] / UNITS / (norms[item] * norms[other] + shrinkage);
      together[other] = 0;
    }
    const items = touched
      .filter((other) => other !== item)
      .sort((a, b) => similarity[b] - similarity[a] || a - b)
      .slice(0, neighbours)
      .sort((a, b) => a - b);
    return { items, similarities: items.map((other) => similarity[other]) };
  };
}

const UNITS = 2 ** 20;
/** Whole numbers from here on may lose bits. */
const LARGEST_EXACT = 2 ** 53;

function normOf(values: Float32Array): number {
  const squared = values.reduce((sum, value) => sum + inUnits(value * value), 0);
  if (squared < LARGEST_EXACT) return Math.sqrt(squared / UNITS);
  throw new FailureError({
    code: "sum-not-exact",
    message: "the signals of one item are too strong to be added exactly, or one of them is no number",
    where: "section 2, signals",
    fix: "scale the weights down: only what they are to each other matters",
  });
}

function inUnits(product: number): number {
  return Math.round(product * UNITS);
}

/** Adds x_item . x_other, in units, to `together` for every item that shares a unit; the items touched are returned. */
function addCooccurrences(item: number, byItem: SparseMatrix, byUnit: SparseMatrix, together: Float64Array): number[] {
  const touched: number[] = [];
  for (let at = byItem.indptr[item]; at < byItem.indptr[item + 1]; at++) {
    const unit = byItem.indices[at];
    const value = byItem.values[at];
    for (let entry = byUnit.indptr[unit]; entry < byUnit.indptr[unit + 1]; entry++) {
      const units = inUnits(value * byUnit.values[entry]);
      if (units === 0) continue;
      const other = byUnit.indices[entry];
      if (together[other] === 0) touched.push(other);
      together[other] += units;
    }
  }
  return touched;
}
