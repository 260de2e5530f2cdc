/** Features that are drawn towards the rate over everybody in their window: when that moves, the values of all move with it. */

import type { FeatureDeclaration } from "./feature-declaration.ts";

/** Over all of the past such a rate hardly moves; over some days it is one number that every value of these days leans on. */
export function isDrawnToAll({
  aggregate,
  window,
  smoothing,
}: Pick<FeatureDeclaration, "aggregate" | "window" | "smoothing">): boolean {
  return (aggregate.kind === "rate" || aggregate.kind === "mean") && smoothing > 0 && Number.isFinite(window);
}
