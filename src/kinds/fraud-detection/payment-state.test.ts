import { expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { openPaymentState, type PaymentState } from "./payment-state.ts";
import { idOfRow } from "./row-ids.ts";

const RISK: FeatureDeclaration = {
  name: "risk",
  entity: ["terminal"],
  aggregate: { kind: "rate", measure: "fraud" },
  ...{ window: DAY, delay: 60, smoothing: 0 },
};

const COUNT: FeatureDeclaration = {
  name: "count",
  entity: ["customer"],
  aggregate: { kind: "count" },
  ...{ window: DAY, delay: 0, smoothing: 0 },
};

const payment = { id: "first", time: 1000 * DAY, customer: 1, terminal: 2, amount: 10 };

function riskOf(state: PaymentState): number {
  const values = new Float64Array(1);
  state.read({ ...payment, id: "later" }, values, payment.time + 3600);
  return values[0];
}

/** As earlier versions saved it: no mark before the payments that share a moment, and ids behind them in another form. */
function savedEarlier(state: PaymentState): Uint8Array {
  const saved = state.save();
  const features = 8 + new DataView(saved.buffer, saved.byteOffset).getFloat64(0, true);
  return Uint8Array.from([...saved.subarray(0, features), ...saved.subarray(features + 8)]);
}

it.each([
  ["this version", (state: PaymentState) => state.save()],
  ["an earlier one", savedEarlier],
])("payments that share their moment are told apart by what %s saved", (_, saved) => {
  const before = openPaymentState([RISK]);
  for (const id of ["first", "second"]) before.take({ ...payment, id });
  const state = openPaymentState([RISK]);
  state.restore(saved(before));
  state.take({ ...payment, id: "third" });
  expect(state.label({ ...payment, id: undefined, fraud: true })).toBe("several-payments");
  for (const [at, id] of ["second", "third", "first"].entries()) {
    expect(state.label({ ...payment, id, fraud: true })).toBeUndefined();
    expect(riskOf(state)).toBeCloseTo((at + 1) / 3);
    expect(state.labelled).toBe(at + 1);
  }
});

it("an id that its own card sends again is nobody else's, whatever pauses there were between payments", () => {
  const state = openPaymentState([]);
  const taken = (id: string, days: number) => {
    const time = payment.time + days * DAY;
    return state.take({ ...payment, id, time }, time);
  };
  const ids = [0, 0.5, 2, 2.6].map((days) => ({ days, id: `after ${days}` }));
  for (const { id, days } of ids) expect(taken(id, days)).toBeUndefined();
  expect(ids.map(({ id }) => taken(id, 2.6))).toEqual([undefined, undefined, "duplicate", "duplicate"]);
});

it("a snapshot of before ids were kept is read: its payments are there, under whichever id a label names", () => {
  const before = openPaymentState([RISK]);
  for (const at of [0, 1]) before.take({ ...payment, id: `p${at}`, terminal: at });
  const saved = before.save();
  const features = 8 + new DataView(saved.buffer, saved.byteOffset).getFloat64(0, true);
  const state = openPaymentState([RISK]);
  state.restore(saved.slice(0, features));
  expect(state.label({ ...payment, id: "any", terminal: 1, fraud: true })).toBeUndefined();
  expect(state.take({ ...payment, id: "p0", terminal: 1 })).toBe("duplicate");
});

it("a label's id is held against the payment's own as long as a late request could still see the label", () => {
  const state = openPaymentState([RISK]);
  state.take(payment);
  // Behind the window by less than requests may come late.
  for (const after of [DAY / 2, DAY + 60 + 1800]) {
    const time = payment.time + after;
    expect(state.take({ ...payment, id: `after ${after}`, time }, time)).toBeUndefined();
  }
  expect(state.label({ ...payment, id: "bogus", fraud: true })).toBe("unknown-event");
  expect(state.label({ ...payment, fraud: true })).toBeUndefined();
});

it.each([
  ["as it is", (state: PaymentState) => state],
  [
    "restored",
    (before: PaymentState) => {
      const state = openPaymentState([RISK, COUNT]);
      state.restore(before.save());
      return state;
    },
  ],
])("on one day without a clock time labels only payments of the very card at the very terminal, %s", (_, as) => {
  const before = openPaymentState([RISK, COUNT]);
  const paid = [
    [1, 2],
    [3, 4],
    [1, 4],
    [3, 5],
  ];
  for (const [at, [customer, terminal]] of paid.entries())
    expect(before.takeOfData({ ...payment, id: idOfRow(at), customer, terminal })).toBeUndefined();
  const state = as(before);
  const told = (customer: number, terminal: number) =>
    state.label({ time: payment.time, customer, terminal, fraud: true });
  for (const [customer, terminal] of [
    [3, 2],
    [1, 5],
    [1, 6],
  ])
    expect(told(customer, terminal)).toBe("unknown-event");
  expect(state.labelled).toBe(0);
  const risks = (): readonly number[] =>
    [2, 4, 5].map((terminal) => {
      const values = new Float64Array(2);
      state.read({ ...payment, terminal }, values, payment.time + 3600);
      return values[0];
    });
  expect(told(1, 4)).toBeUndefined();
  expect(risks()).toEqual([0, 0.5, 0]);
  expect(told(3, 4)).toBeUndefined();
  expect(risks()).toEqual([0, 1, 0]);
  expect(told(3, 5)).toBeUndefined();
  expect(risks()).toEqual([0, 1, 1]);
  expect(state.labelled).toBe(3);
});
