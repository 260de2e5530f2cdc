import { expect, it } from "vitest";
import { figure } from "../core/figure.ts";
import type { ForestRow } from "../report/summary/forest-rows.ts";
import { drawForest } from "./draw-forest.ts";

const SIGNS = { zero: "|", gain: ":", line: "-", dot: "o" };
const row = (
  name: string,
  value: number,
  interval: [number, number] | null,
  more: Partial<ForestRow> = {},
): ForestRow => ({
  name,
  isSlice: false,
  figure: { ...figure({ step: 5, name: "ndcg@10", subject: "s", against: "baseline", value, n: 1234 }), interval },
  ...more,
});
const drawn = (rows: readonly ForestRow[], gain: number | null = null, width = 80): string[] =>
  drawForest({ metric: "ndcg@10", rows, gain }, { paint: (_, text) => text }, width, SIGNS);

it("draws a line from bound to bound over 34 columns, with zero and the smallest gain seen through it", () => {
  const [line, note] = drawn([row("als", 0.22, [0.11, 0.33])], 0.03);
  expect(line.slice(0, 8)).toBe("    als ");
  expect(line.slice(8, 42)).toBe("|  :       -----------o-----------");
  expect(line.slice(42)).toMatch(/^ {2}\+0\.22/u);
  expect(note).toBe("    ndcg@10 less the baseline's, 95% intervals; : is the smallest gain that pays");
});

it("keeps zero on the axis on either side, and stands on it where all is zero", () => {
  expect(drawn([row("als", -0.33, [-0.33, -0.11])])[0].slice(8, 42)).toBe("o----------------------          |");
  expect(
    drawn([row("als", 0, null)])[0]
      .slice(8, 42)
      .trimEnd(),
  ).toBe("o");
  expect(drawn([row("als", 0.33, null)])[0].slice(8, 42)).toBe(`|${" ".repeat(32)}o`);
});

it("leaves out a gain beyond the axis, or in the column of zero", () => {
  for (const gain of [0.5, 0.001, null])
    expect(drawn([row("als", 0.22, [0.11, 0.33])], gain)[1]).not.toContain("smallest gain");
  expect(drawn([row("als", 0.22, [0.11, 0.33])], 0.33)[1]).toContain("smallest gain");
});

it("indents slices with their size, and cuts names at thirty letters", () => {
  const long = "x".repeat(40);
  const [short, slice] = drawn([row("als", 0.1, null), row(long, 0.1, null, { isSlice: true })]);
  expect(short.slice(4, 35)).toBe(`${"als".padEnd(30)} `);
  expect(slice.slice(4, 35)).toBe(`  ${"x".repeat(27)}… `);
  expect(drawn([row("new", 0.1, null, { isSlice: true })])[0]).toContain("      new, n 1,234 ");
  expect(drawn([row("als", 0.1, null)], null, 25)[0].length).toBeLessThanOrEqual(45);
});

it("draws nothing where there is nothing", () => {
  expect(drawn([])).toEqual([]);
  expect(drawForest(undefined, { paint: (_, text) => text }, 80)).toEqual([]);
});
