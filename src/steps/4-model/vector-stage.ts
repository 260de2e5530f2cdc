/** Whether a stage compares vectors of people and things: its facts or its model say so. */

import type { StageFacts } from "./schema.ts";

const OVER_VECTORS: readonly string[] = ["als", "two-tower", "matrix-factorization"];

export function holdsVectors({ index, factors, dimensions, model = "" }: StageFacts): boolean {
  return index !== undefined || factors !== undefined || dimensions !== undefined || OVER_VECTORS.includes(model);
}
