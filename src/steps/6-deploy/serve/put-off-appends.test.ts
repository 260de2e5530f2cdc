import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { EventLists } from "./event-lists.ts";
import { PutOffAppends } from "./put-off-appends.ts";

const REACH = 1000;
const LATENESS = 30;
const ROUND = 50;

/** Windows of the last 1000 seconds with a few totals; times are known modulo `2 ** span`. */
function openLists(keepsDropped: boolean): EventLists {
  const span = Math.ceil(Math.log2(REACH + LATENESS + 2 * ROUND + 2));
  const slots = [
    { what: "count", flags: 0, column: 0 },
    { what: "sum", flags: 1, column: 0 },
    { what: "last", flags: 0, column: 0 },
  ] as const;
  return new EventLists({ flagBits: 1, presence: [0], span, slots, keepsDropped });
}

/** Count, sum and last of the events of two windows. */
function totalsAt(lists: EventLists, list: number, now: number): number[] {
  const moments = Float64Array.of(now - REACH, now - 100, now);
  // What stands there is written over.
  const sums = new Float64Array(9).fill(7);
  expect(lists.sumBefore(list, moments, sums, 0, true)).toBe(true);
  // What is before all windows may be dropped, or not yet: it is taken off.
  return [3, 6].flatMap((at) => [sums[at] - sums[0], sums[at + 1] - sums[1], Math.max(sums[at + 2], now - REACH)]);
}

it.each([
  [true, 7, 6, 6],
  [false, 7, 6, 6],
  [false, 1000, 6, 6],
  // So many of a list within what may come late that late ones belong into runs that are full.
  [false, 1000, 2, 1 / 4],
])(
  "lists whose appends were put off hold what others hold, whatever comes late, together or after a pause",
  (keepsDropped, most, count, pace) => {
    const random = createRandom(15, `put off ${keepsDropped} ${most} ${pace}`);
    const [plain, put] = [openLists(keepsDropped), openLists(keepsDropped)];
    let waiting = new PutOffAppends(put, 1, most);
    let newest = 5000;
    let asked = 0;
    const none = (): void => undefined;
    for (let event = 0; event < 6000; event++) {
      const pause = random.uniform();
      newest +=
        pause < 0.5
          ? 0
          : pause < (pace < 1 ? 0.9998 : 0.99)
            ? Math.floor(8 * random.uniform() * pace) / 8
            : random.below(3 * REACH);
      const horizon = newest - LATENESS - REACH;
      const time = random.uniform() < 0.1 ? newest - random.below(LATENESS) : newest;
      const list = random.below(count);
      if (random.below(4) === 0) expect(waiting.has(list, time), `event ${event}`).toBe(plain.has(list, time));
      const [flags, value, print] = [random.below(2), random.below(500) / 100, 1 + random.below(1000)];
      for (const one of [plain, waiting]) {
        one.advance(newest, horizon, ROUND, none);
        one.append(list, time, flags, [value], print, horizon);
      }
      if (random.below(400) > 0) continue;
      waiting.settle();
      for (let one = 0; one < count; one++) expect(totalsAt(put, one, newest)).toEqual(totalsAt(plain, one, newest));
      waiting = new PutOffAppends(put, 1, most);
      asked++;
    }
    expect(asked).toBeGreaterThan(5);
  },
);

it("events are placed once so many wait, and no sooner", () => {
  const lists = openLists(false);
  lists.advance(100, 0, ROUND, () => undefined);
  const waiting = new PutOffAppends(lists, 1, 3);
  for (const at of [0, 1]) waiting.append(0, 100 + at / 4, 0, [1], 1, 0);
  expect([waiting.has(0, 100.25), waiting.has(0, 100), waiting.has(0, 101), lists.count]).toEqual([
    true,
    true,
    false,
    1,
  ]);
  const others = new PutOffAppends(lists, 1, 3);
  for (const at of [1, 2, 3]) {
    expect(lists.count).toBe(1);
    others.append(at, 101, 0, [1], 1, 0);
  }
  expect(lists.count).toBe(4);
});
