import { expect, it } from "vitest";
import { createFeatureState, type FeatureDeclaration, planFeatures, type Vocabulary } from "../src/index.ts";

it("features are declared, fed and read by the public door alone", () => {
  const spent: FeatureDeclaration = {
    name: "spent_1d",
    entity: ["customer"],
    aggregate: { kind: "sum", measure: "amount" },
    window: 86_400,
    delay: 0,
    smoothing: 0,
  };
  const vocabulary: Vocabulary = {
    entities: new Map([["customer", { count: 10, rows: new Int32Array(0) }]]),
    measures: new Map([["amount", { values: new Float64Array(0) }]]),
    attributes: new Map(),
  };
  const state = createFeatureState(planFeatures([spent], vocabulary), vocabulary);
  for (const [time, amount] of [
    [0, 20],
    [3600, 5],
  ]) {
    expect(state.apply({ time, keys: { customer: 3 }, measures: { amount } })).toBeUndefined();
  }
  const values = new Float64Array(1);
  state.read({ time: 7200, keys: { customer: 3 } }, values);
  expect(values[0]).toBe(25);
  // A day after the first payment only the second is inside the window.
  state.read({ time: 86_400 + 1800, keys: { customer: 3 } }, values);
  expect(values[0]).toBe(5);
});
