import { expect, it } from "vitest";
import { createRow } from "./unit-row.ts";

it("keeps the strongest sign and the last time of any number of items, and nothing of the unit before", () => {
  const row = createRow(300);
  const all = Array.from({ length: 300 }, (_, item) => item);
  for (const item of all.toReversed()) row.add(item, item + 1, 10 * item);
  row.add(7, 2, 5000);
  row.remove(8);
  row.remove(9);
  row.add(9, 0.5, 6000);
  expect([...row.items()]).toEqual(all.filter((item) => item !== 8));
  expect([row.strength(7), row.time(7)]).toEqual([8, 5000]);
  expect([row.strength(9), row.time(9)]).toEqual([0.5, 6000]);
  expect([row.strength(299), row.time(299)]).toEqual([300, 2990]);
  row.clear();
  expect(row.items()).toHaveLength(0);
  row.add(200, 1, 1);
  row.add(3, 1, 2);
  expect([...row.items()]).toEqual([3, 200]);
  expect(row.strength(200)).toBe(1);
});
