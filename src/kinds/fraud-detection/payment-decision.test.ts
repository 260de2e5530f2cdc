import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { DAY } from "../../core/day.ts";
import { unwrap } from "../../core/outcome.ts";
import { createRandom } from "../../core/random.ts";
import { createTable } from "../../core/table.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { trainTrees } from "../../steps/4-model/models/gradient-boosted-trees.ts";
import { openRules } from "../../steps/4-model/models/rule-list.ts";
import type { DecidingModel } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import { createPaymentDecider, type PaymentDeciderParts, type RestorableDecider } from "./payment-decision.ts";
import type { IncomingPayment } from "./payment-state.ts";
import { KEYS } from "./payment-vocabulary.ts";
import { idOfRow } from "./row-ids.ts";
import { TRANSACTION } from "./transaction-stream.ts";

const rest = { window: DAY, delay: 0, smoothing: 0 };
const DECLARED: readonly FeatureDeclaration[] = [
  { ...rest, name: "amount", entity: [TRANSACTION], aggregate: { kind: "value", column: "amount" } },
  { ...rest, name: "night", entity: [TRANSACTION], aggregate: { kind: "value", column: "night" } },
  { ...rest, name: "count", entity: ["customer"], aggregate: { kind: "count" }, current: TRANSACTION },
  { ...rest, name: "risk", entity: ["terminal"], aggregate: { kind: "rate", measure: "fraud" }, delay: 60 },
];
const NAMES = DECLARED.map(({ name }) => name);
const rules = unwrap(
  openRules({ format: "heptad rule list", version: 1, rules: ["amount > 220", "risk > 0.5", "count > 3"] }, NAMES),
);

/** Trees that have learned that amounts from 100 on are fraud, and fifth payments of a day. */
async function learn(): Promise<DecidingModel> {
  const amount = Float64Array.from({ length: 800 }, (_, row) => row % 400);
  const count = Float64Array.from({ length: 800 }, (_, row) => 1 + (row % 8));
  const labels = Uint8Array.from(amount, (one, row) => Number(one >= 100 || count[row] >= 5));
  const rows = { features: createTable({ amount, count }), labels };
  const trained = unwrap(await trainTrees(rows, { objective: "log-loss", trees: 40 }, { random: createRandom(2) }));
  return { trees: trained.model, calibration: { method: "none" }, threshold: 0.5 };
}

const payment = { id: "a", time: 1000 * DAY, customer: 1, terminal: 2, amount: 20 };
const later = (id: string, change: Partial<IncomingPayment> = {}): IncomingPayment => ({
  ...payment,
  id,
  time: payment.time + 100,
  ...change,
});

let model: DecidingModel;
let parts: PaymentDeciderParts;
let decider: RestorableDecider;
beforeAll(async () => {
  model = await learn();
  parts = { declarations: DECLARED, rules, model };
});
beforeEach(() => {
  decider = createPaymentDecider(parts);
  decider.decide(payment);
});

