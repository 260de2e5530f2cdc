import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import type { EventKind, RankedTask } from "../../3-data/ranked-task.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataWithin } from "./interaction-matrix.ts";

/** Unit, item, kind, place; one second apart. */
function taskOf(rows: readonly (readonly [number, number, EventKind, number])[], logsPlaces = true): RankedTask {
  const events = rows.map(([unit, item, kind, position], time) => ({ time, unit, item, kind, value: 1, position }));
  return plantRanked(logsPlaces ? events : events.map(({ position: _, ...event }) => event));
}

const rows = [
  [0, 1, "click", 2],
  [0, 2, "click", 3],
  [0, 3, "click", 0],
  [1, 0, "view", 0],
  [1, 1, "click", 9],
] as const;
const examination = Float64Array.from([1, 0.5, 0.02]);
const weights = { ...DEFAULT_SIGNAL_WEIGHTS, click: 2 };

describe("training data with clicks weighed by their place", () => {
  it("divides a click's strength by the examination of its place, up to a factor of ten", () => {
    const { interactions } = trainingDataWithin(taskOf(rows), { until: 10 }, weights, examination);
    // Place 2: 2 / 0.5. Place 3: ten times at most. No place: as it stands. A view: as it stands. A place never estimated: ten times.
    expect([...interactions.values]).toEqual([4, 20, 2, 1, 20]);
  });

  it("leaves all as it stands without an estimate, or where no places are logged", () => {
    const plain = [...trainingDataWithin(taskOf(rows), { until: 10 }, weights).interactions.values];
    expect(plain).toEqual([2, 2, 2, 1, 2]);
    const unplaced = trainingDataWithin(taskOf(rows, false), { until: 10 }, weights, examination);
    expect([...unplaced.interactions.values]).toEqual(plain);
  });

  it("reads nothing at or after the moment", () => {
    expect([...trainingDataWithin(taskOf(rows), { until: 2 }, weights).interactions.values]).toEqual([2, 2]);
  });
});

describe("training data", () => {
  const event = fc.record({
    unit: fc.nat(4),
    item: fc.nat(5),
    strength: fc.constantFrom(0, 0, 0.5, 1, 3),
    judged: fc.constantFrom(-1, 0, 1, 1),
  });

  it("holds each pair once, with its strongest sign and its last time, and nothing that was unwanted afterwards", () => {
    fc.assert(
      fc.property(fc.array(event, { maxLength: 40 }), fc.nat(45), (drawn, moment) => {
        const planted = plantRanked(
          drawn.map(({ unit, item }, time) => ({ time, unit, item, kind: "view" as const, value: 1 })),
        );
        const task: RankedTask = {
          ...planted,
          units: 6,
          items: { ...planted.items, count: 7 },
          events: {
            ...planted.events,
            judged: Int8Array.from(drawn, ({ judged }) => judged),
            strength: Float32Array.from(drawn, ({ strength }) => strength),
          },
        };
        const { interactions, times } = trainingDataWithin(task, { until: moment }, DEFAULT_SIGNAL_WEIGHTS);
        const kept = new Map<string, readonly [strength: number, time: number]>();
        for (const [time, { unit, item, strength, judged }] of drawn.entries()) {
          if (time >= moment) break;
          const key = `${unit} ${item}`;
          if (judged === -1) kept.delete(key);
          else if (strength > 0) kept.set(key, [Math.max(strength, kept.get(key)?.[0] ?? 0), time]);
        }
        const found: [string, readonly [number, number]][] = [];
        for (let unit = 0; unit < interactions.rows; unit++)
          for (let at = interactions.indptr[unit]; at < interactions.indptr[unit + 1]; at++)
            found.push([`${unit} ${interactions.indices[at]}`, [interactions.values[at], times?.[at] ?? Number.NaN]]);
        expect(found).toEqual([...kept].sort(([one], [other]) => (one < other ? -1 : 1)));
        expect([interactions.rows, interactions.columns, interactions.values.length]).toEqual([6, 7, found.length]);
      }),
      { numRuns: 300 },
    );
  });
});
