/** Search among photos that no training saw: each asks once, all others of other items answer, those of its class are right. */

import { averagePrecisionAt } from "../metrics/map.ts";
import type { RankedRequest } from "../metrics/metric.ts";

/** The answers to one photo, best first. */
export interface SimilaritySearch {
  /** Row of the photo that asks. */
  readonly query: number;
  /** Rows of the answers, best first, all of them. */
  readonly order: Int32Array;
  readonly request: RankedRequest;
}

/** What is searched. Vectors of unit length, one a row of the set. */
export interface SearchedPhotos {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly label: ArrayLike<number>;
  /** Photos of one group never answer each other: they show the same item. */
  readonly group: ArrayLike<number>;
}

/**
 * Rows that have a right answer among the others: one of their class and of another group. A photo without one says nothing of a search: its
 * zero would be the split's and not the vectors'.
 */
export function answerable(rows: Int32Array, { label, group }: Pick<SearchedPhotos, "label" | "group">): Int32Array {
  const groups = new Map<number, Set<number>>();
  for (const row of rows) groups.set(label[row], (groups.get(label[row]) ?? new Set()).add(group[row]));
  return rows.filter((row) => (groups.get(label[row])?.size ?? 0) > 1);
}

/** Every query against the whole gallery by inner product; ties by row. */
export function searchPhotos(
  { vectors, dimensions, label, group }: SearchedPhotos,
  queries: Int32Array,
  gallery: Int32Array,
): SimilaritySearch[] {
  return Array.from(queries, (query) => {
    const others = gallery.filter((row) => row !== query && group[row] !== group[query]);
    const scores = Float64Array.from(others, (row) => dot(vectors, query, row, dimensions));
    const places = Int32Array.from(others.keys()).sort((a, b) => scores[b] - scores[a] || others[a] - others[b]);
    const order = places.map((place) => others[place]);
    const relevance = Uint8Array.from(order, (row) => (label[row] === label[query] ? 1 : 0));
    return { query, order, request: { relevance, judged: relevance } };
  });
}

/** Mean precision at the ranks of the hits within the first R, over R, the number of right answers there are (Musgrave et al. 2020). */
export function mapAtR({ request }: SimilaritySearch): number {
  let right = 0;
  for (let i = 0; i < request.judged.length; i++) right += request.judged[i];
  return right === 0 ? 0 : averagePrecisionAt(request, right, "R");
}

function dot(vectors: Float32Array, a: number, b: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += vectors[a * dimensions + d] * vectors[b * dimensions + d];
  return sum;
}
