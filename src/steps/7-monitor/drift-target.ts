/** What a drift alert watches: the features, the prediction or the label. */

import type { MonitorFacts } from "./schema.ts";

export type DriftFacts = NonNullable<MonitorFacts["drift"]>[number];

/** As stated, else as the watched name implies; a name that says nothing is taken for a feature. */
export function driftTarget({
  on,
  of = "",
  metric,
}: Pick<DriftFacts, "on" | "of" | "metric">): "features" | "prediction" | "label" {
  if (on !== undefined) return on;
  const words = `${of} ${metric}`.toLowerCase();
  if (/\b(?:predictions?|scores?|outputs?|probabilit(?:y|ies))\b/u.test(words)) return "prediction";
  return /\b(?:labels?|targets?)\b/u.test(of.toLowerCase()) ? "label" : "features";
}
