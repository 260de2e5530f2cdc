/** From margin to prediction, for each objective of the trees. */

import { sigmoid } from "../losses/log-loss.ts";
import type { TreesObjective } from "./trees-model.ts";

/** A probability for log loss, otherwise the margin itself. */
export function linkOf(objective: TreesObjective): (margin: number) => number {
  return objective === "log-loss" ? sigmoid : (margin) => margin;
}
