import { expect, it } from "vitest";
import { plantRanked } from "../../../../test/planted-tasks.ts";
import { createRandom } from "../../../core/random.ts";
import { kindCode } from "../ranked-task.ts";
import { sharedListAt } from "../row-lists.ts";
import { everyUnitAt } from "./every-unit.ts";

const random = createRandom(3);
const task = plantRanked(
  Array.from({ length: 400 }, (_, time) => ({
    time,
    unit: random.below(38),
    item: random.below(30),
    kind: random.uniform() < 0.5 ? ("impression" as const) : ("view" as const),
  })),
  { units: 40, items: 30 },
);

it("asks for each unit once, with all deeds before the moment and no impression", () => {
  const moment = 250;
  const { events } = task;
  const requests = everyUnitAt(task, moment);
  expect([...requests.unit]).toEqual([...Array(40).keys()]);
  let deeds = 0;
  for (let row = 0; row < events.count; row++)
    if (events.time[row] < moment && events.kind[row] !== kindCode("impression")) deeds++;
  expect(requests.history.items).toHaveLength(deeds);
  for (let unit = 0; unit < 40; unit++) {
    const rows = sharedListAt(requests.history, unit);
    for (const row of rows) expect([events.unit[row], events.time[row] < moment]).toEqual([unit, true]);
    expect(requests.seenBefore[unit]).toBe(rows.length > 0 ? 1 : 0);
  }
  expect([...requests.seenBefore.subarray(38)]).toEqual([0, 0]);
  expect(requests.relevant.items).toHaveLength(0);
});
