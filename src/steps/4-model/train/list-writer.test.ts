import { expect, it } from "vitest";
import { createListWriter } from "./list-writer.ts";

const LISTS = [[4, 2, 9], [], [7], [1, 2, 3, 4, 5, 6, 7], [8, 3]] as const;

it.each([1, 3, 4, 100])("joins lists that were made in pieces of %d places", (size) => {
  const writer = createListWriter(LISTS.length, size);
  for (const list of LISTS) {
    writer.add(
      list,
      list.map((item) => item / 2),
    );
  }
  const all = LISTS.flat();
  expect(writer.lists()).toEqual({
    offsets: Int32Array.of(0, 3, 3, 4, 11, 13),
    items: Int32Array.from(all),
    scores: Float32Array.from(all, (item) => item / 2),
  });
});

it("gives nothing out while a request has no list", () => {
  const writer = createListWriter(2);
  writer.add([1], [1]);
  expect(() => writer.lists()).toThrow("1 of 2");
});
