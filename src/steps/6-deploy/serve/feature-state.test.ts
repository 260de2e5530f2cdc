import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declaredFeature as feature } from "../../../../test/declared-feature.ts";
import { propertyRuns } from "../../../../test/property-runs.ts";
import { buildFeatures } from "../../3-data/features/build-features.ts";
import type { EntityColumn, EventStream, FeatureRequests } from "../../3-data/features/event-stream.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { planFeatures } from "../../3-data/features/feature-plan.ts";
import { replayFeatures } from "./feature-skew.ts";
import { createFeatureState } from "./feature-state.ts";
import { eventOf, requestOf, type StateEvent } from "./state-event.ts";
import type { FeatureStateOptions } from "./state-options.ts";

/** A payment of a customer at a shop with up to three goods; some are disputed. */
interface Payment {
  readonly time: number;
  readonly customer: number;
  readonly shop: number;
  amount: number;
  readonly tip: number | undefined;
  isDisputed: boolean;
  readonly isCounted: boolean;
}
interface Question {
  readonly time: number;
  readonly customer: number;
  readonly shop: number;
}

const GOODS: readonly (readonly number[])[] = [[0], [0, 1, 2], [], [1, 2]];
const OPENED = Float64Array.of(0, 5, 10, Number.NaN);

const aMoment = fc.oneof(fc.integer({ min: 0, max: 40 }), fc.double({ min: 0, max: 40, noNaN: true }));
const anAmount = fc.oneof(
  fc.integer({ min: -2000, max: 200_000 }).map((cents) => cents / 100),
  fc.double({ min: -1e5, max: 1e5, noNaN: true }),
);
const aPayment: fc.Arbitrary<Payment> = fc.record({
  time: aMoment,
  customer: fc.integer({ min: -1, max: 2 }),
  shop: fc.integer({ min: -1, max: 3 }),
  amount: anAmount,
  tip: fc.option(anAmount, { nil: undefined }),
  isDisputed: fc.boolean(),
  isCounted: fc.boolean(),
});
const aQuestion: fc.Arbitrary<Question> = fc.record({
  time: fc.oneof(aMoment, fc.integer({ min: 30, max: 80 })),
  customer: fc.integer({ min: -1, max: 2 }),
  shop: fc.integer({ min: -1, max: 3 }),
});
const somePayments = (maxLength: number): fc.Arbitrary<readonly Payment[]> =>
  fc.array(aPayment, { maxLength, size: "max" }).map((all) => all.toSorted((a, b) => a.time - b.time));

function entities(rows: readonly { readonly customer: number; readonly shop: number }[]): Map<string, EntityColumn> {
  const shop = Int32Array.from(rows, (row) => row.shop);
  const lists = { offsets: Int32Array.of(0, 1, 4, 4, 6), items: Int32Array.from(GOODS.flat()) };
  return new Map<string, EntityColumn>([
    ["customer", { count: 3, rows: Int32Array.from(rows, (row) => row.customer) }],
    ["shop", { count: 4, rows: shop }],
    ["good", { count: 3, rows: shop, lists }],
    // Too many for pairs to be counted by directly.
    ["card", { count: 1e7, rows: Int32Array.from(rows, (row) => row.customer) }],
  ]);
}

function streamOf(payments: readonly Payment[]): EventStream {
  const mark = (is: (payment: Payment) => boolean): Uint8Array =>
    Uint8Array.from(payments, (payment) => Number(is(payment)));
  return {
    time: Float64Array.from(payments, ({ time }) => time),
    entities: entities(payments),
    measures: new Map([
      ["amount", { values: Float64Array.from(payments, ({ amount }) => amount) }],
      [
        "tip",
        {
          mask: mark(({ tip }) => tip !== undefined),
          values: Float64Array.from(payments, ({ tip = Number.NaN }) => tip),
        },
      ],
      ["disputed", { values: mark(({ isDisputed }) => isDisputed), isBinary: true }],
      ["large", { mask: mark(({ amount }) => amount > 500), per: "seen" }],
      ["seen", { mask: mark(({ amount }) => amount > 100) }],
    ]),
    counted: mark(({ isCounted }) => isCounted),
    attributes: new Map([["shop", new Map([["opened", OPENED]])]]),
  };
}

