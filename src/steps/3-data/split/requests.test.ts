import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { kindCode, type RankedEvents } from "../ranked-task.ts";
import { asShared, listAt, sharedListAt } from "../row-lists.ts";
import { createHeldOutRequests } from "./held-out.ts";
import { createRequests, deedsByUnit, type Requests } from "./request-time.ts";
import { partCode } from "./split.ts";
import { requestsFromStored, requestsToStored } from "./stored-requests.ts";

interface Row {
  readonly time: number;
  readonly unit: number;
  readonly item: number;
  readonly value: number;
  readonly kind?: number;
}

function eventsOf(rows: readonly Row[]): RankedEvents {
  return {
    count: rows.length,
    unit: Int32Array.from(rows, ({ unit }) => unit),
    item: Int32Array.from(rows, ({ item }) => item),
    time: Float64Array.from(rows, ({ time }) => time),
    kind: Uint8Array.from(rows, ({ kind = 0 }) => kind),
    value: Float32Array.from(rows, ({ value }) => value),
  };
}

const rated = (time: number, unit: number, item: number, value = 5): Row => ({ time, unit, item, value });

function shown(requests: Requests, index: number) {
  return {
    unit: requests.unit[index],
    moment: requests.moment[index],
    history: [...sharedListAt(requests.history, index)],
    relevant: [...listAt(requests.relevant, index)],
  };
}

describe("a request", () => {
  const events = eventsOf([rated(1, 0, 9), rated(10, 0, 1), rated(11, 0, 2), rated(12, 0, 3), rated(13, 0, 4, 2)]);

  it("comes after half of the member's later events, which are history, and looks for what is liked in the rest", () => {
    const requests = createRequests(events, 1, { from: 5 });
    expect(shown(requests, 0)).toEqual({ unit: 0, moment: 12, history: [0, 1, 2], relevant: [3] });
  });

  it("comes at the first later event when none is folded in", () => {
    const requests = createRequests(events, 1, { from: 5, foldIn: 0 });
    expect(shown(requests, 0)).toEqual({ unit: 0, moment: 10, history: [0], relevant: [1, 2, 3] });
  });

  it("hides events at its own moment, and never looks for what the member knows", () => {
    const together = eventsOf([rated(1, 0, 7), rated(10, 0, 1), rated(10, 0, 2), rated(10, 0, 3), rated(11, 0, 7)]);
    expect(shown(createRequests(together, 1, { from: 5 }), 0)).toEqual({
      unit: 0,
      moment: 10,
      history: [0],
      relevant: [1, 2, 3],
    });
  });

  it("takes its own threshold and kind of event, and no impression as history", () => {
    const log = eventsOf([
      { ...rated(10, 0, 1, 0), kind: kindCode("impression") },
      { ...rated(11, 0, 2, 1), kind: kindCode("click") },
      { ...rated(12, 0, 3, 1), kind: kindCode("click") },
    ]);
    const requests = createRequests(log, 1, { from: 5, relevant: { kind: "click", atLeast: 1 } });
    expect(shown(requests, 0)).toEqual({ unit: 0, moment: 12, history: [1], relevant: [3] });
  });

  it("is not made by members who like nothing later; they are counted", () => {
    const some = eventsOf(
      [rated(1, 0, 1), rated(10, 0, 2, 1), rated(10, 1, 2), rated(2, 2, 1)].toSorted((a, b) => a.time - b.time),
    );
    const requests = createRequests(some, 3, { from: 5 });
    expect(requests.count).toBe(1);
    expect([...requests.seenBefore]).toEqual([0]);
    expect(requests.units).toEqual({ active: 2, seenBefore: 1, withoutRelevant: 1, onlyHad: 0 });
  });

  it("is not made by members who want again what they had: they are told from those who want nothing", () => {
    const again = eventsOf(
      [
        ...[rated(1, 0, 1), rated(10, 0, 1)],
        ...[rated(1, 1, 1), rated(10, 1, 1, 1)],
        ...[rated(1, 2, 1), rated(10, 2, 1), rated(11, 2, 2)],
      ].toSorted((a, b) => a.time - b.time),
    );
    const requests = createRequests(again, 3, { from: 5, foldIn: 0 });
    expect([...requests.unit]).toEqual([2]);
    expect(requests.units).toEqual({ active: 3, seenBefore: 3, withoutRelevant: 2, onlyHad: 1 });
  });

  it("does not know events from `until` on", () => {
    const requests = createRequests(events, 1, { from: 5, until: 12, foldIn: 0 });
    expect(shown(requests, 0).relevant).toEqual([1, 2]);
  });

  it("sees nothing of the future: shuffling what comes at or after the moment leaves its history as it is", () => {
    const rows = fc
      .array(
        fc.record({
          time: fc.integer({ min: 0, max: 30 }),
          unit: fc.integer({ min: 0, max: 3 }),
          item: fc.nat(9),
          value: fc.integer({ min: 1, max: 5 }),
        }),
        { maxLength: 60 },
      )
      .map((list) => list.toSorted((a, b) => a.time - b.time));
    fc.assert(
      fc.property(rows, fc.constantFrom(0, 0.3, 0.5, 0.9), (list, foldIn) => {
        const log = eventsOf(list);
        const requests = createRequests(log, 4, { from: 12, foldIn });
        for (let index = 0; index < requests.count; index++) {
          const { unit, moment, history, relevant } = shown(requests, index);
          const past = list.flatMap((row, at) => (row.unit === unit && row.time < moment ? [at] : []));
          expect(history).toEqual(past);
          const known = new Set(past.map((at) => list[at].item));
          const liked = list.filter(
            (row) => row.unit === unit && row.time >= moment && row.value >= 4 && !known.has(row.item),
          );
          expect(relevant).toEqual([...new Set(liked.map(({ item }) => item))].sort((a, b) => a - b));
          expect(moment).toBeGreaterThanOrEqual(12);
        }
      }),
    );
  });
});