describe("a decision about a payment", () => {
  it("comes from the model, with reasons where it is a review", () => {
    expect(decider.decide(later("b"))).toMatchObject({ decision: "approve", by: "model", reasons: [] });
    expect(decider.decide(later("c", { amount: 200 }))).toMatchObject({
      decision: "review",
      by: "model",
      reasons: ["amount"],
    });
    expect(decider.counts).toMatchObject({ decided: 3, reviewed: 1, faults: new Map() });
  });

  it("takes a card and a terminal that were never seen for new ones", () => {
    const stranger = later("b", { customer: KEYS - 1, terminal: 7_654_321 });
    expect(decider.decide(stranger)).toMatchObject({ decision: "approve", by: "model", reasons: [] });
    expect(decider.counts.faults.size).toBe(0);
    const again = Array.from({ length: 5 }, (_, at) =>
      decider.decide({ ...stranger, id: `b${at}`, time: stranger.time + 1 + at }),
    );
    expect(again.map(({ decision }) => decision)).toEqual(["approve", "approve", "approve", "review", "review"]);
    expect(again[4].reasons).toEqual(["count"]);
  });

  it.each([
    ["a payment from the past", { time: 999 * DAY }, "from-the-past", "approve", undefined],
    [
      "a payment from the past that a rule holds for",
      { time: 0, amount: 500 },
      "from-the-past",
      "review",
      "amount > 220",
    ],
    ["a clock that jumps", { time: 1010 * DAY }, "clock-jump", "approve", undefined],
    ["a negative amount", { amount: -1 }, "bad-amount", "review", undefined],
    ["an absurd amount", { amount: 1e12 }, "bad-amount", "review", "amount > 220"],
    ["an amount that is no number", { amount: Number.NaN }, "bad-amount", "review", undefined],
    ["an infinite amount", { amount: Number.POSITIVE_INFINITY }, "bad-amount", "review", "amount > 220"],
    ["a time that is no number", { time: Number.NaN }, "bad-time", "review", undefined],
    ["a time in milliseconds", { time: 1000 * DAY * 1000 }, "bad-time", "review", undefined],
    ["a negative amount from the past", { time: 0, amount: -1 }, "bad-amount", "review", undefined],
    ["the negative amount of a known id", { id: "a", amount: -1 }, "bad-amount", "review", undefined],
    ["a card that is none", { customer: -1 }, "missing-entity", "review", undefined],
    ["a card with half a number", { customer: 1.5 }, "missing-entity", "review", undefined],
    ["a terminal beyond all numbers", { terminal: KEYS }, "missing-entity", "review", undefined],
  ] as const)("is left to the rules for %s, counted, and changes no state", (_, change, fault, decision, rule) => {
    const clean = createPaymentDecider(parts);
    clean.decide(payment);
    const decided = decider.decide(later("bad", change));
    expect(decided).toEqual({ decision, by: "rules", probability: null, reasons: rule ? [fault, rule] : [fault] });
    expect(decider.counts.faults).toEqual(new Map([[fault, 1]]));
    const next = later("next");
    expect(decider.decide(next)).toEqual(clean.decide(next));
  });

  it("is the same for a payment that comes twice, says so, and counts it once", () => {
    const clean = createPaymentDecider(parts);
    clean.decide(payment);
    const large = later("b", { amount: 200 });
    const first = decider.decide(large);
    clean.decide(large);
    expect(decider.decide(large)).toEqual({ ...first, reasons: ["duplicate", ...first.reasons] });
    expect(decider.counts.faults).toEqual(new Map([["duplicate", 1]]));
    const next = later("next", { time: payment.time + 200 });
    expect(decider.decide(next)).toEqual(clean.decide(next));
  });

  it("is, for honest payments, the same with and without everything else among them", () => {
    const strange: fc.Arbitrary<Partial<IncomingPayment>> = fc.oneof(
      fc.record({
        amount: fc.oneof(fc.constantFrom(Number.NaN, -1, 1e7, Number.POSITIVE_INFINITY), fc.double({ max: -1 })),
      }),
      fc.record({
        time: fc.oneof(fc.constantFrom(Number.NaN, -1, 0, 1e12), fc.integer({ min: 2000 * DAY, max: 3000 * DAY })),
      }),
      fc.record({ customer: fc.constantFrom(-1, 0.5, KEYS, Number.NaN) }),
      fc.record({ terminal: fc.constantFrom(-1, 0.5, 2 ** 60, Number.NEGATIVE_INFINITY) }),
      fc.record({ id: fc.constant("a") }),
    );
    const usual = { customer: fc.nat(3), terminal: fc.nat(2), amount: fc.nat(300), gap: fc.nat(9000) };
    const incoming = fc.record({ ...usual, change: fc.option(strange, { nil: {} }) });
    fc.assert(
      fc.property(fc.array(incoming, { maxLength: 60 }), (all) => {
        const met = createPaymentDecider(parts);
        const calm = createPaymentDecider(parts);
        for (const path of [met, calm]) path.decide(payment);
        let { time } = payment;
        for (const [at, { gap, change, ...rest }] of all.entries()) {
          time += gap;
          const one = { id: `b${at}`, time, ...rest };
          const decided = met.decide({ ...one, ...change });
          if (Object.keys(change).length === 0) expect(decided).toEqual(calm.decide(one));
          else expect(decided.by === "rules" || decided.reasons[0] === "duplicate").toBe(true);
        }
      }),
    );
  });

  it("asks the rules as of the newest payment where a payment's own clock is wrong", () => {
    for (const at of [1, 2, 3]) decider.decide(later(`b${at}`, { time: payment.time + at }));
    expect(decider.decide(later("far", { time: 5000 * DAY }))).toMatchObject({
      decision: "review",
      reasons: ["clock-jump", "count > 3"],
    });
  });

  it("believes a later clock once twenty customers in a row agree on it, and never one customer alone", () => {
    for (let at = 0; at < 25; at++) decider.decide(later(`one ${at}`, { time: 5000 * DAY + at }));
    expect(decider.counts.faults).toEqual(new Map([["clock-jump", 25]]));
    expect(decider.decide(later("honest", { time: payment.time + 60 })).by).toBe("model");
    const far = Array.from({ length: 25 }, (_, at) =>
      decider.decide(later(`far ${at}`, { time: 1010 * DAY + at, customer: at })),
    );
    const first = far.findIndex(({ by }) => by === "model");
    expect(first).toBe(19);
    expect(far.slice(first).every(({ by }) => by === "model")).toBe(true);
    expect(decider.counts.faults).toEqual(new Map([["clock-jump", 25 + first]]));
  });

  it("is not moved by one customer who is 23.9 h ahead, nor step by step, and follows three who agree", () => {
    const honest = (name: string, seconds: number, customer: number) =>
      decider.decide(later(name, { time: payment.time + seconds, customer }));
    expect(decider.decide(later("early", { time: payment.time + 23.9 * 3600 })).reasons).toEqual(["clock-jump"]);
    // By steps of 50 minutes, each within what is believed at once of somebody new.
    const steps = Array.from({ length: 30 }, (_, at) =>
      decider.decide(later(`step ${at}`, { time: payment.time + (at + 1) * 3000, customer: 3 })),
    );
    expect(steps.filter(({ by }) => by === "model")).toHaveLength(1);
    for (let at = 0; at < 50; at++) expect(honest(`after ${at}`, 60 + at, at % 2).by).toBe("model");
    // A quiet night: the first two after it go by the rules, and three different customers bring the clock along.
    const night = [10, 11, 12, 13].map((customer, at) => honest(`morning ${at}`, 8 * 3600 + at, customer));
    expect(night.map(({ by }) => by)).toEqual(["rules", "rules", "model", "model"]);
  });

  /** Colluding customers, fifty minutes further with each payment, and honest ones among them: what is said to the honest. */
  const walk = (path: RestorableDecider, colluding: number, arrivals: (seconds: number) => number | undefined) =>
    Array.from({ length: 60 }, (_, at) => {
      const seconds = 100 + at * 30;
      for (let one = 0; one < colluding; one++) {
        const time = payment.time + (at + 1) * 3000 + one;
        path.decide(later(`${at} ${one}`, { time, customer: 100 + one, terminal: 9 }), arrivals(seconds));
      }
      const honest = later(`honest ${at}`, { time: payment.time + seconds, customer: at % 7, terminal: at % 3 });
      return path.decide(honest, arrivals(seconds));
    });

  it("is moved by no number of customers who collude, once it is told when payments arrive", () => {
    const arrived = (seconds: number): number => payment.time + seconds + 1;
    const calm = createPaymentDecider(parts);
    calm.decide(payment);
    const expected = walk(calm, 0, arrived);
    expect(new Set(expected.map(({ by }) => by))).toEqual(new Set(["model"]));
    for (const colluding of [2, 3, 25]) {
      const met = createPaymentDecider(parts);
      met.decide(payment);
      expect(walk(met, colluding, arrived)).toEqual(expected);
      expect(met.counts.faults).toEqual(new Map([["clock-jump", 60 * colluding]]));
      expect(met.state.features.newest).toBeLessThanOrEqual(arrived(100 + 59 * 30) + 300);
    }
    // Nobody else can say that a time is right: three who collude have the clock where arrivals are not told.
    const blind = createPaymentDecider(parts);
    blind.decide(payment);
    expect(walk(blind, 3, () => undefined).some(({ reasons }) => reasons[0] === "from-the-past")).toBe(true);
  });

  it("believes a payment of the morning at once where it has just arrived, and none ahead of a clock that is wrong", () => {
    const morning = (id: string, ahead = 0): IncomingPayment => later(id, { time: payment.time + 8 * 3600 + ahead });
    expect(decider.decide(morning("m"), payment.time + 8 * 3600 + 2).by).toBe("model");
    expect(decider.decide(morning("n", 299), payment.time + 8 * 3600).by).toBe("model");
    expect(decider.decide(morning("o", 400), payment.time + 8 * 3600).reasons).toEqual(["clock-jump"]);
    // The machine wakes in 1970: the rules decide, and nothing is lost.
    const before = decider.state.features.newest;
    const woken = Array.from({ length: 40 }, (_, at) => decider.decide(morning(`w${at}`, 500 + at), 5000 + at));
    expect(new Set(woken.map(({ reasons }) => reasons[0]))).toEqual(new Set(["clock-jump"]));
    expect(decider.state.features.newest).toBe(before);
    expect(decider.decide(morning("p", 600), payment.time + 8 * 3600 + 601)).toMatchObject({
      by: "model",
      reasons: [],
    });
  });

  it("comes back where the clock was moved ahead, takes out what lies beyond, and says for how long windows may be cut", () => {
    // Without arrivals three who collude have moved it by 50 hours.
    const calm = createPaymentDecider(parts);
    calm.decide(payment);
    for (let at = 1; at <= 60; at++)
      for (const one of [0, 1, 2])
        decider.decide(later(`${at} ${one}`, { time: payment.time + at * 3000 + one, customer: 100 + one }));
    const ahead = decider.state.features.newest;
    expect(ahead - payment.time).toBeGreaterThan(40 * 3600);
    const present = (path: RestorableDecider, at: number) =>
      path.decide(
        later(`present ${at}`, { time: payment.time + at * 60, customer: 30 + (at % 25), terminal: 5 }),
        payment.time + at * 60 + 1,
      );
    const decided = Array.from({ length: 200 }, (_, at) => present(decider, at + 1));
    for (let at = 0; at < 200; at++) present(calm, at + 1);
    expect(decided.slice(0, 19).every(({ reasons }) => reasons[0] === "from-the-past")).toBe(true);
    expect(decided.slice(19).every(({ by, reasons }) => by === "model" && reasons[0] === "cut-window")).toBe(true);
    expect(decider.counts.faults.get("cut-window")).toBe(181);
    // All that the state still held: three every fifty minutes for a day and an hour, and what no sweep has reached.
    expect(decider.state.features.refusedEvents["set-aside"]).toBeGreaterThanOrEqual(90);
    // Windows are a day long: a day after the way back they are whole again, and all is as if nobody had colluded.
    const next = (path: RestorableDecider, at: number) =>
      path.decide(
        later(`next ${at}`, { time: payment.time + 2 * DAY + at * 60, customer: 30 + (at % 3), terminal: 5 }),
        payment.time + 2 * DAY + at * 60,
      );
    const reopened = createPaymentDecider(parts);
    reopened.restore(decider.save());
    for (let at = 0; at < 50; at++) {
      const expected = next(calm, at);
      expect(expected).toMatchObject({ by: "model" });
      expect(next(decider, at)).toEqual(expected);
      expect(next(reopened, at)).toEqual(expected);
    }
  });

  it("needs a card and a terminal even where no feature asks for one", () => {
    const fewer = DECLARED.filter(({ entity }) => !entity.includes("terminal"));
    const narrow = createPaymentDecider({ ...parts, declarations: fewer });
    expect(narrow.decide({ ...payment, terminal: Number.NaN }).reasons).toEqual(["missing-entity"]);
    expect(narrow.decide(payment).by).toBe("model");
    expect(narrow.label({ ...payment, terminal: -1, fraud: true })).toBe("missing-entity");
  });

  it("comes from the rules without a model", () => {
    const bare = createPaymentDecider({ ...parts, model: undefined });
    expect(bare.decide(payment)).toMatchObject({ decision: "approve", by: "rules" });
    expect(bare.decide(later("b", { amount: 300 }))).toMatchObject({
      decision: "review",
      reasons: ["no-model", "amount > 220"],
    });
    expect(bare.counts.faults).toEqual(new Map([["no-model", 2]]));
  });

  it("comes from the rules when the model gives no number", () => {
    const broken = createPaymentDecider({
      ...parts,
      model: { ...model, trees: { ...model.trees, baseScore: Number.NaN } },
    });
    expect(broken.decide(payment)).toMatchObject({ by: "rules", reasons: ["model-failed"] });
  });

  it("rests on what the payment says of itself when the state is missing, and takes nothing", () => {
    for (const at of [1, 2, 3]) decider.decide(later(`b${at}`, { time: payment.time + at }));
    const before = decider.state.features.save();
    expect(decider.decideWithout(later("c"), "no-state")).toMatchObject({ decision: "approve", reasons: ["no-state"] });
    expect(decider.decideWithout(later("c", { amount: 300 }), "no-state").reasons).toEqual([
      "no-state",
      "amount > 220",
    ]);
    expect(decider.decideWithout(later("c"), "not-logged").reasons).toEqual(["not-logged", "count > 3"]);
    expect(decider.decideWithout(later("c", { amount: -1 }), "not-logged")).toMatchObject({
      decision: "review",
      reasons: ["bad-amount", "count > 3"],
    });
    expect(decider.state.features.save()).toEqual(before);
  });
});

