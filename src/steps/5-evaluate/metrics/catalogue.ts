/** Every metric, by its standard name. */

import { accuracy } from "./accuracy.ts";
import { aucRocMetric } from "./auc-roc.ts";
import { averagePrecisionMetric } from "./average-precision.ts";
import { brier } from "./brier.ts";
import { budgetPrecision, budgetRecall } from "./budget-precision.ts";
import { ece, mce } from "./calibration.ts";
import { cardPrecision } from "./card-precision.ts";
import { catalogueCoverage } from "./catalogue-coverage.ts";
import { exposureEntropy } from "./exposure-entropy.ts";
import { f1 } from "./f1.ts";
import { gini } from "./gini.ts";
import { hitRate } from "./hit-rate.ts";
import { kendallMetric } from "./kendall.ts";
import { logLossMetric } from "./log-loss.ts";
import { mae } from "./mae.ts";
import { map } from "./map.ts";
import { mape } from "./mape.ts";
import type { MetricDefinition } from "./metric.ts";
import { mrr } from "./mrr.ts";
import { ndcg } from "./ndcg.ts";
import { normalizedEntropyMetric } from "./normalized-entropy.ts";
import { novelty } from "./novelty.ts";
import { pinball } from "./pinball.ts";
import { precision } from "./precision.ts";
import { r2 } from "./r2.ts";
import { recall } from "./recall.ts";
import { rmse } from "./rmse.ts";
import { smape } from "./smape.ts";
import { spearmanMetric } from "./spearman.ts";
import { wape } from "./wape.ts";

/** Rankings, what lists show, scores, cases, predictions. */
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
  aucRocMetric,
  averagePrecisionMetric,
  logLossMetric,
  normalizedEntropyMetric,
  brier,
  ece,
  mce,
  budgetPrecision,
  budgetRecall,
  cardPrecision,
  accuracy,
  f1,
  mae,
  rmse,
  r2,
  mape,
  smape,
  wape,
  pinball,
  spearmanMetric,
  kendallMetric,
];
