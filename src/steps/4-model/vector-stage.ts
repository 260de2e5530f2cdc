/** Whether a stage compares vectors of people and things: its facts or its model say so. */

import { modelName, type StageFacts } from "./schema.ts";

const OVER_VECTORS: readonly string[] = ["als", "two-tower", "matrix-factorization"];

export function holdsVectors(stage: StageFacts): boolean {
  const { index, factors, dimensions } = stage;
  return (
    index !== undefined ||
    factors !== undefined ||
    dimensions !== undefined ||
    OVER_VECTORS.includes(modelName(stage) ?? "")
  );
}
