/** The measures of a search by photo, each a number a query: hits within k, mAP@R, NDCG@10, and what the note names besides. */

import { hitRate } from "../metrics/hit-rate.ts";
import { ndcgAt } from "../metrics/ndcg.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { mapAtR, type SimilaritySearch } from "./similarity-search.ts";

export interface SimilarityMeasure {
  readonly name: string;
  readonly note: string;
  readonly measure: (search: SimilaritySearch) => number;
}

const RETRIEVAL =
  "what papers on image retrieval call recall@k: the share of photos with a right answer among the first k";

function hits(k: number): SimilarityMeasure {
  return { name: `hit rate@${k}`, note: RETRIEVAL, measure: ({ request }) => hitRate.measure(request, k, "") };
}

const ALWAYS: readonly SimilarityMeasure[] = [
  hits(1),
  hits(5),
  hits(10),
  {
    name: "map@R",
    note: "mean average precision at R, R the number of right answers (Musgrave et al. 2020)",
    measure: mapAtR,
  },
  { name: "ndcg@10", note: "", measure: ({ request }) => ndcgAt(request, 10) },
];

/** Those of the note first, so that its first decides; names that are no measure of a list are left to the review. */
export function similarityMeasures(asked: readonly string[]): SimilarityMeasure[] {
  const named = asked.flatMap((text): SimilarityMeasure[] => {
    if (text.trim().toLowerCase() === "map@r") return ALWAYS.filter(({ name }) => name === "map@R");
    const parsed = parseMetric(text);
    if (!parsed.ok || parsed.value.definition.over !== "requests") return [];
    const { name, definition, k, variant } = parsed.value;
    const { measure } = definition;
    return [{ name, note: definition.definition, measure: ({ request }) => measure(request, k, variant) }];
  });
  const all = named.length === 0 ? [...ALWAYS].reverse() : [...named, ...ALWAYS];
  return all.filter(({ name }, place) => all.findIndex((one) => one.name === name) === place);
}
