import { describe, expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import type { EventKind, RankedTask } from "../../3-data/ranked-task.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataBefore } from "./interaction-matrix.ts";

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
    const { interactions } = trainingDataBefore(taskOf(rows), 10, weights, examination);
    // Place 2: 2 / 0.5. Place 3: ten times at most. No place: as it stands. A view: as it stands. A place never estimated: ten times.
    expect([...interactions.values]).toEqual([4, 20, 2, 1, 20]);
  });

  it("leaves all as it stands without an estimate, or where no places are logged", () => {
    const plain = [...trainingDataBefore(taskOf(rows), 10, weights).interactions.values];
    expect(plain).toEqual([2, 2, 2, 1, 2]);
    const unplaced = trainingDataBefore(taskOf(rows, false), 10, weights, examination);
    expect([...unplaced.interactions.values]).toEqual(plain);
  });

  it("reads nothing at or after the moment", () => {
    expect([...trainingDataBefore(taskOf(rows), 2, weights).interactions.values]).toEqual([2, 2]);
  });
});
