/** Kendall's tau-b as a metric of predicted against true numbers. */

import type { PredictionMetric } from "./metric.ts";
import { kendall } from "./rank-correlation.ts";

/** The metric `kendall`. */
export const kendallMetric: PredictionMetric = {
  name: "kendall",
  aliases: ["kendall tau", "kendall tau-b", "tau-b"],
  over: "predictions",
  cutoff: "none",
  direction: "higher is better",
  definition: "concordant minus discordant pairs, corrected for ties (tau-b)",
  variants: [],
  measure: kendall,
};
