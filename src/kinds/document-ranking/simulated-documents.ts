/** A simulated search: documents of queries with a few features that matter, others that do not, and a person's grade with its noise. */

import type { Random } from "../../core/random.ts";
import type { GradedRows } from "../../steps/3-data/sources/graded-rows.ts";

const WIDTH = 8;
/** Of documents in the order of what they are worth, the shares above which each grade begins. */
const GRADES = [0.5, 0.75, 0.9, 0.97];

/** Features 1 to 3 say what a document is worth, 2 and 3 only together; the others are noise. */
export function simulateDocuments(
  { queries, documents }: { readonly queries: number; readonly documents: number },
  random: Random,
): GradedRows {
  const rows = queries * documents;
  const features = new Map(Array.from({ length: WIDTH }, (_, at) => [at + 1, new Float64Array(rows)] as const));
  const worth = new Float64Array(rows);
  for (let row = 0; row < rows; row++) {
    const x = Array.from({ length: WIDTH }, () => random.uniform());
    x.forEach((value, at) => {
      const column = features.get(at + 1);
      if (column !== undefined) column[row] = value;
    });
    worth[row] = 1.2 * x[0] + (x[1] > 0.5 ? x[2] : 1 - x[2]) + 0.3 * random.normal();
  }
  const sorted = worth.slice().sort();
  const bounds = GRADES.map((share) => sorted[Math.min(rows - 1, Math.floor(share * rows))]);
  return {
    grades: worth.map((value) => bounds.filter((bound) => value > bound).length),
    queries: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / documents)),
    queryCount: queries,
    features,
  };
}
