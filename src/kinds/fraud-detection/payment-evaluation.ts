/** How payments are judged: how many are looked at each day, the slices, and what decides about single ones. */

import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { type AlertPolicy, alertPolicyOf } from "../../steps/5-evaluate/protocols/alert-policy.ts";
import { caseSlice, type SlicedShape } from "../../steps/5-evaluate/protocols/case-slices.ts";
import type { ScoredEvaluationPlan } from "../../steps/5-evaluate/protocols/scored-evaluation-stage.ts";
import type { Design } from "../../steps/design.ts";

const USUAL_CARDS = 100;

export type PaymentEvaluation = Omit<ScoredEvaluationPlan, "task" | "classifiers" | "policy"> & {
  readonly policy: AlertPolicy;
};

/** A failure for a metric or a slice that payments of this shape do not have. */
export function planEvaluation({ frame, evaluate }: Design, shape: SlicedShape): Outcome<PaymentEvaluation> {
  let cards = USUAL_CARDS;
  for (const { metric } of frame.metrics?.offline ?? []) {
    const parsed = parseMetric(metric);
    if (!parsed.ok) return fail({ ...parsed.failure, where: "2.metrics.offline" });
    if (parsed.value.definition.over === "cases") cards = parsed.value.k;
  }
  for (const name of evaluate.slices ?? []) {
    const slice = caseSlice(name, shape);
    if (!slice.ok) return fail({ ...slice.failure, where: "5.slices" });
  }
  const policy = alertPolicyOf(frame);
  if (!policy.ok) return policy;
  return succeed({
    units: cards,
    slices: evaluate.slices ?? [],
    policy: policy.value,
    reviewCost: frame.threshold?.["false-positive"]?.value ?? 0,
  });
}
