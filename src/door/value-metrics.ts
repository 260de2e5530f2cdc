/** Metrics of values, boxes and text as strangers may call them, and the name of a metric: behind checks of lists and lengths. */

import * as boxes from "../steps/5-evaluate/metrics/iou.ts";
import { meanAbsoluteError as uncheckedMae } from "../steps/5-evaluate/metrics/mae.ts";
import { meanAbsolutePercentageError as uncheckedMape } from "../steps/5-evaluate/metrics/mape.ts";
import { parseMetric as uncheckedParseMetric } from "../steps/5-evaluate/metrics/parse-metric.ts";
import * as tokens from "../steps/5-evaluate/metrics/perplexity.ts";
import { pinballLoss as uncheckedPinballLoss } from "../steps/5-evaluate/metrics/pinball.ts";
import { coefficientOfDetermination as uncheckedR2 } from "../steps/5-evaluate/metrics/r2.ts";
import * as ranks from "../steps/5-evaluate/metrics/rank-correlation.ts";
import { rootMeanSquaredError as uncheckedRmse } from "../steps/5-evaluate/metrics/rmse.ts";
import { symmetricMape as uncheckedSymmetricMape } from "../steps/5-evaluate/metrics/smape.ts";
import { weightedApe as uncheckedWeightedApe } from "../steps/5-evaluate/metrics/wape.ts";
import {
  asLongAs,
  betweenShares,
  both,
  type Check,
  finite,
  list,
  notNegative,
  oneOf,
  optional,
  text,
} from "./check.ts";
import { guarded, guardedOutcome } from "./guard.ts";

type Numbers = ArrayLike<number>;

export const parseMetric = guardedOutcome("parseMetric", { text }, uncheckedParseMetric);
const predictions = { truth: list(finite), predicted: list(finite) };
const samePredictions = (truth: Numbers, predicted: Numbers): string | undefined => asLongAs({ truth, predicted });
export const meanAbsoluteError = guarded("meanAbsoluteError", predictions, uncheckedMae, samePredictions);
export const rootMeanSquaredError = guarded("rootMeanSquaredError", predictions, uncheckedRmse, samePredictions);
export const coefficientOfDetermination = guarded(
  "coefficientOfDetermination",
  predictions,
  uncheckedR2,
  samePredictions,
);
export const meanAbsolutePercentageError = guarded(
  "meanAbsolutePercentageError",
  predictions,
  uncheckedMape,
  samePredictions,
);
export const symmetricMape = guarded(
  "symmetricMape",
  { ...predictions, scale: optional(oneOf("0 to 2", "0 to 1", "0 to 200 %")) },
  uncheckedSymmetricMape,
  samePredictions,
);
export const weightedApe = guarded("weightedApe", predictions, uncheckedWeightedApe, samePredictions);
export const pinballLoss = guarded(
  "pinballLoss",
  { ...predictions, quantile: betweenShares },
  uncheckedPinballLoss,
  (truth, predicted) => samePredictions(truth, predicted),
);

const box: Check = both(list(finite, 4), (value, name) => {
  const [x1, y1, x2, y2, ...more] = Array.isArray(value) ? value.map(Number) : [];
  if (more.length > 0) return `${name} has more than four entries`;
  return x1 <= x2 && y1 <= y2 ? undefined : `${name} ends before it begins: write the lower corner first`;
});
const corners = optional(oneOf("continuous", "inclusive pixels"));
export const iou = guarded("iou", { a: box, b: box, corners }, boxes.iou);
export const dice = guarded("dice", { a: box, b: box, corners }, boxes.dice);
export const perplexity = guarded("perplexity", { nats: list(notNegative) }, tokens.perplexity);
export const bitsPerToken = guarded("bitsPerToken", { nats: list(notNegative) }, tokens.bitsPerToken);

const pairs = { x: list(finite), y: list(finite) };
const samePairs = (x: Numbers, y: Numbers): string | undefined => asLongAs({ x, y });
export const spearman = guarded("spearman", pairs, ranks.spearman, samePairs);
export const pearson = guarded("pearson", pairs, ranks.pearson, samePairs);
export const kendall = guarded("kendall", pairs, ranks.kendall, samePairs);
