/** The metric that a note is tuned on, for rules that write one into what they propose. */

import type { Design } from "../design.ts";
import { ordersThings } from "./task.ts";

/** As the note writes it; where it names none, one that fits its task; an ellipsis where nothing says which would. */
export function tunedMetric(design: Design): string {
  const [first] = design.frame.metrics?.offline ?? [];
  if (first !== undefined) return first.metric;
  const said = design.frame.baseline?.metric ?? design.frame.success?.metric;
  if (said !== undefined) return said;
  if (ordersThings(design)) return "ndcg@10";
  return design.frame.task === "binary-classification" ? "average precision" : "…";
}