describe("a label that arrives later", () => {
  const asked = later("asked", { customer: 9, time: payment.time + 500 });
  const { id: _, amount: __, ...label } = payment;
  it("raises the risk of its terminal, and lowers it when it is taken back", () => {
    const bare = createPaymentDecider({ ...parts, model: undefined });
    bare.decide(payment);
    expect(bare.decide(asked).reasons).toEqual(["no-model"]);
    expect(bare.label({ ...payment, fraud: true })).toBeUndefined();
    expect(bare.decide({ ...asked, id: "again" }).reasons).toEqual(["no-model", "risk > 0.5"]);
    expect(bare.label({ ...payment, fraud: false })).toBeUndefined();
    expect(bare.decide({ ...asked, id: "once more" }).reasons).toEqual(["no-model"]);
    expect(bare.counts.labelled).toBe(2);
  });

  it("is counted once however often it is told, and again where it says something else", () => {
    for (const fraud of [true, true, true, false, false, true]) {
      expect(decider.label({ ...label, fraud })).toBeUndefined();
      expect(decider.label({ ...payment, fraud })).toBeUndefined();
    }
    expect(decider.counts.labelled).toBe(3);
    expect(decider.counts.labelFaults).toEqual(new Map([["duplicate", 9]]));
  });

  it("is news the first time that it says no fraud, and once", () => {
    for (let again = 0; again < 3; again++) expect(decider.label({ ...label, fraud: false })).toBeUndefined();
    expect([decider.counts.labelled, decider.counts.labelFaults.get("duplicate")]).toEqual([1, 2]);
    decider.label({ ...label, fraud: true });
    decider.label({ ...label, fraud: false });
    expect([decider.counts.labelled, decider.counts.labelFaults.get("duplicate")]).toEqual([3, 2]);
  });

  it("is held against the payment's own id, and counted once, as long as its label may come", () => {
    const monthly = DECLARED.map((one) => (one.name === "risk" ? { ...one, window: 30 * DAY, delay: 7 * DAY } : one));
    // A week is a label's delay; a feature that looks back a month sees a label that comes five weeks after its payment.
    for (const [declarations, days] of [
      [monthly, 36],
      [DECLARED.filter(({ name }) => name !== "risk"), 1],
    ] as const) {
      const path = createPaymentDecider({ rules, model: undefined, declarations });
      path.decide(payment);
      let told = 0;
      for (let day = 0; day <= days; day++) {
        const time = payment.time + day * DAY - 1;
        if (day > 0) path.decide(later(`day ${day}`, { time, customer: 50 + day }), time);
        if (day > 0) expect(path.state.features.newest).toBe(time);
        expect([day, path.label({ ...label, id: "bogus", fraud: true })]).toEqual([day, "unknown-event"]);
        expect([day, path.label({ ...payment, fraud: day > 1 })]).toEqual([day, undefined]);
        told = day > 1 ? 2 : 1;
        expect([day, path.counts.labelled]).toEqual([day, told]);
        const reopened = createPaymentDecider({ rules, model: undefined, declarations });
        reopened.restore(path.save());
        expect(reopened.label({ ...label, id: "bogus", fraud: true })).toBe("unknown-event");
        reopened.label({ ...payment, fraud: day > 1 });
        expect(reopened.counts.labelled).toBe(told);
      }
    }
  });

  it("is refused once no window reaches its payment, whatever was told of it", () => {
    const path = createPaymentDecider({ ...parts, model: undefined });
    path.decide(payment);
    path.label({ ...payment, fraud: true });
    const time = payment.time + DAY + 3600 + 100;
    path.decide(later("far", { time, customer: 3 }), time);
    expect(path.label({ ...payment, fraud: false })).toBe("unknown-event");
    expect(path.counts.labelled).toBe(1);
  });

  it("labels no payment of another card, another terminal or another id", () => {
    decider.decide({ ...payment, id: "of another card", customer: 7, time: payment.time + 1 });
    const wrong = [
      { customer: 9998 },
      { customer: 7 },
      { id: "bogus" },
      { id: "of another card" },
      { id: "of another card", customer: 7 },
    ];
    const reopened = createPaymentDecider(parts);
    reopened.restore(decider.save());
    for (const path of [decider, reopened]) {
      for (const change of wrong) expect(path.label({ ...label, ...change, fraud: true })).toBe("unknown-event");
      expect(path.counts.labelled).toBe(0);
      expect(path.label({ ...label, id: payment.id, fraud: true })).toBeUndefined();
      expect(path.counts.labelled).toBe(1);
    }
  });

  it("labels a payment of the data by any id: there it stands under its row", () => {
    const fresh = createPaymentDecider(parts);
    fresh.state.takeOfData({ ...payment, id: idOfRow(17) });
    fresh.decide({ ...payment, id: "asked", time: payment.time + 5 });
    expect(fresh.label({ ...label, id: "tx-88f", fraud: true })).toBeUndefined();
    expect(fresh.label({ ...label, id: "tx-88f", time: payment.time + 5, fraud: true })).toBe("unknown-event");
    expect(fresh.counts.labelled).toBe(1);
  });

  it("of several payments of one moment labels none where its id is that of none", () => {
    const bare = createPaymentDecider({ ...parts, model: undefined });
    for (const id of ["first", "second", "third"]) bare.decide({ ...payment, id });
    expect(bare.label({ ...label, id: "zzz", fraud: true })).toBe("unknown-event");
    expect(bare.label({ ...label, id: "first", fraud: true })).toBeUndefined();
    expect(bare.counts.labelled).toBe(1);
  });

  it("names the payment that is meant where several have the same second, card and terminal", () => {
    const bare = createPaymentDecider({ ...parts, model: undefined });
    for (const id of ["first", "second", "third"]) bare.decide({ ...payment, id });
    // Taken once, however often it is sent.
    bare.decide({ ...payment, id: "second" });
    const riskOf = (path: RestorableDecider): number => {
      const features = new Float64Array(path.state.names.length);
      path.state.read(asked, features);
      return features[path.state.names.indexOf("risk")];
    };
    expect(bare.label({ ...label, fraud: true })).toBe("several-payments");
    expect(bare.counts.labelFaults).toEqual(new Map([["several-payments", 1]]));
    expect(riskOf(bare)).toBe(0);
    expect(bare.label({ ...label, id: "third", fraud: true })).toBeUndefined();
    expect(riskOf(bare)).toBeCloseTo(1 / 3);
    const reopened = createPaymentDecider({ ...parts, model: undefined });
    reopened.restore(bare.save());
    for (const path of [bare, reopened]) {
      expect(path.label({ ...label, id: "third", fraud: true })).toBeUndefined();
      expect(riskOf(path)).toBeCloseTo(1 / 3);
      path.label({ ...label, id: "first", fraud: true });
      expect(riskOf(path)).toBeCloseTo(2 / 3);
      path.label({ ...label, id: "second", fraud: true });
      expect(riskOf(path)).toBe(1);
      path.label({ ...label, id: "third", fraud: false });
      expect(riskOf(path)).toBeCloseTo(2 / 3);
      expect(path.label({ ...label, fraud: true })).toBe("several-payments");
    }
  });

  it("needs no id of a payment that shares its second with others of the card or of the terminal", () => {
    const bare = createPaymentDecider({ ...parts, model: undefined });
    bare.decide({ ...payment, id: "elsewhere", terminal: payment.terminal + 1 });
    bare.decide(payment);
    bare.decide({ ...payment, id: "another card", customer: payment.customer + 1 });
    const riskOf = (): number => {
      const features = new Float64Array(bare.state.names.length);
      bare.state.read(asked, features);
      return features[bare.state.names.indexOf("risk")];
    };
    expect(bare.label({ ...label, fraud: true })).toBeUndefined();
    expect(riskOf()).toBe(0.5);
    expect(bare.label({ ...label, customer: payment.customer + 1, fraud: true })).toBeUndefined();
    expect(riskOf()).toBe(1);
  });

  it.each([
    ["a payment that never was", { time: payment.time - 1 }, "unknown-event"],
    ["a terminal that never was", { terminal: 3 }, "unknown-event"],
    ["a payment without a time", { time: Number.NaN }, "bad-time"],
    ["a card that is none", { customer: -1 }, "missing-entity"],
  ] as const)("is refused for %s, and counted", (_, change, fault) => {
    expect(decider.label({ ...payment, ...change, fraud: true })).toBe(fault);
    expect(decider.counts.labelFaults).toEqual(new Map([[fault, 1]]));
    expect(decider.counts.labelled).toBe(0);
  });
});
