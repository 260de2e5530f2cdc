import { expect, it } from "vitest";
import { withEdits } from "./with-edits.ts";

it("puts each text at its place of the text before, in whatever order they are given", () => {
  const edits = [
    { from: 2, to: 3, text: "long" },
    { from: 0, to: 1, text: "" },
    { from: 4, to: 4, text: "!" },
  ];
  expect(withEdits("abcd", edits)).toBe("blongd!");
});
