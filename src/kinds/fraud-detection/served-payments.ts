/** What decides about payments in a run: the trees with calibration and threshold of earlier weeks, the note's rules, and a state that has seen what came before. */

import { DAY } from "../../core/day.ts";
import { unwrap } from "../../core/outcome.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { readsLabel } from "../../steps/3-data/features/label-delay.ts";
import { ROUNDS_STAGE } from "../../steps/3-data/split/late-label-split-stage.ts";
import { firstEventAt } from "../../steps/3-data/time-order.ts";
import { openRules } from "../../steps/4-model/models/rule-list.ts";
import { classifierStageName } from "../../steps/4-model/train/classifier-stage.ts";
import {
  type DecidingPlan,
  decidingTrees,
  openDecidingModel,
} from "../../steps/5-evaluate/protocols/deciding-model.ts";
import { type JudgedRounds, openJudgedRounds } from "../../steps/5-evaluate/protocols/judged-classifier.ts";
import type { StageContext } from "../../system/stage.ts";
import type { PaymentDeciderParts } from "./payment-decision.ts";
import type { IncomingPayment, PaymentLabel, PaymentLimits, PaymentState } from "./payment-state.ts";
import { idOfRow } from "./row-ids.ts";
import { LABEL, type Transactions, transactionsFromStored } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

/** What of a note decides: the first trees, and the first rules. */
export interface ServedPlan extends DecidingPlan {
  readonly declarations: readonly FeatureDeclaration[];
}

/** Names of the stages that `openServedPayments` reads. */
export function servedInputs(plan: ServedPlan): readonly string[] {
  return [TRANSACTIONS_STAGE, ROUNDS_STAGE, classifierStageName(decidingTrees(plan).subject)];
}

export interface ServedPayments extends JudgedRounds {
  readonly transactions: Transactions;
  readonly parts: PaymentDeciderParts;
}

export async function openServedPayments(plan: ServedPlan, input: StageContext["input"]): Promise<ServedPayments> {
  const rounds = await openJudgedRounds(TRANSACTIONS_STAGE, input);
  const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
  const [rules] = plan.classifiers.flatMap(({ choices: [choice] }) => (choice.model === "rules" ? [choice.rules] : []));
  const names = plan.declarations.map(({ name }) => name);
  return {
    ...rounds,
    transactions,
    parts: {
      declarations: plan.declarations,
      rules: unwrap(openRules({ format: "heptad rule list", version: 1, rules: rules ?? [] }, names)),
      model: await openDecidingModel(plan, rounds, input),
      limits: limitsOf(transactions, rounds),
    },
  };
}

/** What is believed: ten times the largest amount and twice the longest pause before the test days, and at least a day; of one customer alone, four pauses and an hour. */
export function limitsOf(
  { time, amount }: Pick<Transactions, "time" | "amount">,
  { final }: { readonly final: Pick<JudgedRounds["final"], "test"> },
): PaymentLimits {
  let [largest, pause] = [0, 0];
  for (let row = 0; row < final.test[0]; row++) {
    largest = Math.max(largest, amount[row]);
    pause = Math.max(pause, time[row + 1] - time[row]);
  }
  return { largestAmount: 10 * largest, step: Math.max(3600, 4 * pause), jump: Math.max(DAY, 2 * pause) };
}

/** Row `row` as it comes in: by its own id, or by its row where the data says none. */
export function paymentAt({ time, customer, terminal, amount, ids }: Transactions, row: number): IncomingPayment {
  return {
    id: ids?.[row] || idOfRow(row),
    time: time[row],
    customer: customer[row],
    terminal: terminal[row],
    amount: amount[row],
  };
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
  for (let row = from; row < until; row++) state.takeOfData(paymentAt(transactions, row));
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
  const delay = Math.min(...declarations.map((one) => (readsLabel(one, LABEL) ? one.delay : Number.POSITIVE_INFINITY)));
  let next = firstEventAt(time, time[from] - delay);
  return (row) => {
    const labels: PaymentLabel[] = [];
    for (; time[next] < time[row] - delay; next++) {
      if (fraud[next] === 1) labels.push({ ...paymentAt(transactions, next), fraud: true });
    }
    return labels;
  };
}
