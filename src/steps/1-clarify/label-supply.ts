/** Whether labels exist: as stated, else from their count or from the signals named. */

import type { Design } from "../design.ts";

/** Undefined where the note says nothing of it. */
export function labelsAvailable({ clarify }: Design): "yes" | "no" | "partial" | undefined {
  const labels = clarify.labels;
  if (labels?.available !== undefined) return labels.available;
  if (labels?.count !== undefined) return labels.count.value > 0 ? "yes" : "no";
  const signals = (labels?.explicit?.length ?? 0) + (labels?.implicit?.length ?? 0);
  return signals > 0 ? "yes" : undefined;
}

/** Where labels come from: as stated, else `natural` where the users' own signals are named. */
export function labelSource({ clarify }: Design): "natural" | "human" | "heuristic" | undefined {
  const labels = clarify.labels;
  if (labels?.source !== undefined) return labels.source;
  const signals = (labels?.explicit?.length ?? 0) + (labels?.implicit?.length ?? 0);
  return signals > 0 ? "natural" : undefined;
}
