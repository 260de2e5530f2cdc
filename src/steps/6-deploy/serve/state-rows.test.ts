import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredFeature as feature } from "../../../../test/declared-feature.ts";
import type { EventStream } from "../../3-data/features/event-stream.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { planFeatures } from "../../3-data/features/feature-plan.ts";
import { createFeatureState, type FeatureState } from "./feature-state.ts";
import type { ManyRequests } from "./state-rows.ts";

/** Of a shop; the second sells several, the third nothing. */
const GOODS: readonly (readonly number[])[] = [[0], [0, 1, 2], [], [1, 2]];

const STREAM: EventStream = {
  time: new Float64Array(0),
  entities: new Map([
    ["customer", { count: 3, rows: new Int32Array(0) }],
    ["shop", { count: 4, rows: new Int32Array(0) }],
    ["good", { count: 3, rows: new Int32Array(0) }],
  ]),
  measures: new Map([["amount", { values: new Float64Array(0) }]]),
  attributes: new Map([["shop", new Map([["opened", Float64Array.of(0, 5, 10, Number.NaN)]])]]),
};

const DECLARED: readonly FeatureDeclaration[] = [
  feature("events", ["customer"], { kind: "count" }),
  feature("mean", ["shop"], { kind: "mean", measure: "amount" }, { window: 9, smoothing: 2 }),
  feature("since", ["shop"], { kind: "recency" }, { window: 12, delay: 1 }),
  feature("since_ever", ["shop"], { kind: "recency" }),
  feature("affinity", ["customer", "good"], { kind: "mean", measure: "amount" }, { window: 15, smoothing: 3 }),
  feature("sold", ["good"], { kind: "sum", measure: "amount" }),
  feature("age", ["shop"], { kind: "age", column: "opened" }),
  feature("opened", ["shop"], { kind: "value", column: "opened" }),
  feature("plain_mean", ["shop"], { kind: "mean", measure: "amount" }, { window: 20 }),
  feature("share", ["shop"], {
    kind: "ratio",
    numerator: { kind: "feature", name: "mean" },
    denominator: { kind: "feature", name: "sold" },
  }),
];

interface Sale {
  readonly time: number;
  readonly customer: number;
  readonly shop: number;
  readonly amount: number;
}

function stateOf(sales: readonly Sale[], keptTotals: number): FeatureState {
  const state = createFeatureState(planFeatures(DECLARED, STREAM), STREAM, { lateness: 100, keptTotals });
  for (const { time, customer, shop, amount } of sales) tell(state, { time, customer, shop, amount });
  return state;
}

function tell(state: FeatureState, { time, customer, shop, amount }: Sale): void {
  state.apply({ time, keys: { customer, shop, good: GOODS[shop] ?? [] }, measures: { amount } });
}

/** One after the other, by `read`. */
function oneByOne(state: FeatureState, { time, count, shared, own }: ManyRequests): Float64Array {
  const width = state.names.length;
  const values = new Float64Array(count * width);
  for (let row = 0; row < count; row++) {
    const mine = Object.fromEntries(Object.entries(own).map(([name, keys]) => [name, keys[row]]));
    state.read({ time, keys: { ...shared, ...mine } }, values.subarray(row * width, (row + 1) * width));
  }
  return values;
}

function expectAlike(many: FeatureState, single: FeatureState, requests: ManyRequests): void {
  const values = new Float64Array(requests.count * many.names.length).fill(7);
  many.readMany(requests, values);
  expect(values).toEqual(oneByOne(single, requests));
  expect(many.refusedRequests).toEqual(single.refusedRequests);
}

/** A customer and several shops. */
function listOf(time: number, customer: number, shops: readonly number[]): ManyRequests {
  const own = { shop: shops, good: shops.map((shop) => GOODS[shop] ?? []) };
  return { time, count: shops.length, shared: { customer }, own };
}

