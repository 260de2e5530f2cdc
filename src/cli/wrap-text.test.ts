import fc from "fast-check";
import { expect, it } from "vitest";
import { wrapLines, wrapSentence } from "./wrap-text.ts";

it("breaks at words and indents like the first line", () => {
  const line = "  a) one two three four five six seven eight nine ten";
  expect(wrapLines([line], 30)).toBe("  a) one two three four five\n     six seven eight nine ten");
  expect(wrapLines(["  12 │   - { name: a, window: 30 d }"], 30)).toBe(
    "  12 │   - { name: a, window:\n     │     30 d }",
  );
  expect(wrapLines(["short", ""], 30)).toBe("short\n");
});

it("loses no word, and exceeds the width only for a single long word", () => {
  const word = fc.stringMatching(/^[a-z]{1,12}$/u);
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.integer({ min: 30, max: 90 }), (words, width) => {
      const wrapped = wrapLines([words.join(" ")], width);
      expect(wrapped.split(/\s+/u)).toEqual(words);
      for (const line of wrapped.split("\n")) expect(line.length).toBeLessThanOrEqual(width);
    }),
  );
});

it("keeps the bounds of an interval together, and gives colours no room", () => {
  const text = "ranking as mlp 32 loses 11%: drop 11.2% [1.6, 20.5], limit 2%";
  expect(wrapSentence(text, 46, "  ")).toEqual([
    "  ranking as mlp 32 loses 11%: drop 11.2%",
    "  [1.6, 20.5], limit 2%",
  ]);
  const painted = "\u001b[31mranking as mlp 32\u001b[39m keeps its clause whole";
  expect(wrapSentence(painted, 39, "")).toEqual([painted.replace(" whole", ""), "whole"]);
  expect(wrapSentence(painted, 40, "")).toEqual([painted]);
});