function requestsOf(questions: readonly Question[]): FeatureRequests {
  return { time: Float64Array.from(questions, ({ time }) => time), entities: entities(questions) };
}

const DECLARED: readonly FeatureDeclaration[] = [
  feature("count_all", ["customer"], { kind: "count" }),
  feature("count", ["customer"], { kind: "count" }, { window: 9 }),
  feature("tips", ["shop"], { kind: "sum", measure: "tip" }, { window: 7, delay: 2 }),
  feature("tips_all", ["shop"], { kind: "sum", measure: "tip" }, { delay: 1.5 }),
  feature("mean", ["customer"], { kind: "mean", measure: "amount" }, { window: 6.25, smoothing: 2 }),
  feature("risk", ["shop"], { kind: "rate", measure: "disputed" }, { window: 8, delay: 3, smoothing: 0.5 }),
  feature("disputes", ["shop"], { kind: "sum", measure: "disputed" }, { window: 12, delay: 3 }),
  feature("large_rate", ["good"], { kind: "rate", measure: "large" }, { window: 10, smoothing: 1.5 }),
  feature("since", ["customer"], { kind: "recency" }, { window: 9, delay: 1 }),
  feature("since_tip", ["shop"], { kind: "recency", measure: "tip" }, { delay: 2 }),
  feature("since_good", ["customer", "good"], { kind: "recency", measure: "large" }),
  feature("affinity", ["customer", "good"], { kind: "mean", measure: "amount" }, { window: 15 }),
  feature("pair", ["card", "shop"], { kind: "sum", measure: "amount" }, { window: 4, where: "tip" }),
  feature("pair_all", ["card", "good"], { kind: "count", measure: "seen" }),
  feature("trend", ["customer"], {
    kind: "ratio",
    numerator: { kind: "feature", name: "mean" },
    denominator: { kind: "sum", measure: "large" },
  }),
  feature("age", ["shop"], { kind: "age", column: "opened" }),
  feature("opened", ["shop"], { kind: "value", column: "opened" }),
];

/** Windows with a beginning: what was dropped cannot be revised. The number of `large` payments does not follow a corrected amount. */
const REVISABLE = DECLARED.filter(
  ({ window, aggregate }) =>
    Number.isFinite(window) &&
    aggregate.kind !== "feature" &&
    !("measure" in aggregate && (aggregate.measure === "large" || aggregate.measure === "seen")),
);

