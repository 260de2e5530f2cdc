import { expect, it } from "vitest";
import { shortSizeChange, sizeChange } from "./size-change.ts";

it.each([
  [4, "4x smaller", "4.0x smaller"],
  [3.864, "3.86x smaller", "3.9x smaller"],
  [0.259, "3.86x larger", "3.9x larger"],
  [1.02, "1.02x smaller", "as large"],
  [0.98, "1.02x larger", "as large"],
  [1, "as large", "as large"],
  [0.9996, "as large", "as large"],
])("a size before of %f times the size after is %s, in short %s", (factor, words, short) => {
  expect(sizeChange(factor)).toBe(words);
  expect(shortSizeChange(factor)).toBe(short);
});
