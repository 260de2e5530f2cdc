import { expect, it } from "vitest";
import { applyEdits } from "./apply-edits.ts";
import { createLocator } from "./locate.ts";

const text = "\uFEFFone two\r\nthree\rfour\n😀five";
const at = createLocator(text, "n.md");

it("applies edits in the order of the text and tells which ones overlap", () => {
  const edits = [
    { at: at(10, 15), text: "3" },
    { at: at(1, 4), text: "1" },
    { at: at(3, 8), text: "no" },
    { at: at(5, 5), text: ">" },
  ];
  const { text: edited, skipped } = applyEdits(text, edits);
  expect(edited).toBe("\uFEFF1 >two\r\n3\rfour\n😀five");
  expect(skipped).toEqual([edits[2]]);
});

it("places offsets behind a byte-order mark, mixed line endings and astral characters", () => {
  const place = (offset: number): number[] => [at(offset, offset).start.line, at(offset, offset).start.column];
  expect([0, 1, 5, 10, 16, 21, text.length].map(place)).toEqual([
    [1, 1],
    [1, 1],
    [1, 5],
    [2, 1],
    [3, 1],
    [4, 1],
    [4, 7],
  ]);
  expect(at(99, 2)).toMatchObject({ start: { offset: text.length }, end: { offset: text.length } });
});
