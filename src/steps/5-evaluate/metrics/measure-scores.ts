/** Measures a score metric and says why where there is no number, instead of passing NaN on. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { ParsedMetric } from "./parse-metric.ts";
import { findBrokenScore } from "./score-groups.ts";

/** The value, or a failure: a label that is not 0 or 1, a score that is NaN (each with its row), no rows, one class, no probabilities. */
export function measureScores(
  metric: ParsedMetric,
  labels: ArrayLike<number>,
  scores: ArrayLike<number>,
): Outcome<number> {
  const { definition, name, k, variant } = metric;
  if (definition.over !== "scores")
    return fail({ code: "wrong-metric", message: `${name} is measured over ${definition.over}, not over scores` });
  const broken = findBrokenScore(labels, scores);
  if (broken !== undefined) return fail(broken);
  const value = definition.measure(labels, scores, k, variant);
  if (!Number.isNaN(value)) return succeed(value);
  const outside = Array.from(scores).findIndex((score) => score < 0 || score > 1);
  const why =
    labels.length === 0
      ? "there are no rows"
      : outside >= 0
        ? `the score of row ${outside} is ${scores[outside]}, or a class is missing: it needs probabilities and both classes`
        : "it needs rows of both classes";
  return fail({ code: "undefined-metric", message: `${name} does not exist here: ${why}` });
}
