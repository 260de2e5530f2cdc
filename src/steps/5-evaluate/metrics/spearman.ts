/** Spearman's rho as a metric of predicted against true numbers. */

import type { PredictionMetric } from "./metric.ts";
import { spearman } from "./rank-correlation.ts";

/** The metric `spearman`. */
export const spearmanMetric: PredictionMetric = {
  name: "spearman",
  aliases: ["spearman correlation", "rank correlation"],
  over: "predictions",
  cutoff: "none",
  direction: "higher is better",
  definition: "correlation of the ranks of prediction and truth, ties given their mean rank",
  variants: [],
  measure: spearman,
};
