/** A declared feature for tests: over all time, without delay or smoothing, unless said otherwise. */

import type { Aggregate, FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";

export function declaredFeature(
  name: string,
  entity: readonly string[],
  aggregate: Aggregate,
  rest: Partial<FeatureDeclaration> = {},
): FeatureDeclaration {
  return { name, entity, aggregate, window: Number.POSITIVE_INFINITY, delay: 0, smoothing: 0, ...rest };
}
