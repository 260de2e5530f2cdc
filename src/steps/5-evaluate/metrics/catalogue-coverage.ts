/** Catalogue coverage: the share of the catalogue that anybody was shown. */

import { exposure } from "./exposure.ts";
import type { ListMetric, RecommendedLists } from "./metric.ts";

/** Distinct items among the first `k` of all lists, over the size of the catalogue. NaN for an empty catalogue. */
export function coverageAt(lists: RecommendedLists, k: number = Number.POSITIVE_INFINITY): number {
  return lists.catalogue > 0 ? exposure(lists, k).size / lists.catalogue : Number.NaN;
}

/** The metric `catalogue coverage`. */
export const catalogueCoverage: ListMetric = {
  name: "catalogue coverage",
  aliases: ["catalog coverage", "coverage", "item coverage"],
  over: "lists",
  cutoff: "optional",
  direction: "higher is better",
  definition: "distinct items shown in the first k places over all requests, over the size of the catalogue",
  variants: [],
  measure: coverageAt,
};