describe("a feature state", () => {
  it("gives the values of the batch on every row, to the last bit", () => {
    fc.assert(
      fc.property(somePayments(60), fc.array(aQuestion, { minLength: 1, maxLength: 12 }), (payments, questions) => {
        const stream = streamOf(payments);
        const { first, differing } = replayFeatures(planFeatures(DECLARED, stream), stream, requestsOf(questions));
        expect({ first, differing }).toEqual({ first: undefined, differing: 0 });
      }),
      { numRuns: propertyRuns(300, 6) },
    );
  });

  it("does so over chunks that are full, and keys that are asked about seldom", () => {
    fc.assert(
      fc.property(somePayments(1500), fc.array(aQuestion, { minLength: 1, maxLength: 12 }), (payments, questions) => {
        const stream = streamOf(payments);
        const { first, differing } = replayFeatures(planFeatures(DECLARED, stream), stream, requestsOf(questions));
        expect({ first, differing }).toEqual({ first: undefined, differing: 0 });
      }),
      { numRuns: 15 },
    );
  });

  it("does so when events come late, within what is allowed", () => {
    const delays = fc.array(fc.double({ min: 0, max: 5, noNaN: true }), { minLength: 400, maxLength: 400 });
    fc.assert(
      fc.property(somePayments(400), delays, aQuestion, (payments, waits, question) => {
        const stream = streamOf(payments);
        const state = createFeatureState(planFeatures(DECLARED, stream), stream, { lateness: 5, idSpan: 100 });
        const arrivals = payments.map(({ time }, row) => ({ row, arrival: time + waits[row] }));
        for (const { row } of arrivals.toSorted((a, b) => a.arrival - b.arrival)) {
          expect(state.apply(eventOf(stream, row))).toBeUndefined();
        }
        const asked = { ...question, time: Math.max(question.time, (payments.at(-1)?.time ?? 0) - 5) };
        expectBatch(state, payments, [asked]);
      }),
      { numRuns: propertyRuns(60, 6) },
    );
  });

  it("does so when labels arrive later, amounts are corrected, and labels are taken back", () => {
    const revisions = fc.array(
      fc.record({ row: fc.nat(299), isDisputed: fc.boolean(), amount: fc.option(anAmount, { nil: undefined }) }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(somePayments(300), revisions, fc.array(aQuestion, { maxLength: 6 }), (payments, changes, asked) => {
        // A payment of its own moment: of two at one moment it would not be said which is meant.
        const apart = payments.map((payment, row) => ({ ...payment, time: payment.time + row / 1024 }));
        const stream = streamOf(apart);
        const state = createFeatureState(planFeatures(REVISABLE, stream), stream);
        const known = apart.map((payment) => ({ ...payment }));
        const restored = createFeatureState(planFeatures(REVISABLE, stream), stream);
        const events = apart.map((_, row) => eventOf(stream, row));
        for (const event of events) state.apply(event);
        for (const { row, isDisputed, amount } of changes) {
          if (row >= apart.length) continue;
          state.revise(events[row], "disputed", Number(isDisputed));
          state.revise(events[row], "disputed", Number(isDisputed));
          known[row].isDisputed = isDisputed;
          if (amount === undefined) continue;
          state.revise(events[row], "amount", amount);
          known[row].amount = amount;
        }
        restored.restore(state.save());
        const end = apart.at(-1)?.time ?? 0;
        const questions = asked.map((question) => ({ ...question, time: Math.max(question.time, end) }));
        expectBatch(state, known, questions, REVISABLE);
        expectBatch(restored, known, questions, REVISABLE);
      }),
      { numRuns: propertyRuns(100, 6) },
    );
  });

  it("does so whatever comes in between: late, twice, absurd, revised, saved and restored", () => {
    const aStep = fc.oneof(
      { weight: 8, arbitrary: fc.record({ kind: fc.constant("take" as const), wait: fc.integer({ min: 0, max: 4 }) }) },
      fc.record({ kind: fc.constantFrom("again", "absurd", "restart" as const) }),
      fc.record({
        kind: fc.constant("revise" as const),
        back: fc.nat(30),
        isDisputed: fc.boolean(),
        amount: fc.option(anAmount, { nil: undefined }),
      }),
    );
    fc.assert(
      fc.property(
        somePayments(200),
        fc.array(aStep, { minLength: 150, maxLength: 400 }),
        aQuestion,
        (all, steps, question) => {
          // Many share a moment, and none shares its moment and its keys: those would be one to `revise`.
          const payments = all
            .map((payment, row) => ({ ...payment, customer: row % 3, shop: Math.floor(row / 3) % 4 }))
            .map((payment, row) => ({ ...payment, time: Math.floor(row / 12) / 4 }));
          const stream = streamOf(payments);
          const start = (): ReturnType<typeof createFeatureState> =>
            createFeatureState(planFeatures(REVISABLE, stream), stream, { lateness: 5, idSpan: 1e6 });
          let state = start();
          const queue = payments.map((payment, row) => ({ payment: { ...payment }, event: eventOf(stream, row) }));
          const taken: typeof queue = [];
          for (const step of steps) {
            const last = taken.at(-1);
            if (step.kind === "take") {
              const [next] = queue.splice(Math.min(step.wait, queue.length - 1), 1);
              if (next === undefined) continue;
              expect(state.apply(next.event)).toBeUndefined();
              taken.push(next);
            } else if (step.kind === "again" && last !== undefined) expect(state.apply(last.event)).toBe("duplicate");
            else if (step.kind === "absurd") {
              const odd = { ...payments[0], amount: Number.NaN, time: state.newest };
              const event = { ...eventOf(streamOf([odd]), 0), id: "odd" };
              if (taken.length > 0) expect(state.apply(event)).toBe("bad-amount");
            } else if (step.kind === "restart") {
              const saved = state.save();
              state = start();
              state.restore(saved);
            } else if (step.kind === "revise") {
              const meant = taken.at(-1 - step.back);
              if (meant === undefined) continue;
              const refusal = state.revise(meant.event, "disputed", Number(step.isDisputed));
              if (refusal === undefined) meant.payment.isDisputed = step.isDisputed;
              else expect(meant.event.time).toBeLessThan(state.newest - 20);
              if (step.amount === undefined || refusal !== undefined) continue;
              state.revise(meant.event, "amount", step.amount);
              meant.payment.amount = step.amount;
            }
          }
          const known = taken.map(({ payment }) => payment).toSorted((a, b) => a.time - b.time);
          const asked = { ...question, time: Math.max(question.time, state.newest - 5, 0) };
          expectBatch(state, known, [asked], REVISABLE);
        },
      ),
      { numRuns: propertyRuns(40, 6) },
    );
  });

  it("answers the same where totals are kept as they were found, whatever is told and asked in between", () => {
    const aStep = fc.oneof(
      { weight: 3, arbitrary: fc.record({ question: aQuestion, back: fc.nat(9) }) },
      fc.record({ revised: fc.nat(40), amount: anAmount }),
      { weight: 3, arbitrary: fc.constant("take" as const) },
    );
    fc.assert(
      fc.property(somePayments(300), fc.array(aStep, { maxLength: 600, size: "max" }), (payments, steps) => {
        const apart = payments.map((payment, row) => ({ ...payment, time: payment.time + row / 1024 }));
        const stream = streamOf(apart);
        const [plain, kept] = [0, 4].map((keptTotals) =>
          createFeatureState(planFeatures(REVISABLE, stream), stream, { lateness: 5, keptTotals }),
        );
        let row = 0;
        let asked: Parameters<typeof plain.read>[0] | undefined;
        for (const step of steps) {
          if (step === "take") {
            asked = undefined;
            if (row === apart.length) continue;
            const event = eventOf(stream, row++);
            expect(kept.apply(event)).toBe(plain.apply(event));
          } else if ("revised" in step) {
            if (step.revised >= row) continue;
            const event = eventOf(stream, row - 1 - step.revised);
            expect(kept.revise(event, "amount", step.amount)).toBe(plain.revise(event, "amount", step.amount));
            // What was asked last is asked again: it must not be remembered as it was.
            if (asked !== undefined) expect(read(kept, asked)).toEqual(read(plain, asked));
          } else {
            const { customer, shop } = step.question;
            // Half of the questions at the very moment of an event: it is hidden then, and not a moment later.
            const moment = apart[Math.max(0, row - 1 - (step.back >> 1))]?.time ?? 0;
            const time =
              step.back % 2 === 0
                ? Math.max(moment, plain.newest - 5)
                : Math.max(0, plain.newest) + 1 - (step.back >> 1);
            const request = { time, keys: { customer, shop, good: GOODS[shop] ?? [], card: customer } };
            for (let again = 0; again < 2; again++) expect(read(kept, request)).toEqual(read(plain, request));
            asked = request;
          }
        }
      }),
      { numRuns: propertyRuns(60, 6) },
    );
  });

  it("keeps no more than the longest window", () => {
    const stream = streamOf([]);
    const finite = DECLARED.filter(({ window }) => Number.isFinite(window)).filter(({ name }) => name !== "trend");
    const state = createFeatureState(planFeatures(finite, stream), stream);
    const total = (): number => [...state.bytes().values()].reduce((sum, bytes) => sum + bytes, 0);
    const run = (from: number, until: number): number => {
      for (let at = from; at < until; at++) state.apply(eventOf(streamOf([paymentAt(at / 100)]), 0));
      return total();
    };
    const early = run(0, 6000);
    expect(run(6000, 30_000)).toBeLessThan(1.1 * early);
  });

  it("is the same after a restart from its snapshot", () => {
    fc.assert(
      fc.property(somePayments(300), fc.nat(300), fc.array(aQuestion, { maxLength: 6 }), (payments, cut, questions) => {
        const stream = streamOf(payments);
        const plans = planFeatures(DECLARED, stream);
        const before = createFeatureState(plans, stream);
        const after = createFeatureState(plans, stream);
        const events = payments.map((_, row) => eventOf(stream, row));
        for (const event of events.slice(0, cut)) before.apply(event);
        after.restore(before.save());
        for (const event of events) expect(after.apply(event)).toBe(before.apply(event));
        expect(after.refusedEvents).toEqual(before.refusedEvents);
        const end = payments.at(-1)?.time ?? 0;
        expectBatch(
          after,
          payments,
          questions.map((question) => ({ ...question, time: Math.max(question.time, end) })),
        );
      }),
      { numRuns: propertyRuns(40, 6) },
    );
  });

  it("becomes its snapshot whatever it knew before, where lists are long too", () => {
    // Long enough for runs that are full and closed.
    const payments = Array.from({ length: 6000 }, (_, row): Payment => {
      const [customer, shop] = [row % 2, row % 3];
      return { time: row / 512, customer, shop, amount: (row % 700) / 100, tip: 1, isDisputed: false, isCounted: true };
    });
    const stream = streamOf(payments);
    const tell = (from: number, until: number) => {
      const state = createFeatureState(planFeatures(DECLARED, stream), stream, { keptTotals: 4 });
      for (let row = from; row < until; row++) state.apply(eventOf(stream, row));
      return state;
    };
    const saved = tell(0, 6000);
    const request = { time: 12, keys: { customer: 1, shop: 1, good: GOODS[1], card: 1 } };
    const expected = read(saved, request);
    for (const other of [tell(0, 0), tell(0, 5000), tell(3000, 6000)]) {
      read(other, request);
      other.restore(saved.save());
      expect(read(other, request)).toEqual(expected);
      expect([...other.bytes().keys()]).toEqual([...saved.bytes().keys()]);
    }
  });

  it("reads the snapshot of the format before, and none of an older one", () => {
    const snapshot = createFeatureState(planFeatures(DECLARED, streamOf([])), streamOf([])).save();
    const become = (format: number): void => {
      const other = snapshot.slice();
      // The format stands behind the length of the text and its bracket.
      other[10] = String(format).charCodeAt(0);
      createFeatureState(planFeatures(DECLARED, streamOf([])), streamOf([])).restore(other);
    };
    expect(String.fromCharCode(snapshot[10])).toBe("9");
    for (const format of [9, 8]) expect(() => become(format)).not.toThrow();
    expect(() => become(7)).toThrow("another version");
  });

  it("refuses the snapshot of other features, and one that was cut short", () => {
    const stream = streamOf([]);
    const saved = createFeatureState(planFeatures(DECLARED, stream), stream).save();
    const other = createFeatureState(planFeatures(DECLARED.slice(0, 3), stream), stream);
    expect(() => other.restore(saved)).toThrow("other features");
    const same = createFeatureState(planFeatures(DECLARED, stream), stream);
    expect(() => same.restore(saved.slice(0, -9))).toThrow("ends too early");
  });
});

describe("a feature state that is given nonsense", () => {
  const stream = streamOf([]);
  const good: StateEvent = {
    time: 100,
    id: "a",
    keys: { customer: 1, shop: 1, good: [0, 1], card: 1 },
    measures: { amount: 10, disputed: 0 },
  };
  const start = (options: FeatureStateOptions = {}): ReturnType<typeof createFeatureState> => {
    const state = createFeatureState(planFeatures(DECLARED, stream), stream, { lateness: 2, jump: 1000, ...options });
    expect(state.apply(good)).toBeUndefined();
    return state;
  };
  const measures = (change: Record<string, number>): StateEvent["measures"] => ({ ...good.measures, ...change });

  it.each<[string, Partial<StateEvent>, string]>([
    ["an event from the past", { id: "b", time: 97 }, "from-the-past"],
    ["a duplicate", { time: 101 }, "duplicate"],
    ["a time that is no number", { id: "b", time: Number.NaN }, "bad-time"],
    ["an infinite time", { id: "b", time: Number.POSITIVE_INFINITY }, "bad-time"],
    ["a clock that jumps", { id: "b", time: 1.7e12 }, "clock-jump"],
    ["an amount that is no number", { id: "b", measures: measures({ amount: Number.NaN }) }, "bad-amount"],
    ["a negative amount", { id: "b", measures: measures({ amount: -1 }) }, "bad-amount"],
    ["an absurd amount", { id: "b", measures: measures({ amount: 1e300 }) }, "bad-amount"],
    ["an absurd amount without bounds", { id: "b", measures: measures({ tip: 1e8 }) }, "bad-amount"],
    ["a label that is neither 0 nor 1", { id: "b", measures: measures({ disputed: 0.5 }) }, "bad-amount"],
    ["no amount", { id: "b", measures: { disputed: 0 } }, "missing-measure"],
    ["nobody", { id: "b", keys: { shop: 1 } }, "missing-entity"],
  ])("refuses %s, counts it, and stays as it was", (_, change, reason) => {
    const state = start({ bounds: { amount: [0, 50_000] } });
    const before = state.save();
    expect(state.apply({ ...good, ...change })).toBe(reason);
    expect(Object.entries(state.refusedEvents).filter(([, count]) => count > 0)).toEqual([[reason, 1]]);
    const fresh = start({ bounds: { amount: [0, 50_000] } });
    fresh.restore(before);
    const later: StateEvent = { ...good, id: "later", time: 101 };
    expect([state.apply(later), fresh.apply(later)]).toEqual([undefined, undefined]);
    const request = { time: 102, keys: good.keys };
    expect(read(state, request)).toEqual(read(fresh, request));
  });

  it("takes an event about an unknown entity for all that is known, and counts it", () => {
    const state = start();
    expect(state.apply({ ...good, id: "b", time: 101, keys: { ...good.keys, customer: -1 } })).toBeUndefined();
    expect(state.apply({ ...good, id: "c", time: 101, keys: { ...good.keys, customer: 7.5 } })).toBeUndefined();
    expect(state.refusedEvents["unknown-entity"]).toBe(2);
    const stranger = read(state, { time: 110, keys: { ...good.keys, customer: 99 } });
    expect(stranger[0]).toBe(0);
    expect(state.refusedRequests["unknown-entity"]).toBe(1);
    expect(read(state, { time: 110, keys: good.keys })[0]).toBe(1);
  });

  it("believes a jump of the clock when three events in a row agree", () => {
    const state = start();
    const far = (id: string, time: number): StateEvent => ({ ...good, id, time });
    expect(state.apply(far("b", 50_000))).toBe("clock-jump");
    expect(state.apply(far("c", 900_000))).toBe("clock-jump");
    expect(state.apply(far("d", 900_001))).toBe("clock-jump");
    expect(state.apply(far("e", 101))).toBeUndefined();
    expect(state.apply(far("f", 900_002))).toBe("clock-jump");
    expect(state.apply(far("g", 900_003))).toBe("clock-jump");
    expect(state.apply(far("h", 900_004))).toBeUndefined();
    expect(state.newest).toBe(900_004);
  });

  it("answers no request that it no longer can, or that is none", () => {
    const state = start();
    const values = new Float64Array(state.names.length);
    expect(state.read({ time: 97, keys: good.keys }, values)).toBe("from-the-past");
    expect([...values].every(Number.isNaN)).toBe(true);
    expect(state.read({ time: Number.NaN, keys: good.keys }, values)).toBe("bad-time");
    expect(state.read({ time: 100, keys: { customer: 1 } }, values)).toBe("missing-entity");
    expect(state.refusedRequests["from-the-past"]).toBe(1);
  });

  it("gives no sum that is too large to be exact", () => {
    const state = start();
    const values = new Float64Array(state.names.length);
    for (let at = 0; at < 600; at++) state.apply({ ...good, id: at, time: 101, measures: measures({ amount: 8e6 }) });
    expect(state.read({ time: 102, keys: good.keys }, values)).toBe("sum-not-exact");
    expect([...values].every(Number.isNaN)).toBe(true);
  });

  it.each<[string, Partial<StateEvent>, string, number, string]>([
    ["an event that was never taken", { time: 99 }, "disputed", 1, "unknown-event"],
    ["an event of somebody else", { keys: { ...good.keys, shop: 0, customer: 0 } }, "disputed", 1, "unknown-event"],
    ["an event of nobody", { time: 99, keys: { ...good.keys, shop: -1 } }, "disputed", 1, "unknown-event"],
    ["an event after the last", { time: 1e9 }, "disputed", 1, "unknown-event"],
    ["a time that is no number", { time: Number.NaN }, "disputed", 1, "bad-time"],
    ["a label that is neither 0 nor 1", {}, "disputed", 0.5, "bad-amount"],
    ["an amount that is no number", {}, "amount", Number.NaN, "bad-amount"],
    ["a measure that nobody knows", {}, "colour", 1, "unknown-measure"],
    ["no shop", { keys: { customer: 1 } }, "disputed", 1, "missing-entity"],
  ])("refuses to revise %s, counts it, and stays as it was", (_, change, measure, value, reason) => {
    const declared = REVISABLE.filter(({ name }) => name === "risk");
    const state = createFeatureState(planFeatures(declared, stream), stream);
    state.apply(good);
    expect(state.revise({ ...good, ...change }, measure, value)).toBe(reason);
    expect(Object.entries(state.refusedEvents).filter(([, count]) => count > 0)).toEqual([[reason, 1]]);
    expect(read(state, { time: 105, keys: good.keys })).toEqual([0]);
    expect(state.revise(good, "disputed", 1)).toBeUndefined();
    expect(read(state, { time: 105, keys: good.keys })).toEqual([1]);
    expect(state.revise(good, "disputed", 0)).toBeUndefined();
    expect(read(state, { time: 105, keys: good.keys })).toEqual([0]);
  });

  it("tells events of one moment apart by whom they are about, however often a label is told", () => {
    const declared = REVISABLE.filter(({ name }) => name === "disputes");
    const state = createFeatureState(planFeatures(declared, stream), stream);
    const events = [0, 1, 2].map((customer) => ({ ...good, id: customer, keys: { ...good.keys, customer } }));
    for (const event of events) state.apply(event);
    const seen = (): number[] => read(state, { time: 105, keys: good.keys });
    for (let times = 0; times < 3; times++) state.revise(events[1], "disputed", 1);
    expect(seen()).toEqual([1]);
    state.revise(events[0], "disputed", 1);
    state.revise(events[2], "disputed", 1);
    expect(seen()).toEqual([3]);
    state.revise(events[1], "disputed", 0);
    state.revise(events[1], "disputed", 0);
    expect(seen()).toEqual([2]);
  });

  it("does not revise an event that no window reaches any more", () => {
    const declared = REVISABLE.filter(({ name }) => name === "risk");
    const state = createFeatureState(planFeatures(declared, stream), stream);
    for (let time = 100; time < 200; time++) state.apply({ ...good, id: time, time });
    expect(state.revise({ ...good, time: 100 }, "disputed", 1)).toBe("unknown-event");
  });

  it("forgets ids after their time", () => {
    const state = start({ idSpan: 50 });
    expect(state.apply({ ...good, time: 101 })).toBe("duplicate");
    for (const time of [160, 220]) state.apply({ ...good, id: time, time });
    expect(state.apply({ ...good, time: 221 })).toBeUndefined();
  });
});

function paymentAt(time: number): Payment {
  const customer = Math.floor(time * 100) % 3;
  return { time, customer, shop: customer, amount: 12.5, tip: 1, isDisputed: false, isCounted: true };
}

function read(state: ReturnType<typeof createFeatureState>, request: Parameters<typeof state.read>[0]): number[] {
  const values = new Float64Array(state.names.length);
  expect(state.read(request, values)).toBeUndefined();
  return [...values];
}

/** The state answers as the batch does. */
function expectBatch(
  state: ReturnType<typeof createFeatureState>,
  payments: readonly Payment[],
  questions: readonly Question[],
  declared = DECLARED,
): void {
  const stream = streamOf(payments);
  const requests = requestsOf(questions);
  const batch = [...buildFeatures(planFeatures(declared, stream), stream, requests).values()];
  questions.forEach((_, row) => {
    expect(read(state, requestOf(requests, row))).toEqual(batch.map((column) => column[row]));
  });
}
