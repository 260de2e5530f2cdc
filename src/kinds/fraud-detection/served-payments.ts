/** What decides about payments in a run: the trees with calibration and threshold of earlier weeks, the note's rules, and a state that has seen what came before. */

import { DAY, dayNumber } from "../../core/day.ts";
import { unwrap } from "../../core/outcome.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { readsLabel } from "../../steps/3-data/features/label-delay.ts";
import { ROUNDS_STAGE } from "../../steps/3-data/split/late-label-split-stage.ts";
import { firstEventAt } from "../../steps/3-data/time-order.ts";
import { treesFromJson } from "../../steps/4-model/models/classifier.ts";
import { openRules } from "../../steps/4-model/models/rule-list.ts";
import type { ClassifierPlan } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../steps/4-model/train/classifier-stage.ts";
import { type AlertPolicy, alertThreshold } from "../../steps/5-evaluate/protocols/alert-policy.ts";
import {
  type JudgedClassifier,
  type JudgedRounds,
  judgeClassifier,
  openJudgedRounds,
  probabilitiesOf,
} from "../../steps/5-evaluate/protocols/judged-classifier.ts";
import { isJsonObject } from "../../system/canonical-json.ts";
import type { StageContext } from "../../system/stage.ts";
import type { PaymentDeciderParts } from "./payment-decision.ts";
import type { IncomingPayment, PaymentLabel, PaymentLimits, PaymentState } from "./payment-state.ts";
import type { Transactions } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

/** What of a note decides. */
export interface ServedPlan {
  readonly declarations: readonly FeatureDeclaration[];
  /** The classifiers of step 4; the first trees and the first rules are served. */
  readonly classifiers: readonly ClassifierPlan[];
  readonly policy: AlertPolicy;
}

/** The plan's trees: what decides while serving. */
export function servedTrees({ classifiers }: Pick<ServedPlan, "classifiers">): ClassifierPlan {
  const trees = classifiers.find(({ choices }) => choices[0].model === "gbdt");
  if (trees === undefined) throw new Error("a plan without trees was let through");
  return trees;
}

/** Names of the stages that `openServedPayments` reads. */
export function servedInputs(plan: ServedPlan): readonly string[] {
  return [TRANSACTIONS_STAGE, ROUNDS_STAGE, classifierStageName(servedTrees(plan).subject)];
}

export interface ServedPayments extends JudgedRounds {
  readonly parts: PaymentDeciderParts;
}

export async function openServedPayments(plan: ServedPlan, input: StageContext["input"]): Promise<ServedPayments> {
  const rounds = await openJudgedRounds(input);
  const trees = servedTrees(plan);
  const stored = await input(classifierStageName(trees.subject));
  const judged = judgeClassifier(trees, (round) => roundScores(stored, round), rounds);
  const [rules] = plan.classifiers.flatMap(({ choices: [choice] }) => (choice.model === "rules" ? [choice.rules] : []));
  const names = plan.declarations.map(({ name }) => name);
  return {
    ...rounds,
    parts: {
      declarations: plan.declarations,
      rules: unwrap(openRules({ format: "heptad rule list", version: 1, rules: rules ?? [] }, names)),
      model: {
        trees: treesFromJson(isJsonObject(stored.json) ? stored.json.classifier : null),
        calibration: judged.calibration,
        threshold: thresholdOf(plan.policy, judged, rounds),
      },
      limits: limitsOf(rounds),
    },
  };
}

/** What is believed: ten times the largest amount and twice the longest pause before the test days, and at least a day. */
function limitsOf({ transactions: { time, amount }, final }: JudgedRounds): PaymentLimits {
  let [largest, pause] = [0, 0];
  for (let row = 0; row < final.test[0]; row++) {
    largest = Math.max(largest, amount[row]);
    pause = Math.max(pause, time[row + 1] - time[row]);
  }
  return { largestAmount: 10 * largest, jump: Math.max(DAY, 2 * pause) };
}

/** Chosen on the earlier rounds alone. */
function thresholdOf(policy: AlertPolicy, judged: JudgedClassifier, { earlier, transactions }: JudgedRounds): number {
  const days = earlier.map(({ test }) => new Set(Array.from(test, (row) => dayNumber(transactions.time[row]))).size);
  return alertThreshold(policy, {
    probabilities: Float64Array.from(earlier.flatMap((round) => [...probabilitiesOf(judged, round)])),
    days: days.reduce((sum, one) => sum + one, 0),
  });
}

/** Row `row` as it comes in. */
export function paymentAt({ time, customer, terminal, amount }: Transactions, row: number): IncomingPayment {
  return { id: String(row), time: time[row], customer: customer[row], terminal: terminal[row], amount: amount[row] };
}

/** Tells a fresh state what had happened when row `until` came in: payments as far back as a window reaches, and the labels that had arrived. */
export function catchUp(
  state: PaymentState,
  declarations: readonly FeatureDeclaration[],
  transactions: Transactions,
  until: number,
): void {
  const reach = Math.max(0, ...declarations.map(({ window, delay }) => window + delay));
  const since = transactions.time[until] - reach;
  const from = firstEventAt(transactions.time, since);
  for (let row = from; row < until; row++) state.take(paymentAt(transactions, row));
  for (const label of openArrivals(declarations, transactions, from)(until))
    if (label.time >= since) state.label(label);
}

/** Asked with later and later rows, gives the labels of frauds that have arrived since it was last asked, or since row `from` came in. */
export function openArrivals(
  declarations: readonly FeatureDeclaration[],
  transactions: Transactions,
  from: number,
): (row: number) => readonly PaymentLabel[] {
  const { time, fraud } = transactions;
  const delay = Math.min(...declarations.map((one) => (readsLabel(one) ? one.delay : Number.POSITIVE_INFINITY)));
  let next = firstEventAt(time, time[from] - delay);
  return (row) => {
    const labels: PaymentLabel[] = [];
    for (; time[next] < time[row] - delay; next++) {
      if (fraud[next] === 1) labels.push({ ...paymentAt(transactions, next), fraud: true });
    }
    return labels;
  };
}
