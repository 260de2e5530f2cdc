/** The decision about one payment, in process: checks, features, model and threshold, reasons; rules where the model cannot speak. */

import type { FeatureState } from "../../3-data/features/feature-state.ts";
import { emptyPayment, fillPayment } from "../../3-data/features/replay-payments.ts";
import type { RuleScorer } from "../../4-model/models/rule-list.ts";
import { attributeRow } from "../../4-model/models/tree-attributions.ts";
import type { TreesModel } from "../../4-model/models/trees-model.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { type Calibration, probabilityOf } from "../../5-evaluate/optimize/calibrate-scores.ts";
import { createPaymentCheck, type IncomingPayment, type PaymentFault, type PaymentLimits } from "./payment-check.ts";

export interface PaymentDecision {
  readonly decision: "approve" | "review";
  /** Null where the rules decided. */
  readonly probability: number | null;
  readonly by: "model" | "rules";
  /** For a review: the features that raised the score most, the rule that held, or the fault. */
  readonly reasons: readonly string[];
}

/** What decides. Without a model the rules do. */
export interface PaymentModel {
  readonly trees: TreesModel;
  readonly calibration: Calibration;
  /** Payments of at least this probability are reviewed. */
  readonly threshold: number;
}

export interface PaymentDecider {
  decide(payment: IncomingPayment): PaymentDecision;
  /** Payments that the model did not judge, by why. */
  readonly faults: ReadonlyMap<PaymentFault | "no model" | "model failed", number>;
}

/** Reasons given with a review. */
const REASONS = 3;

/** The state is read and added to; a payment with a fault changes nothing. */
export function createPaymentDecider(
  state: FeatureState,
  rules: RuleScorer,
  model: PaymentModel | undefined,
  limits: PaymentLimits = {},
): PaymentDecider {
  const check = createPaymentCheck(limits);
  const score = model === undefined ? undefined : openModel(model, state.features);
  const faults = new Map<PaymentFault | "no model" | "model failed", number>();
  const features = new Float64Array(state.features.length);
  const filled = emptyPayment();

  function byRules(why: PaymentFault | "no model" | "model failed", isReadable: boolean): PaymentDecision {
    faults.set(why, (faults.get(why) ?? 0) + 1);
    const at = (name: string): number => features[state.features.indexOf(name)];
    const rule = isReadable ? rules.reason(at) : undefined;
    // A payment that makes no sense is looked at by a person; one that is merely late or repeated is judged by its rules.
    const isSuspect = why === "bad amount" || why === "bad time" || why === "unknown card";
    const reasons = [why, ...(rule === undefined ? [] : [rule])];
    return {
      decision: isSuspect || rule !== undefined ? "review" : "approve",
      probability: null,
      by: "rules",
      reasons,
    };
  }

  return {
    faults,
    decide(payment) {
      const fault = check.fault(payment);
      const { time, customer, terminal, amount } = payment;
      const isReadable =
        fault === undefined || fault === "duplicate" || fault === "from the past" || fault === "clock jump";
      if (isReadable) state.read(fillPayment(filled, time, customer, terminal, amount), features);
      if (fault !== undefined) return byRules(fault, isReadable);
      state.add(filled);
      if (score === undefined) return byRules("no model", true);
      const judged = score(features);
      return judged ?? byRules("model failed", true);
    },
  };
}

/** Judges features in the state's order; undefined where the model gives no number. */
function openModel(
  { trees, calibration, threshold }: PaymentModel,
  names: readonly string[],
): (features: Float64Array) => PaymentDecision | undefined {
  const order = Int32Array.from(trees.features, ({ name }) => names.indexOf(name));
  const missing = trees.features.find((_, at) => order[at] < 0);
  if (missing !== undefined) throw new Error(`the state has no feature ${missing.name}`);
  const scorer = createTreesScorer(trees);
  const row = new Float64Array(order.length);
  return (features) => {
    for (let at = 0; at < order.length; at++) row[at] = features[order[at]];
    const probability = probabilityOf(calibration, scorer.margin(row));
    if (!Number.isFinite(probability)) return undefined;
    if (probability < threshold) return { decision: "approve", probability, by: "model", reasons: [] };
    return { decision: "review", probability, by: "model", reasons: reasonsOf(trees, row) };
  };
}

/** The features that raised the log-odds most, by exact path attributions. */
function reasonsOf(trees: TreesModel, row: Float64Array): readonly string[] {
  const { contributions } = attributeRow(trees, row);
  return Array.from(contributions, (contribution, at) => ({ contribution, name: trees.features[at].name }))
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, REASONS)
    .map(({ name }) => name);
}
