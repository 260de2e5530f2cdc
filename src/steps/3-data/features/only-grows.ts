/** Features that count over all time: they can only grow, so that their distribution moves whatever happens. */

import type { Aggregate, FeatureDeclaration } from "./feature-declaration.ts";

/** A count, or a sum of deeds, without a window; of a ratio, where one side of it grows and the other does not. */
export function onlyGrows({ aggregate, window }: Pick<FeatureDeclaration, "aggregate" | "window">): boolean {
  return !Number.isFinite(window) && counts(aggregate);
}

function counts(aggregate: Aggregate): boolean {
  if (aggregate.kind === "count") return true;
  return aggregate.kind === "ratio" && counts(aggregate.numerator) !== counts(aggregate.denominator);
}
