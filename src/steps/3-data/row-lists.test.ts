import { expect, it } from "vitest";
import { groupRows, joinLists, listAt, rowStarts } from "./row-lists.ts";

it("rows of a key begin where those of the keys before it end, keys without rows included", () => {
  expect([...rowStarts(Int32Array.of(0, 0, 2, 2, 2, 3), 5)]).toEqual([0, 2, 2, 5, 6, 6]);
});

it("rows are grouped by key, ascending, and none is lost", () => {
  const lists = groupRows(Int32Array.of(2, 0, 2, 1), 4);
  expect([0, 1, 2, 3].map((key) => [...listAt(lists, key)])).toEqual([[1], [3], [0, 2], []]);
});

it("arrays laid end to end come back one by one", () => {
  const lists = joinLists([[5, 6], [], [7]]);
  expect([0, 1, 2].map((at) => [...listAt(lists, at)])).toEqual([[5, 6], [], [7]]);
});
