import { describe, expect, it } from "vitest";
import { FailureError } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { simulatePayments } from "../sources/simulated-payments.ts";
import { buildFeatures } from "./build-features.ts";
import { createEntityLog } from "./entity-log.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { planFeatures } from "./feature-plan.ts";
import { replayPayments } from "./replay-payments.ts";
import { transactionRequests, transactionStream } from "./transaction-stream.ts";

const DAY = 86_400;
const common = { smoothing: 0, delay: 0, window: 3 * DAY };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...common, name: "night", entity: ["transaction"], aggregate: { kind: "value", column: "night" } },
  { ...common, name: "count", entity: ["customer"], aggregate: { kind: "count" }, current: "transaction" },
  { ...common, name: "mean", entity: ["customer"], aggregate: { kind: "mean", measure: "amount" }, window: 9 * DAY },
  { ...common, name: "since", entity: ["customer"], aggregate: { kind: "recency" } },
  { ...common, name: "seen", entity: ["terminal"], aggregate: { kind: "count" }, delay: 7 * DAY },
  { ...common, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" }, delay: 7 * DAY },
  {
    ...common,
    name: "frauds",
    entity: ["terminal"],
    aggregate: { kind: "sum", measure: "fraud" },
    delay: 5 * DAY,
    window: 20 * DAY,
  },
];

describe("features read while serving", () => {
  const payments = simulatePayments({ customers: 80, terminals: 60, days: 60 }, createRandom(8));

  it("equal the batch's on every row, to the last bit", () => {
    const stream = transactionStream(payments);
    const rows = Int32Array.from({ length: payments.count }, (_, row) => row);
    const batch = buildFeatures(planFeatures(DECLARED, stream), stream, transactionRequests(payments, rows));
    const columns = DECLARED.map(({ name }) => batch.get(name) ?? new Float64Array(0));
    let [compared, differing] = [0, 0];
    replayPayments(DECLARED, payments).advance(payments.count, (row, features) => {
      compared++;
      if (columns.some((column, at) => !Object.is(column[row], features[at]))) differing++;
    });
    expect([compared, differing]).toEqual([payments.count, 0]);
    expect(payments.fraud.some((label) => label === 1)).toBe(true);
  });

  it("take memory for the windows, not for the history", () => {
    const bytesAfter = (days: number): number => {
      const all = simulatePayments({ customers: 80, terminals: 60, days: 200 }, createRandom(8));
      const replay = replayPayments(DECLARED, all);
      replay.advance(all.time.findIndex((time) => time >= all.time[0] + days * DAY));
      return replay.state.bytes();
    };
    expect(bytesAfter(190)).toBeLessThan(2.5 * bytesAfter(60));
  });

  it.each([
    { ...common, name: "f", entity: ["customer"], aggregate: { kind: "count" }, window: Number.POSITIVE_INFINITY },
    { ...common, name: "f", entity: ["customer", "terminal"], aggregate: { kind: "count" } },
  ] satisfies FeatureDeclaration[])("are refused where memory has no bound or keys are several", (declared) => {
    expect(() => replayPayments([declared], payments)).toThrow(FailureError);
  });
});

describe("the log of an entity", () => {
  it("puts an event from the past in its place", () => {
    const log = createEntityLog(1, 100);
    for (const time of [10, 30, 20, 20]) log.add(3, time, [time]);
    expect([log.count(3, 10, 20), log.count(3, 20, 31), log.sum(3, 0, 10, 30)]).toEqual([1, 3, 50]);
    expect([log.last(3, 0, 30), log.last(3, 31, 40), log.count(4, 0, 99)]).toEqual([20, Number.NEGATIVE_INFINITY, 0]);
  });

  it("forgets what no window reaches, and says so of a late label", () => {
    const log = createEntityLog(1, 10);
    for (let time = 0; time < 1000; time++) log.add(0, time, [0]);
    expect(log.bytes()).toBeLessThan(2500);
    expect(log.revise(0, 1, 0, 1)).toBe(false);
    expect(log.revise(0, 999, 0, 1)).toBe(true);
    expect(log.sum(0, 0, 989, 1000)).toBe(1);
  });
});
