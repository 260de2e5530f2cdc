/** Reviews as JSON: the findings as data, with the counts. */

import type { Review } from "../review.ts";
import { summarize } from "../summary.ts";

export function renderJson(reviews: readonly Review[]): string {
  return JSON.stringify({ summary: summarize(reviews), reviews }, null, 2);
}