const aShop = fc.integer({ min: -1, max: 4 });
const aSale: fc.Arbitrary<Sale> = fc.record({
  time: fc.integer({ min: 0, max: 40 }),
  customer: fc.integer({ min: 0, max: 2 }),
  shop: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: -500, max: 2000 }).map((cents) => cents / 100),
});
const aList = fc.tuple(
  fc.integer({ min: 35, max: 60 }),
  fc.integer({ min: -1, max: 2 }),
  fc.array(aShop, { maxLength: 9 }),
);

describe("features of many requests of one moment", () => {
  it("are those of each, with the same counts of what nobody knows, whatever is told in between and whether totals are kept or not", () => {
    fc.assert(
      fc.property(
        fc.array(aSale, { maxLength: 40 }),
        fc.array(fc.tuple(aList, aSale), { maxLength: 6 }),
        (sales, asked) => {
          for (const kept of [0, 4]) {
            const [many, single] = [stateOf(sales, kept), stateOf(sales, 0)];
            for (const [[time, customer, shops], sale] of asked) {
              expectAlike(many, single, listOf(time, customer, shops));
              for (const state of [many, single]) tell(state, sale);
            }
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("may share any of their keys, and differ in any", () => {
    const sales = [0, 1, 2, 3, 4, 5].map((at) => ({ time: at, customer: at % 3, shop: at % 4, amount: at + 0.25 }));
    const [many, single] = [stateOf(sales, 4), stateOf(sales, 0)];
    expectAlike(many, single, { time: 6, count: 3, shared: { shop: 1, good: [0, 1] }, own: { customer: [2, 0, 1] } });
    expectAlike(many, single, { time: 6, count: 2, shared: { customer: 1, shop: 1, good: 2 }, own: {} });
    expectAlike(many, single, { time: 7, count: 0, shared: { customer: 1 }, own: { shop: [], good: [] } });
    expectAlike(many, single, listOf(6, 2, [3, 2, 1, 0, 0]));
  });

  it("leave what is asked of one alone, before them and again, as it was", () => {
    const sales = [0, 3, 6].map((time) => ({ time, customer: 0, shop: 0, amount: 1 }));
    const [many, single] = [stateOf(sales, 0), stateOf(sales, 0)];
    const before = listOf(7, 0, [0]);
    for (const [time, shop] of [
      [7, 0],
      [30, 1],
    ])
      many.readMany(listOf(time, 0, [shop]), new Float64Array(many.names.length));
    expect(oneByOne(many, before)).toEqual(oneByOne(single, before));
    many.readMany(listOf(30, 0, [1]), new Float64Array(many.names.length));
    expect(oneByOne(many, before)).toEqual(oneByOne(single, before));
  });

  it("are none where the moment is none, or lies too far back, or an entity is missing", () => {
    const sales = [{ time: 1000, customer: 0, shop: 0, amount: 1 }];
    const [many, single] = [stateOf(sales, 4), stateOf(sales, 0)];
    expectAlike(many, single, listOf(Number.NaN, 0, [0, 1]));
    expectAlike(many, single, listOf(899, 0, [0, 1]));
    expectAlike(many, single, { time: 1001, count: 2, shared: { customer: 0 }, own: { shop: [0, 1] } });
    expect(many.refusedRequests["missing-entity"]).toBe(2);
  });

  it("are none of those whose sums are too large to be exact, and stay those of the others", () => {
    const sales = Array.from({ length: 1200 }, (_, at) => ({
      time: at / 1200,
      customer: 0,
      shop: 1,
      amount: 2 ** 23 - 1,
    }));
    const few = [{ time: 1, customer: 1, shop: 0, amount: 3 }];
    const [many, single] = [stateOf([...sales, ...few], 4), stateOf([...sales, ...few], 0)];
    expectAlike(many, single, listOf(2, 1, [0, 1, 2]));
    expect(many.refusedRequests["sum-not-exact"]).toBeGreaterThan(0);
  });
});
