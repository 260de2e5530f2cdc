/** Replays payments as production would have met them: labels arrive after their delay, features are read, then the payment is taken. */

import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { readsLabel } from "../../steps/3-data/features/label-delay.ts";
import { createFeatureState, type FeatureState } from "../../steps/6-deploy/serve/feature-state.ts";
import { TRANSACTION, transactionStream } from "./transaction-stream.ts";
import { LABEL, type Transactions } from "./transactions.ts";

export interface PaymentReplay {
  readonly state: FeatureState;
  /**
   * Goes on up to row `until`: `visit` is called with each row and its features before the payment is taken. Throws when the state
   * refuses a payment or a label: all are real ones.
   */
  advance(until: number, visit?: (row: number, features: Float64Array) => void): void;
}

/**
 * Starts with the first payment that a window of row `from` reaches: what lies before it is forgotten by then. A label arrives when the
 * first feature may use it, not earlier.
 */
export function replayPayments(
  declarations: readonly FeatureDeclaration[],
  transactions: Transactions,
  from = 0,
): PaymentReplay {
  const { time, customer, terminal, amount, fraud } = transactions;
  const stream = transactionStream(transactions);
  const state = createFeatureState(planFeatures(declarations, stream), stream, { jump: Number.POSITIVE_INFINITY });
  const delay = Math.min(...declarations.map((one) => (readsLabel(one, LABEL) ? one.delay : Number.POSITIVE_INFINITY)));
  const features = new Float64Array(declarations.length);
  // Filled again for each payment: there are millions.
  const payment = {
    time: 0,
    keys: { customer: 0, terminal: 0, [TRANSACTION]: 0 },
    measures: { amount: 0, [LABEL]: 0 },
  };
  const fill = (row: number): void => {
    payment.time = time[row];
    payment.keys.customer = customer[row];
    payment.keys.terminal = terminal[row];
    payment.keys[TRANSACTION] = row;
    payment.measures.amount = amount[row];
  };
  const check = (refusal: string | undefined, row: number): void => {
    if (refusal !== undefined) throw new Error(`the state refuses row ${row}: ${refusal}`);
  };
  const reach = Math.max(0, ...declarations.map(({ window, delay }) => window + delay));
  const first = Math.max(
    0,
    time.findIndex((one) => one >= time[from] - reach),
  );
  let [next, labelled] = [first, first];
  return {
    state,
    advance(until, visit) {
      for (; next < until; next++) {
        for (; time[labelled] < time[next] - delay; labelled++) {
          if (fraud[labelled] === 0) continue;
          fill(labelled);
          check(state.revise(payment, LABEL, 1), labelled);
        }
        fill(next);
        if (visit !== undefined) {
          check(state.read(payment, features), next);
          visit(next, features);
        }
        check(state.apply(payment), next);
      }
    },
  };
}
