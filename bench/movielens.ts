/** MovieLens 100k as a sparse matrix, where the data is there. */

import { existsSync, readFileSync } from "node:fs";
import { type SparseMatrix, sparseFromEntries } from "../src/core/sparse-matrix.ts";

const RATINGS = "../shared/data/ml-100k/u.data";

/** 943 members x 1,682 titles; an entry's value is `value(rating)`. Undefined where the data is not there. */
export function movielens(value: (rating: number) => number): SparseMatrix | undefined {
  if (!existsSync(RATINGS)) return undefined;
  const lines = readFileSync(RATINGS, "utf8").trimEnd().split("\n");
  const entries = lines.map((line) => line.split("\t").map(Number));
  const field = (at: number) => entries.map((entry) => entry[at] - 1);
  const values = entries.map(([, , rating]) => value(rating));
  return sparseFromEntries(943, 1682, field(0), field(1), values);
}
