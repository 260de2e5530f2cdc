import { beforeAll, describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { unwrap } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { createTable } from "../../core/table.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { trainTrees } from "../../steps/4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../../steps/4-model/models/rule-list.ts";
import { createPaymentDecider, type PaymentDeciderParts } from "./payment-decision.ts";
import { openRetelling } from "./payment-retelling.ts";
import { TRANSACTION } from "./transaction-stream.ts";

const rest = { window: DAY, delay: 0, smoothing: 0 };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...rest, name: "amount", entity: [TRANSACTION], aggregate: { kind: "value", column: "amount" } },
  { ...rest, name: "count", entity: ["customer"], aggregate: { kind: "count" }, current: TRANSACTION },
  { ...rest, name: "week", entity: ["customer"], aggregate: { kind: "sum", measure: "amount" }, window: 7 * DAY },
  { ...rest, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" }, delay: 60 },
];

let parts: PaymentDeciderParts;
beforeAll(async () => {
  const amount = Float64Array.from({ length: 800 }, (_, row) => row % 400);
  const count = Float64Array.from({ length: 800 }, (_, row) => 1 + (row % 8));
  const risk = Float64Array.from({ length: 800 }, (_, row) => (row % 5) / 5);
  const labels = Uint8Array.from(amount, (one, row) => Number(one >= 100 || count[row] >= 5 || risk[row] > 0.5));
  const rows = { features: createTable({ amount, count, risk }), labels };
  const trained = unwrap(await trainTrees(rows, { objective: "log-loss", trees: 40 }, { random: createRandom(2) }));
  const names = DECLARED.map(({ name }) => name);
  parts = {
    declarations: DECLARED,
    rules: unwrap(openRules({ format: "heptad rule list", version: 1, rules: ["amount > 220"] }, names)),
    model: { trees: trained.model, calibration: { method: "none" }, threshold: 0.5 },
  };
});

describe("payments told again", () => {
  it.each([1, 2, 3])("leave a decider as if it had decided each of them, whatever was wrong with them (%s)", (seed) => {
    const random = createRandom(seed, "told again");
    const [decided, told] = [createPaymentDecider(parts), createPaymentDecider(parts)];
    const retelling = openRetelling(told);
    let time = 1000 * DAY;
    const payment = (at: number) => {
      const chance = random.uniform();
      time += chance < 0.3 ? 0 : chance < 0.995 ? random.below(200) : random.below(2 * DAY);
      // Every other hundred begins with fifty of which hardly one is refused, and ends with one that may come twice.
      const wrong = at % 200 < 100 ? random.uniform() : at % 100 === 99 ? 0 : 0.5;
      return {
        // Some come twice, some late, some from a clock that stands ahead, some for more than anybody pays.
        id: `p${wrong < 0.05 ? random.below(at + 1) : at}`,
        time: time - (wrong < 0.1 ? random.below(5000) : 0) + (wrong > 0.98 ? random.below(10 * DAY) : 0),
        customer: random.below(7),
        terminal: random.below(4),
        amount: wrong > 0.95 && wrong < 0.96 ? 1e9 : random.below(15_000) / 100,
      };
    };
    const past: ReturnType<typeof payment>[] = [];
    let waiting: (() => void)[] = [];
    let clean = 0;
    for (let at = 0; at < 4000; at++) {
      const one = payment(at);
      past.push(one);
      const arrived = random.uniform() < 0.9 ? time : undefined;
      decided.decide(one, arrived);
      waiting.push(() => told.remember(one, arrived));
      if (random.uniform() < 0.1) {
        const label = { ...past[random.below(past.length)], fraud: random.below(2) === 1 };
        decided.label(label);
        waiting.push(() => told.label(label));
      }
      if (at % 50 !== 49) continue;
      const tally: unknown = JSON.parse(JSON.stringify(openRetelling(decided).tally()));
      const { faults } = told.tally();
      retelling.hurry(true);
      retelling.expect(tally);
      for (const tell of waiting) tell();
      waiting = [];
      retelling.recount(tally);
      if (JSON.stringify(told.tally().faults) === JSON.stringify(faults)) clean++;
    }
    retelling.hurry(false);
    // Of both kinds there are many.
    expect(clean).toBeGreaterThan(10);
    expect(clean).toBeLessThan(60);
    expect(told.counts.decided).toBe(4000);
    expect(told.counts.faults.get("id-of-another")).toBeGreaterThan(10);
    expect(decided.counts.faults.size).toBeGreaterThan(3);
    expect(told.tally()).toEqual(decided.tally());
    expect(told.state.features.refusedEvents).toEqual(decided.state.features.refusedEvents);
    const [values, others] = [new Float64Array(DECLARED.length), new Float64Array(DECLARED.length)];
    for (let at = 4000; at < 4400; at++) {
      const one = payment(at);
      expect(told.decide(one)).toEqual(decided.decide(one));
      told.state.read(one, values);
      decided.state.read(one, others);
      expect(values).toEqual(others);
    }
    expect(told.tally()).toEqual(decided.tally());
  });

  it("are not begun over what is no tally of this version", () => {
    const retelling = openRetelling(createPaymentDecider(parts));
    const told = { decided: 1, reviewed: 0, labelled: 0, faults: {}, labelFaults: {}, refusedRequests: {} };
    expect(() => retelling.recount(told)).not.toThrow();
    const refused = { ...told, refusedRequests: { "missing-entity": 1 } };
    retelling.recount(refused);
    expect(retelling.tally()).toEqual(refused);
    for (const wrong of [undefined, 3, { ...told, decided: -1 }, { ...told, more: 1 }, { ...told, faults: { x: 0.5 } }])
      for (const take of [retelling.recount, retelling.expect])
        expect(() => take(wrong)).toThrow("none of this version");
  });
});
