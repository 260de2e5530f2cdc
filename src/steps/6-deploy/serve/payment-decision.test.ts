import { beforeEach, describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { createFeatureState } from "../../3-data/features/feature-state.ts";
import { TRANSACTION, transactionStream } from "../../3-data/features/transaction-stream.ts";
import { simulatePayments } from "../../3-data/sources/simulated-payments.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../../4-model/models/rule-list.ts";
import { createPaymentDecider, type PaymentDecider, type PaymentModel } from "./payment-decision.ts";

const DAY = 86_400;
const DECLARED: readonly FeatureDeclaration[] = [
  {
    name: "amount",
    entity: ["transaction"],
    aggregate: { kind: "value", column: "amount" },
    window: 1,
    delay: 0,
    smoothing: 0,
  },
  {
    name: "count",
    entity: ["customer"],
    aggregate: { kind: "count" },
    window: DAY,
    delay: 0,
    smoothing: 0,
    current: "transaction",
  },
];
const world = simulatePayments({ customers: 5, terminals: 5, days: 2 }, createRandom(1));
const rules = unwrap(
  openRules({ format: "heptad rule list", version: 1, rules: ["amount > 220"] }, ["amount", "count"]),
);

/** Trees that have learned that amounts from 100 on are fraud. */
async function learn(): Promise<PaymentModel> {
  const amount = Float64Array.from({ length: 400 }, (_, row) => row);
  const count = new Float64Array(400).fill(1);
  const labels = Uint8Array.from(amount, (one) => Number(one >= 100));
  const rows = { features: createTable({ amount, count }), labels };
  const trained = unwrap(await trainTrees(rows, { objective: "log-loss", trees: 20 }, { random: createRandom(2) }));
  return { trees: trained.model, calibration: { method: "none" }, threshold: 0.5 };
}

const open = () => createFeatureState(DECLARED, transactionStream(world), TRANSACTION);
const payment = { id: "a", time: 1000 * DAY, customer: 1, terminal: 2, amount: 20 };

describe("a decision about a payment", () => {
  let model: PaymentModel;
  let decider: PaymentDecider;
  beforeEach(async () => {
    model = await learn();
    decider = createPaymentDecider(open(), rules, model);
    decider.decide(payment);
  });

  it("comes from the model, with reasons where it is a review", () => {
    expect(decider.decide({ ...payment, id: "b" })).toMatchObject({ decision: "approve", by: "model", reasons: [] });
    expect(decider.decide({ ...payment, id: "c", amount: 200 })).toMatchObject({
      decision: "review",
      by: "model",
      reasons: ["amount"],
    });
  });

  it.each([
    ["a duplicate", { ...payment }, "duplicate", "approve"],
    ["a payment from the past", { ...payment, id: "b", time: 999 * DAY }, "from the past", "approve"],
    [
      "a payment from the past that a rule holds for",
      { ...payment, id: "b", time: 0, amount: 500 },
      "from the past",
      "review",
    ],
    ["a clock that jumps", { ...payment, id: "b", time: 1010 * DAY }, "clock jump", "approve"],
    ["a negative amount", { ...payment, id: "b", amount: -1 }, "bad amount", "review"],
    ["an absurd amount", { ...payment, id: "b", amount: 1e12 }, "bad amount", "review"],
    ["an amount that is no number", { ...payment, id: "b", amount: Number.NaN }, "bad amount", "review"],
    ["a time that is no number", { ...payment, id: "b", time: Number.NaN }, "bad time", "review"],
    ["a card that is none", { ...payment, id: "b", customer: -1 }, "unknown card", "review"],
  ] as const)("is left to the rules for %s, counted, and changes no state", async (_, bad, fault, decision) => {
    const clean = createPaymentDecider(open(), rules, model);
    clean.decide(payment);
    const decided = decider.decide(bad);
    expect(decided).toMatchObject({ decision, by: "rules", probability: null });
    expect(decided.reasons[0]).toBe(fault);
    expect(decider.faults.get(fault)).toBe(1);
    const next = { ...payment, id: "next", time: payment.time + 60 };
    expect(decider.decide(next)).toEqual(clean.decide(next));
  });

  it("believes a later clock once many payments agree on it", () => {
    const later = Array.from({ length: 25 }, (_, at) => ({ ...payment, id: `later ${at}`, time: 1010 * DAY + at }));
    const deciders = later.map((one) => decider.decide(one).by);
    expect(deciders.slice(0, 19)).toEqual(Array.from({ length: 19 }, () => "rules"));
    expect(deciders.slice(19)).toEqual(Array.from({ length: 6 }, () => "model"));
  });

  it("comes from the rules without a model", () => {
    const bare = createPaymentDecider(open(), rules, undefined);
    expect(bare.decide(payment)).toMatchObject({ decision: "approve", by: "rules" });
    expect(bare.decide({ ...payment, id: "b", amount: 300 })).toMatchObject({
      decision: "review",
      reasons: ["no model", "amount > 220"],
    });
    expect(bare.faults.get("no model")).toBe(2);
  });
});
