import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { pairsOfUnits, startsByUnit } from "./pairs-of-units.ts";

/** Events of a few units with much and many with little, some of them unwanted, some that say nothing. */
function anEventLog(count: number) {
  const random = createRandom(3);
  const events = {
    unit: Int32Array.from({ length: count }, () => Math.floor(60 * random.uniform() ** 2)),
    item: Int32Array.from({ length: count }, () => random.below(40)),
    time: Float64Array.from({ length: count }, (_, at) => 10 * at),
    judged: Int8Array.from({ length: count }, () => (random.uniform() < 0.1 ? -1 : 1)),
  };
  const strengthOf = (event: number): number => (event % 7) / 2;
  const says = (event: number): boolean => (events.judged[event] === -1 || strengthOf(event) > 0) && event % 11 > 0;
  return { events, units: 64, says, strengthOf };
}

function pairsIn(groups?: number) {
  const of = anEventLog(2500);
  return Array.from(pairsOfUnits(of, startsByUnit(of), groups), ({ unit, items, strengths, times }) => ({
    unit,
    items: Array.from(items, (item, at) => [item, strengths[at], times[at]]),
  }));
}

it("gives every unit once, with what an item's events say one after the other", () => {
  const { events, units, says, strengthOf } = anEventLog(2500);
  const expected = Array.from({ length: units }, (_, unit) => {
    const kept = new Map<number, readonly [strength: number, time: number]>();
    for (let event = 0; event < events.unit.length; event++) {
      if (events.unit[event] !== unit || !says(event)) continue;
      const [strength] = kept.get(events.item[event]) ?? [0, 0];
      const own = events.judged[event] === -1 ? 0 : Math.max(strength, strengthOf(event));
      const time = events.judged[event] === -1 ? 0 : events.time[event];
      kept.set(events.item[event], [own, time]);
    }
    const items = [...kept].filter(([, [strength]]) => strength > 0).sort(([a], [b]) => a - b);
    return { unit, items: items.map(([item, [strength, time]]) => [item, strength, time]) };
  });
  expect(pairsIn()).toEqual(expected);
  expect(expected.filter(({ items }) => items.length > 20).length).toBeGreaterThan(3);
});

it.each([1, 7, 100, 2000])("gives the same in groups of %d events", (group) => {
  expect(pairsIn(group)).toEqual(pairsIn());
});

it("gives units without events no pairs", () => {
  const of = { ...anEventLog(100), says: () => false };
  const pairs = [...pairsOfUnits(of, startsByUnit(of))];
  expect(pairs).toHaveLength(64);
  expect(pairs[63].items).toHaveLength(0);
});
