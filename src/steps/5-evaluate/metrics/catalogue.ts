/** Every metric, by its standard name. */

import { catalogueCoverage } from "./catalogue-coverage.ts";
import { exposureEntropy } from "./exposure-entropy.ts";
import { gini } from "./gini.ts";
import { hitRate } from "./hit-rate.ts";
import { map } from "./map.ts";
import type { MetricDefinition } from "./metric.ts";
import { mrr } from "./mrr.ts";
import { ndcg } from "./ndcg.ts";
import { novelty } from "./novelty.ts";
import { precision } from "./precision.ts";
import { recall } from "./recall.ts";

/** Ranking first, then what lists show. */
export const METRICS: readonly MetricDefinition[] = [
  ndcg,
  recall,
  precision,
  map,
  mrr,
  hitRate,
  catalogueCoverage,
  novelty,
  gini,
  exposureEntropy,
];