it("a held-out request has the training rows as history and looks for all rated titles among the test rows", () => {
  const events = eventsOf([rated(1, 0, 1), rated(2, 0, 2, 1), rated(3, 0, 1, 3), rated(4, 0, 3, 2), rated(5, 1, 1)]);
  const part = Uint8Array.from(["train", "test", "test", "test", "train"] as const, partCode);
  const requests = createHeldOutRequests(events, 2, { description: "", part });
  expect(requests.count).toBe(1);
  expect(shown(requests, 0)).toEqual({ unit: 0, moment: 6, history: [0], relevant: [2, 3] });
  expect(requests.units).toMatchObject({ active: 1, seenBefore: 1, withoutRelevant: 0 });
});

it("a held-out request takes more parts for history where it is told, and counts what can no longer be found where that is asked", () => {
  const events = eventsOf([rated(1, 0, 1), rated(2, 0, 2), rated(3, 0, 1), rated(4, 1, 3), rated(5, 1, 1)]);
  const part = Uint8Array.from(["train", "validation", "test", "train", "test"] as const, partCode);
  const split = { description: "", part };
  const history = ["train", "validation"] as const;
  const dropped = createHeldOutRequests(events, 2, split, { history });
  expect(Array.from({ length: dropped.count }, (_, index) => shown(dropped, index).unit)).toEqual([1]);
  const missed = createHeldOutRequests(events, 2, split, { history, repeats: "miss" });
  expect(missed.count).toBe(2);
  expect(shown(missed, 0)).toMatchObject({ unit: 0, history: [0, 1], relevant: [1] });
});

it("is what counting through each unit's deeds gives, whatever was only shown and wherever the window lies", () => {
  const row = fc.record({
    time: fc.nat(20),
    unit: fc.nat(3),
    item: fc.nat(6),
    value: fc.constantFrom(1, 4, 5),
    kind: fc.constantFrom(kindCode("rating"), kindCode("rating"), kindCode("impression"), kindCode("view")),
  });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 30 }), fc.nat(21), fc.nat(25), (drawn, from, until) => {
      const rows = drawn.toSorted((one, other) => one.time - other.time);
      const requests = createRequests(eventsOf(rows), 5, { from, until });
      const expected: unknown[] = [];
      let [active, seen] = [0, 0];
      for (let unit = 0; unit < 5; unit++) {
        const deeds = [...rows.entries()].filter(
          ([, one]) => one.unit === unit && one.kind !== kindCode("impression") && one.time < until,
        );
        const later = deeds.filter(([, { time }]) => time >= from);
        if (later.length === 0) continue;
        active++;
        if (deeds.length > later.length) seen++;
        const moment = later[Math.floor(later.length / 2)][1].time;
        const past = deeds.filter(([, { time }]) => time < moment);
        const known = new Set(past.map(([, { item }]) => item));
        const liked = deeds.filter(
          ([, { time, kind, value, item }]) =>
            time >= moment && kind === kindCode("rating") && value >= 4 && !known.has(item),
        );
        const relevant = [...new Set(liked.map(([, { item }]) => item))].sort((one, other) => one - other);
        if (relevant.length > 0) expected.push({ unit, moment, history: past.map(([at]) => at), relevant });
      }
      expect(Array.from({ length: requests.count }, (_, at) => shown(requests, at))).toEqual(expected);
      expect(requests.units).toMatchObject({ active, seenBefore: seen, withoutRelevant: active - expected.length });
    }),
    { numRuns: 300 },
  );
});

describe("sets of requests in a stored result", () => {
  const events = eventsOf([rated(1, 0, 9), rated(2, 1, 9), rated(10, 0, 1), rated(11, 0, 2), rated(12, 1, 3)]);
  const deeds = deedsByUnit(events, 2);
  const made = (from: number, foldIn: number, of = deeds) => createRequests(events, 2, { from, foldIn, deeds: of });
  const histories = (arrays: ReturnType<typeof requestsToStored>, name: string) => {
    const { count, history } = requestsFromStored({ arrays }, name);
    return Array.from({ length: count }, (_, at) => [...sharedListAt(history, at)]);
  };

  it("share the rows of their histories, which are stored once", () => {
    const arrays = requestsToStored({ test: made(5, 0.5), "test-cold": made(5, 0), validation: made(2, 0) });
    expect(Object.entries(arrays).filter(([, column]) => column === deeds.items)).toHaveLength(1);
    expect(Object.keys(arrays).filter((name) => name.endsWith(".rows"))).toEqual(["history.rows"]);
    expect(histories(arrays, "test")).toEqual([[0, 2], [1]]);
    expect(histories(arrays, "test-cold")).toEqual([[0], [1]]);
    expect(histories(arrays, "validation")).toEqual([[0], []]);
  });

  it("are kept apart where they are made of other rows", () => {
    const other = deedsByUnit(eventsOf([rated(1, 1, 9), rated(2, 0, 9)]), 2);
    const late = { ...made(5, 0), history: asShared(other) };
    const arrays = requestsToStored({ test: made(5, 0), late });
    expect(histories(arrays, "test")).toEqual([[0], [1]]);
    expect(histories(arrays, "late")).toEqual([[1], [0]]);
  });
});
