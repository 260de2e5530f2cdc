import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { EVENT_KINDS, type Events, type Interactions } from "../../../kinds/recommendation/interactions.ts";
import { createWorld, simulateInteractions } from "../../../kinds/recommendation/simulated-world.ts";
import { DEFAULT_SIGNAL_WEIGHTS, trainingDataBefore } from "./interaction-matrix.ts";

const world = createWorld({ members: 3, titles: 4, days: 5 }, createRandom(1));
const template = simulateInteractions(world, createRandom(1));

/** Member, title, kind, place; one second apart. */
function interactionsOf(
  rows: readonly (readonly [number, number, (typeof EVENT_KINDS)[number], number])[],
  logsPlaces = true,
): Interactions {
  const column = (at: 0 | 1 | 3): Int32Array => Int32Array.from(rows, (row) => row[at]);
  const events: Events = {
    count: rows.length,
    member: column(0),
    title: column(1),
    time: Float64Array.from(rows, (_, i) => i),
    kind: Uint8Array.from(rows, (row) => EVENT_KINDS.indexOf(row[2])),
    value: new Float32Array(rows.length).fill(1),
    ...(logsPlaces ? { position: column(3) } : {}),
  };
  return { ...template, events };
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
    const { interactions } = trainingDataBefore(interactionsOf(rows), 10, weights, examination);
    // Place 2: 2 / 0.5. Place 3: ten times at most. No place: as it stands. A view: as it stands. A place never estimated: ten times.
    expect([...interactions.values]).toEqual([4, 20, 2, 1, 20]);
  });

  it("leaves all as it stands without an estimate, or where no places are logged", () => {
    const plain = [...trainingDataBefore(interactionsOf(rows), 10, weights).interactions.values];
    expect(plain).toEqual([2, 2, 2, 1, 2]);
    const unplaced = trainingDataBefore(interactionsOf(rows, false), 10, weights, examination);
    expect([...unplaced.interactions.values]).toEqual(plain);
  });

  it("reads nothing at or after the moment", () => {
    expect([...trainingDataBefore(interactionsOf(rows), 2, weights).interactions.values]).toEqual([2, 2]);
  });
});
