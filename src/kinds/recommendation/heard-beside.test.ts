import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { preferencesOf } from "../../steps/3-data/preferences.ts";
import { dataSchema } from "../../steps/3-data/schema.ts";
import { describeKinds, EVENT_REFUSALS } from "./event-refusals.ts";
import { type Events, type Interactions, kindCode } from "./interactions.ts";
import { openOnlineState } from "./online-state.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const random = createRandom(5);
const whole = simulateInteractions(createWorld({ members: 40, titles: 30, days: 30 }, random), random);

/** The same data with its views alone. */
function onlyViews({ events, ...rest }: Interactions): Interactions {
  const rows = [...events.kind.keys()].filter((row) => events.kind[row] === kindCode("view"));
  const views: Events = {
    count: rows.length,
    member: Int32Array.from(rows, (row) => events.member[row]),
    title: Int32Array.from(rows, (row) => events.title[row]),
    time: Float64Array.from(rows, (row) => events.time[row]),
    kind: Uint8Array.from(rows, (row) => events.kind[row]),
    value: Float32Array.from(rows, (row) => events.value[row]),
  };
  return { ...rest, events: views };
}

const DECLARED = declaredFeatures(
  dataSchema.parse({
    features: [
      { name: "title_events", entity: "title", aggregate: "count()", window: "all" },
      { name: "title_views", entity: "title", aggregate: "count(view)", window: "all" },
      { name: "member_recency", entity: "member", aggregate: "recency()" },
    ],
  }),
);
const data = onlyViews(whole);
const newest = data.events.time[data.events.count - 1];
const open = (counted?: string, of = data) =>
  openOnlineState(DECLARED, of, preferencesOf({}), Number.POSITIVE_INFINITY, counted);
const event = (id: string, kind: string) => ({
  ...{ id, member: data.members.ids[0], title: data.titles.ids[0], event: kind },
  ...{ value: 3, time: newest + 60 },
});
type State = ReturnType<typeof open>;
function featuresOf(state: State): number[] {
  const values = new Float64Array(state.names.length);
  state.read(0, [0], 0, 1, newest + 3600, values);
  return [...values];
}

describe("clicks beside data of views alone", () => {
  it("are taken once each where the experiment counts them, and change no feature and no history", () => {
    const state = open("click");
    const before = [featuresOf(state), state.counts()];
    expect(state.take(event("a", "click"))).toBeUndefined();
    expect(state.take(event("a", "click"))).toBe("duplicate");
    expect(state.take({ ...event("b", "click"), member: "somebody new" })).toBeUndefined();
    expect([featuresOf(state), state.counts()]).toEqual(before);
    expect(state.memberOf("somebody new")).toBe(-1);
    expect(state.take(event("c", "view"))).toBeUndefined();
    expect(featuresOf(state)).not.toEqual(before[0]);
    expect(state.take(event("c", "click"))).toBe("duplicate");
    expect(state.take({ ...event("d", "click"), time: newest - 7200 })).toBe("from-the-past");
    expect(state.take({ ...event("d", "click"), time: Number.NaN })).toBe("bad-time");
    expect(state.take({ ...event("d", "click"), title: "none" })).toBe("unknown-title");
  });

  it("are late by the newest event of the data, though none of them was told before", () => {
    const [late, inTime] = [7200, 1800].map((ago) => ({ ...event("a", "click"), time: newest - ago }));
    expect([open("click").take(late), open("click").take(inTime)]).toEqual(["from-the-past", undefined]);
  });

  it("and a rating without its value are refused by reasons that the description names", () => {
    const { value: _, ...bare } = event("a", "rating");
    const reasons = [open("click", whole).take(bare), open("click").take({ ...event("a", "click"), title: "none" })];
    expect(reasons).toEqual(["missing-measure", "unknown-title"]);
    expect(Object.keys(EVENT_REFUSALS)).toEqual(expect.arrayContaining(reasons));
  });

  it("are of a kind that is not taken where the experiment counts none, and so is every other kind", () => {
    const refusals = (counted?: string) =>
      ["view", "click", "rating", "impression"].map((kind) => open(counted).take(event("a", kind)));
    const no = "unknown-event-kind";
    expect(refusals()).toEqual([undefined, no, no, no]);
    expect(refusals("view")).toEqual([undefined, no, no, no]);
    expect(refusals("click")).toEqual([undefined, undefined, no, no]);
    expect(Object.keys(EVENT_REFUSALS)).toContain(no);
  });

  it("are remembered over a restart, and a state that was saved without any is read", () => {
    const state = open("click");
    state.take(event("a", "click"));
    const again = open("click");
    again.restore(state.save());
    expect(again.take(event("a", "click"))).toBe("duplicate");
    const [bare, other, fresh] = [open(), open("click"), open()];
    other.restore(bare.save());
    expect(other.take(event("a", "click"))).toBeUndefined();
    fresh.restore(state.save());
    expect(featuresOf(fresh)).toEqual(featuresOf(state));
  });

  it("are named as what they are, and data of several kinds takes all of them", () => {
    const state = open("click");
    expect(describeKinds(state.taken, state.beside)).toBe(
      "The name of a kind of event: view, click. The data holds no click: it is counted for the experiment, and no list follows it",
    );
    const several = open("click", whole);
    expect(describeKinds(several.taken, several.beside)).toBe(
      "The name of a kind of event: rating, view, click, impression",
    );
    const time = several.features.newest + 60;
    for (const kind of several.taken) expect(several.take({ ...event(kind, kind), time })).toBeUndefined();
  });
});
