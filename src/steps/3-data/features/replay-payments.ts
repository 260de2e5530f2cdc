/** Replays payments as production would have met them: labels arrive after their delay, features are read, then the payment is added. */

import type { Transactions } from "../transactions.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { createFeatureState, type FeatureState, type ServedEvent } from "./feature-state.ts";
import { readsLabel } from "./label-delay.ts";
import { isNight, isWeekend, TRANSACTION, transactionStream } from "./transaction-stream.ts";

/** A payment on its way through the state; `open` fills it again for each one. */
export interface ReplayedPayment extends ServedEvent {
  time: number;
  readonly keys: Int32Array;
  readonly measures: Float64Array;
  readonly attributes: Float64Array;
}

export interface PaymentReplay {
  readonly state: FeatureState;
  /** Payment `row` as it comes in, its label unknown. The same object each time. */
  open(row: number): ReplayedPayment;
  /** Goes on up to row `until`: `visit` is called with each row and its features before the payment is added. */
  advance(until: number, visit?: (row: number, features: Float64Array) => void): void;
}

/** Starts before the first payment. A label arrives when the first feature may use it, not earlier. */
export function replayPayments(declarations: readonly FeatureDeclaration[], transactions: Transactions): PaymentReplay {
  const { time, customer, terminal, amount, fraud } = transactions;
  const state = createFeatureState(declarations, transactionStream(transactions), TRANSACTION);
  const delay = Math.min(...declarations.map((one) => (readsLabel(one) ? one.delay : Number.POSITIVE_INFINITY)));
  const payment = emptyPayment();
  const late = { time: 0, keys: new Int32Array(2) };
  const features = new Float64Array(declarations.length);
  let [next, labelled] = [0, 0];
  const open = (row: number): ReplayedPayment =>
    fillPayment(payment, time[row], customer[row], terminal[row], amount[row]);
  return {
    state,
    open,
    advance(until, visit) {
      for (; next < until; next++) {
        for (; time[labelled] < time[next] - delay; labelled++) {
          if (fraud[labelled] === 0) continue;
          late.time = time[labelled];
          late.keys[0] = customer[labelled];
          late.keys[1] = terminal[labelled];
          state.revise(late, "fraud", 1);
        }
        open(next);
        if (visit !== undefined) {
          state.read(payment, features);
          visit(next, features);
        }
        state.add(payment);
      }
    },
  };
}

/** A payment to be filled. */
export function emptyPayment(): ReplayedPayment {
  return { time: 0, keys: new Int32Array(2), measures: new Float64Array(2), attributes: new Float64Array(3) };
}

/** Fills a payment in the order of `transactionStream`: customer and terminal; amount and fraud; amount, weekend and night. */
export function fillPayment(
  payment: ReplayedPayment,
  time: number,
  customer: number,
  terminal: number,
  amount: number,
): ReplayedPayment {
  payment.time = time;
  payment.keys[0] = customer;
  payment.keys[1] = terminal;
  payment.measures[0] = amount;
  payment.measures[1] = 0;
  payment.attributes[0] = amount;
  payment.attributes[1] = isWeekend(time);
  payment.attributes[2] = isNight(time);
  return payment;
}
