import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { declaredFeature as feature } from "../../../../test/declared-feature.ts";
import { propertyRuns } from "../../../../test/property-runs.ts";
import { type Duckdb, openDuckdb } from "../../../node/duckdb.ts";
import { buildFeatures } from "./build-features.ts";
import type { EntityColumn, EventStream, FeatureRequests } from "./event-stream.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { planFeatures } from "./feature-plan.ts";
import { queryFeatures } from "./query-features.ts";

/** A small world: 3 members, 4 titles with up to three of 3 genres, amounts and clicks on impressions. */
interface Case {
  readonly events: readonly Event[];
  readonly requests: readonly { readonly time: number; readonly member: number; readonly title: number }[];
}
interface Event {
  readonly time: number;
  readonly member: number;
  readonly title: number;
  readonly amount: number;
  readonly kind: "click" | "impression" | "other";
  readonly flag: boolean;
}

const GENRES: readonly (readonly number[])[] = [[0], [0, 1, 2], [], [1, 2]];
const RELEASED = Float64Array.of(0, 5, 10, Number.NaN);

const anEvent: fc.Arbitrary<Event> = fc.record({
  time: fc.integer({ min: 0, max: 20 }),
  member: fc.integer({ min: 0, max: 2 }),
  title: fc.integer({ min: 0, max: 3 }),
  amount: fc.integer({ min: -20, max: 20 }).map((cents) => cents / 100),
  kind: fc.constantFrom("click", "impression", "other"),
  flag: fc.boolean(),
});
const aCase: fc.Arbitrary<Case> = fc.record({
  events: fc.array(anEvent, { maxLength: 25 }).map((events) => events.toSorted((a, b) => a.time - b.time)),
  requests: fc.array(
    fc.record({
      time: fc.integer({ min: -1, max: 25 }),
      member: fc.integer({ min: 0, max: 2 }),
      title: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 10 },
  ),
});

function entities(
  rows: readonly { readonly member: number; readonly title: number }[],
): ReadonlyMap<string, EntityColumn> {
  const title = Int32Array.from(rows, (row) => row.title);
  const offsets = Int32Array.of(0, 1, 4, 4, 6);
  return new Map<string, EntityColumn>([
    ["member", { count: 3, rows: Int32Array.from(rows, (row) => row.member) }],
    ["title", { count: 4, rows: title }],
    ["genre", { count: 3, rows: title, lists: { offsets, items: Int32Array.from(GENRES.flat()) } }],
  ]);
}

function streamOf(events: readonly Event[]): EventStream {
  const mark = (is: (event: Event) => boolean): Uint8Array => Uint8Array.from(events, (event) => Number(is(event)));
  return {
    time: Float64Array.from(events, ({ time }) => time),
    entities: entities(events),
    measures: new Map([
      ["amount", { values: Float64Array.from(events, ({ amount }) => amount) }],
      ["flag", { values: mark(({ flag }) => flag), isBinary: true }],
      ["click", { mask: mark(({ kind }) => kind === "click"), per: "impression" }],
      ["impression", { mask: mark(({ kind }) => kind === "impression") }],
    ]),
    counted: mark(({ kind }) => kind !== "impression"),
    attributes: new Map([["title", new Map([["released", RELEASED]])]]),
  };
}

function requestsOf({ requests }: Case): FeatureRequests {
  return { time: Float64Array.from(requests, ({ time }) => time), entities: entities(requests) };
}

const DECLARED: readonly FeatureDeclaration[] = [
  feature("count_all", ["member"], { kind: "count" }, { window: Number.POSITIVE_INFINITY }),
  feature("clicks", ["title"], { kind: "count", measure: "click" }, { window: 5 }),
  feature("amount_sum", ["member"], { kind: "sum", measure: "amount" }, { window: 7, delay: 2 }),
  feature("amount_mean", ["title"], { kind: "mean", measure: "amount" }, { window: 6 }),
  feature("amount_mean_smooth", ["title"], { kind: "mean", measure: "amount" }, { window: 6, smoothing: 2 }),
  feature("click_rate", ["genre"], { kind: "rate", measure: "click" }, { window: 10, smoothing: 1.5 }),
  feature("flag_rate", ["title"], { kind: "rate", measure: "flag" }, { window: 8, delay: 3 }),
  feature("since", ["member"], { kind: "recency" }, { window: 9, delay: 1 }),
  feature("since_genre", ["member", "genre"], { kind: "recency", measure: "click" }),
  feature("affinity", ["member", "genre"], { kind: "mean", measure: "amount" }, { window: 15 }),
  feature("clicked_amount", ["title"], { kind: "sum", measure: "amount" }, { window: 5, where: "click" }),
  feature("trend", ["member"], {
    kind: "ratio",
    numerator: { kind: "feature", name: "amount_sum" },
    denominator: { kind: "count", measure: "amount" },
  }),
  feature("age", ["title"], { kind: "age", column: "released" }),
];

function build(one: Case, block?: number): ReadonlyMap<string, Float64Array> {
  const stream = streamOf(one.events);
  return buildFeatures(planFeatures(DECLARED, stream), stream, requestsOf(one), block);
}

/** Every feature by going through all events for each request: written from the definition, with nothing shared but the arithmetic of +. */
function bruteForce(one: Case): ReadonlyMap<string, Float64Array> {
  return new Map(
    DECLARED.map((declared) => [
      declared.name,
      Float64Array.from(one.requests, (request) => answer(declared, one, request)),
    ]),
  );
}

type Request = Case["requests"][number];

function answer(declared: FeatureDeclaration, one: Case, request: Request): number {
  const { aggregate } = declared;
  if (aggregate.kind === "ratio") {
    const [above, below] = [aggregate.numerator, aggregate.denominator].map((part) =>
      part.kind === "feature"
        ? answer(DECLARED.find(({ name }) => name === part.name) ?? declared, one, request)
        : answer({ ...declared, aggregate: part }, one, request),
    );
    return below === 0 ? Number.NaN : above / below;
  }
  if (aggregate.kind === "age") {
    const released = RELEASED[request.title];
    return released <= request.time ? request.time - released : Number.NaN;
  }
  const measure = "measure" in aggregate ? aggregate.measure : undefined;
  const seen = (wanted: string | undefined, entity = declared.entity): readonly Event[] =>
    visible(declared, one, request, entity).filter(
      (event) => has(event, wanted ?? declared.where ?? "counted") && has(event, declared.where ?? "amount"),
    );
  const amount = (event: Event): number => (measure === "flag" ? Number(event.flag) : event.amount);
  const sum = (events: readonly Event[]): number =>
    events.reduce((total, event) => total + Math.round(amount(event) * 2 ** 20), 0) / 2 ** 20;
  switch (aggregate.kind) {
    case "count":
      return seen(measure).length;
    case "sum":
      return sum(seen(measure));
    case "recency": {
      const times = seen(measure).map(({ time }) => time);
      return times.length === 0 ? Number.NaN : request.time - Math.max(...times);
    }
    case "mean":
    case "rate": {
      const isClick = measure === "click";
      const above = (entity?: readonly string[]): number =>
        isClick ? seen("click", entity).length : sum(seen(measure, entity));
      const below = (entity?: readonly string[]): number => seen(isClick ? "impression" : measure, entity).length;
      if (declared.smoothing === 0) return below() === 0 ? Number.NaN : above() / below();
      if (below([]) === 0) return Number.NaN;
      return (above() + declared.smoothing * (above([]) / below([]))) / (below() + declared.smoothing);
    }
    default:
      throw new Error(`the oracle does not know ${aggregate.kind}`);
  }
}

function has(event: Event, measure: string): boolean {
  if (measure === "counted") return event.kind !== "impression";
  return measure === "amount" || measure === "flag" || event.kind === measure;
}

/** Visible events, one for each pair of keys that event and request share. */
function visible(
  { window, delay }: FeatureDeclaration,
  one: Case,
  request: Request,
  entity: readonly string[],
): readonly Event[] {
  return one.events.flatMap((event) => {
    if (event.time >= request.time - delay || event.time < request.time - delay - window) return [];
    const shared = entity.map((name) => {
      if (name === "member") return Number(event.member === request.member);
      if (name === "title") return Number(event.title === request.title);
      return GENRES[event.title].filter((genre) => GENRES[request.title].includes(genre)).length;
    });
    return Array.from({ length: shared.reduce((product, count) => product * count, 1) }, () => event);
  });
}

describe("features built from sorted events", () => {
  it("equal the definition applied to every event, to the last bit", () => {
    fc.assert(
      fc.property(aCase, fc.integer({ min: 1, max: 4 }), (one, block) => {
        expect(build(one)).toEqual(bruteForce(one));
        expect(build(one, block)).toEqual(bruteForce(one));
      }),
      { numRuns: propertyRuns(500) },
    );
  });

  it("do not change when the future changes", () => {
    const change = fc.record({ seed: fc.array(anEvent, { maxLength: 10 }), shift: fc.integer({ min: 0, max: 9 }) });
    fc.assert(
      fc.property(aCase, change, fc.integer({ min: 0, max: 20 }), (one, { seed, shift }, now) => {
        const requests = one.requests.map((request) => ({ ...request, time: Math.min(request.time, now) }));
        const past = one.events.filter(({ time }) => time < now);
        const later = [
          ...one.events
            .filter(({ time }) => time >= now)
            .map((event) => ({ ...event, time: event.time + shift, amount: -event.amount })),
          ...seed.map((event) => ({ ...event, time: now + event.time })),
        ];
        const other = { requests, events: [...past, ...later].toSorted((a, b) => a.time - b.time) };
        expect(build({ requests, events: one.events })).toEqual(build(other));
      }),
      { numRuns: propertyRuns(300) },
    );
  });

  it("do not use an event before its delay is over", () => {
    const event: Event = { time: 10, member: 0, title: 0, amount: 4, kind: "click", flag: true };
    const requests = [11, 12, 13].map((time) => ({ time, member: 0, title: 0 }));
    expect([...(build({ events: [event], requests }).get("amount_sum") ?? [])]).toEqual([0, 0, 4]);
    expect([...(build({ events: [event], requests }).get("flag_rate") ?? [])]).toEqual([
      Number.NaN,
      Number.NaN,
      Number.NaN,
    ]);
  });

  it("say nothing about entities that nobody knows", () => {
    const events: readonly Event[] = [{ time: 1, member: 0, title: 0, amount: 1, kind: "click", flag: true }];
    const stream = streamOf(events);
    const unknown = new Map(
      [...entities([{ member: 0, title: 0 }])].map(([name, column]) => [name, { ...column, rows: Int32Array.of(-1) }]),
    );
    const values = buildFeatures(planFeatures(DECLARED, stream), stream, {
      time: Float64Array.of(5),
      entities: unknown,
    });
    expect(values.get("count_all")?.[0]).toBe(0);
    expect(values.get("amount_mean")?.[0]).toBeNaN();
    expect(values.get("amount_mean_smooth")?.[0]).toBe(1);
    expect(values.get("age")?.[0]).toBeNaN();
  });

  it("stay exact with more combinations than can be counted directly", () => {
    const stream = streamOf([{ time: 1, member: 2, title: 1, amount: 0.1, kind: "click", flag: false }]);
    const wide = (given: ReadonlyMap<string, EntityColumn>) =>
      new Map([...given].map(([name, column]) => [name, { ...column, count: 100_000 }]));
    const large = { ...stream, entities: wide(stream.entities) };
    const pair = [feature("pair", ["member", "title"], { kind: "sum", measure: "amount" })];
    const requests = [
      { time: 2, member: 2, title: 1 },
      { time: 2, member: 1, title: 2 },
    ];
    const asked = { time: Float64Array.of(2, 2), entities: wide(entities(requests)) };
    const [known, unknown] = buildFeatures(planFeatures(pair, large), large, asked).get("pair") ?? [];
    expect(known).toBeCloseTo(0.1, 6);
    expect(unknown).toBe(0);
  });

  it("refuse values that cannot be added exactly", () => {
    const events = [1e9, 9e9].map(
      (amount): Event => ({ time: 1, member: 0, title: 0, amount, kind: "other", flag: false }),
    );
    expect(() => build({ events, requests: [{ time: 2, member: 0, title: 0 }] })).toThrow(
      "too much to be added exactly",
    );
    const noNumber = [{ ...events[0], amount: Number.NaN }];
    expect(() => build({ events: noNumber, requests: [{ time: 2, member: 0, title: 0 }] })).toThrow("no number");
  });
});

describe("the DuckDB query", () => {
  let sql: Duckdb;
  beforeAll(async () => {
    sql = await openDuckdb();
  });
  afterAll(() => sql.close());

  it("gives the same features to the last bit", async () => {
    await fc.assert(
      fc.asyncProperty(aCase, async (one) => {
        const queried = await queryFeatures(sql, DECLARED, streamOf(one.events), requestsOf(one));
        expect(queried).toEqual(build(one));
      }),
      { numRuns: 25 },
    );
  });
});
