import { describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { openPaymentState, type PaymentState } from "./payment-state.ts";

const rest = { window: 30 * DAY, delay: 0, smoothing: 0 };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...rest, name: "count", entity: ["terminal"], aggregate: { kind: "count" } },
  { ...rest, name: "mean", entity: ["terminal"], aggregate: { kind: "mean", measure: "amount" } },
  { ...rest, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" } },
  { ...rest, name: "spent", entity: ["customer"], aggregate: { kind: "sum", measure: "amount" }, window: DAY },
];
const BEGIN = 1.6e9;
const LONG = 3000;

/** Many payments at one terminal, so that its list is continued in full runs; one in seven is told to be fraud. */
function honest(state: PaymentState): void {
  for (let at = 0; at < LONG; at++) {
    const payment = { id: `h${at}`, time: BEGIN + at * 10, customer: at % 50, terminal: 7, amount: (at % 997) / 100 };
    expect(state.take(payment)).toBeUndefined();
    if (at % 7 === 0) state.label({ ...payment, fraud: true });
  }
}

function featuresOf(state: PaymentState, time: number): readonly number[] {
  return [3, 4, 60].flatMap((customer) => {
    const values = new Float64Array(state.names.length);
    expect(state.read({ id: "?", time, customer, terminal: 7, amount: 1 }, values)).toBeUndefined();
    return [...values];
  });
}

describe("a clock that is set back", () => {
  it("takes out of long lists what lay beyond, and leaves every other payment with its label as it was", () => {
    const [met, calm, toldAgain] = [1, 2, 3].map(() => openPaymentState(DECLARED));
    for (const state of [met, calm, toldAgain]) honest(state);
    const end = BEGIN + LONG * 10;
    // Three who collude, five hours ahead; none of them is told when it arrived.
    for (let at = 0; at < 900; at++) {
      const payment = {
        id: `a${at}`,
        time: end + 5 * 3600 + at,
        customer: 100 + (at % 3),
        terminal: 7,
        amount: 500,
      };
      const refusal = met.take(payment);
      expect(toldAgain.take(payment, undefined, refusal === undefined)).toBe(refusal);
    }
    expect(met.features.newest).toBeGreaterThan(end + 5 * 3600);
    for (let at = 0; at < 30; at++) {
      const time = end + 60 + at;
      const payment = { id: `n${at}`, time, customer: 200 + at, terminal: 7, amount: 3 };
      const refusal = met.take(payment, time + 1);
      expect(refusal).toBe(at < 19 ? "from-the-past" : undefined);
      if (refusal === undefined) calm.take(payment, time + 1);
      expect(toldAgain.take(payment, time + 1, refusal === undefined)).toBe(refusal);
    }
    expect(met.features.refusedEvents["set-aside"]).toBe(met.features.applied - LONG - 11);
    expect(toldAgain.features.refusedEvents).toEqual(met.features.refusedEvents);
    // No window is cut: nothing of thirty days had been dropped, and it is said for five hours all the same.
    expect(met.features.wholeFrom).toBeGreaterThan(end);
    const reopened = openPaymentState(DECLARED);
    reopened.features.restore(met.features.save());
    for (const after of [120, 3600, 6 * 3600, 2 * DAY]) {
      const expected = featuresOf(calm, end + after);
      expect(featuresOf(met, end + after)).toEqual(expected);
      expect(featuresOf(reopened, end + after)).toEqual(expected);
      expect(featuresOf(toldAgain, end + after)).toEqual(expected);
    }
  });
});
