import { expect, it } from "vitest";
import { remarkBlocks } from "./remark-blocks.ts";

it("a remark is cut at its fences, and keeps the lines between them", () => {
  expect(remarkBlocks("It reads:\n\n```\nif a <= 1\n  2% of 10 rows\n```\n\nSo there.")).toEqual([
    { kind: "prose", text: "It reads:" },
    { kind: "fenced", text: "if a <= 1\n  2% of 10 rows" },
    { kind: "prose", text: "So there." },
  ]);
  expect(remarkBlocks("No `fence` here.")).toEqual([{ kind: "prose", text: "No `fence` here." }]);
});
