/** Payments and labels that cannot be right, each kind made from an honest payment: what the decision path has to live with. */

import { DAY } from "../../core/day.ts";
import type { PaymentFault } from "./decision-counts.ts";
import type { IncomingPayment, PaymentLabel } from "./payment-state.ts";
import { KEYS } from "./payment-vocabulary.ts";

export interface HostileKind {
  /** With an article, for people: `a duplicate id`. */
  readonly name: string;
  /** What the path has to say about it; undefined for what only looks strange, and is taken. */
  readonly fault: PaymentFault | undefined;
  /** Made from the newest honest payment; `number` is another one each time. */
  make(newest: IncomingPayment, number: number): IncomingPayment | PaymentLabel;
}

export const HOSTILE_KINDS: readonly HostileKind[] = [
  { name: "a new card", fault: undefined, make: changed((_, number) => ({ customer: KEYS - 1 - number })) },
  { name: "a payment from the past", fault: "from-the-past", make: changed(({ time }) => ({ time: time - 30 * DAY })) },
  { name: "a duplicate id", fault: "duplicate", make: (newest) => newest },
  { name: "a customer that is no number", fault: "missing-entity", make: changed(() => ({ customer: Number.NaN })) },
  { name: "a terminal beyond all numbers", fault: "missing-entity", make: changed(() => ({ terminal: KEYS })) },
  { name: "a negative amount", fault: "bad-amount", make: changed(() => ({ amount: -1 })) },
  { name: "an absurd amount", fault: "bad-amount", make: changed(() => ({ amount: 1e12 })) },
  { name: "an amount that is NaN", fault: "bad-amount", make: changed(() => ({ amount: Number.NaN })) },
  { name: "a time that is NaN", fault: "bad-time", make: changed(() => ({ time: Number.NaN })) },
  { name: "a clock that jumps", fault: "clock-jump", make: changed(({ time }) => ({ time: time + 400 * DAY })) },
  {
    name: "a label of no payment",
    fault: "unknown-event",
    make: ({ time, customer, terminal }) => ({ time: time - 0.5, customer, terminal, fraud: true }),
  },
];

/** The newest payment under an id of its own, with something changed. */
function changed(
  change: (newest: IncomingPayment, number: number) => Partial<IncomingPayment>,
): (newest: IncomingPayment, number: number) => IncomingPayment {
  return (newest, number) => ({ ...newest, id: `hostile ${number}`, ...change(newest, number) });
}
