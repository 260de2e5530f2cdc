import { describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { createRandom } from "../../core/random.ts";
import { buildFeatures } from "../../steps/3-data/features/build-features.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { planFeatures } from "../../steps/3-data/features/feature-plan.ts";
import { replayPayments } from "./replay-payments.ts";
import { simulatePayments } from "./simulated-payments.ts";
import { transactionRequests, transactionStream } from "./transaction-stream.ts";

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

  it("are the same when the replay starts where the windows do", () => {
    const from = Math.floor(0.8 * payments.count);
    const seen: (readonly [number, ...number[]])[] = [];
    replayPayments(DECLARED, payments).advance(payments.count, (row, features) => {
      if (row >= from) seen.push([row, ...features]);
    });
    const again: typeof seen = [];
    const replay = replayPayments(DECLARED, payments, from);
    replay.advance(from);
    replay.advance(payments.count, (row, features) => again.push([row, ...features]));
    expect(replay.state.applied).toBeLessThan(payments.count);
    expect(again).toEqual(seen);
  });

  it("take memory for the windows, not for the history", () => {
    const bytesAfter = (days: number): number => {
      const all = simulatePayments({ customers: 80, terminals: 60, days: 200 }, createRandom(8));
      const replay = replayPayments(DECLARED, all);
      replay.advance(all.time.findIndex((time) => time >= all.time[0] + days * DAY));
      return [...replay.state.bytes().values()].reduce((sum, bytes) => sum + bytes, 0);
    };
    expect(bytesAfter(190)).toBeLessThan(1.5 * bytesAfter(60));
  });
});
