import { describe, expect, it } from "vitest";
import type { Dimension } from "../core/unit.ts";
import type { DerivationLine } from "./expression/program.ts";
import type { FilledSheet } from "./sheet.ts";
import { isLogRange, sweep } from "./sweep.ts";

function answer(value: number, dimension: Dimension = { dollar: 1 }): DerivationLine {
  return { formula: "", substituted: "", value, dimension, text: "" };
}

/** A sheet with one answer. */
function sheet(value: number, parts: Partial<FilledSheet> = {}): FilledSheet {
  return {
    sheet: "cost",
    title: "cost",
    step: 6,
    subject: "",
    estimate: "cost",
    source: "",
    isAlternative: false,
    lines: [],
    answer: answer(value),
    shows: [],
    assumptions: [],
    restsOn: [],
    missing: [],
    failure: undefined,
    failureIsVerdict: false,
    limits: [],
    dominant: undefined,
    ...parts,
  };
}
const limit = (isBroken: boolean) => ({
  line: "cost",
  atMost: 1,
  value: 1,
  holds: "it fits",
  broken: "it no longer fits",
  isBroken,
});

describe("a sweep", () => {
  it("stands evenly, or evenly in the logarithm from a factor of ten on, ends included", () => {
    const evaluate = (x: number) => [sheet(x)];
    expect(sweep({ from: 2, to: 10, points: 5, evaluate }).points).toEqual([2, 4, 6, 8, 10]);
    const log = sweep({ from: 1, to: 10_000, points: 5, evaluate }).points;
    for (const [i, point] of log.entries()) expect(point).toBeCloseTo(10 ** i, 9);
    expect(sweep({ from: 0, to: 100, points: 3, evaluate }).points).toEqual([0, 50, 100]);
    expect(sweep({ from: 1, to: 4, points: 4, isWhole: true, evaluate }).points).toEqual([1, 2, 3, 4]);
    expect(sweep({ from: 1, to: 2, evaluate }).points).toHaveLength(49);
    expect([isLogRange(1, 10), isLogRange(1, 9.9), isLogRange(0, 10), isLogRange(-1, 10)]).toEqual([
      true,
      false,
      false,
      false,
    ]);
  });

  it("has a series of each answer that moves, by its name", () => {
    const { series } = sweep({
      from: 1,
      to: 3,
      points: 3,
      evaluate: (x) => [
        sheet(2 * x),
        sheet(7),
        sheet(x, { sheet: "memory", title: "memory", subject: "flat", isAlternative: true }),
        sheet(x, { answer: undefined }),
      ],
    });
    expect(series).toEqual([
      { label: "cost", sheet: "cost", dimension: { dollar: 1 }, isAlternative: false, values: [2, 4, 6] },
      { label: "memory: flat", sheet: "memory", dimension: { dollar: 1 }, isAlternative: true, values: [1, 2, 3] },
    ]);
  });

  it("finds where a limit breaks to a millionth, and says what is true above", () => {
    const { crossings } = sweep({
      from: 1,
      to: 5,
      points: 5,
      evaluate: (x) => [sheet(x, { limits: [limit(x > Math.PI)] })],
    });
    expect(crossings).toHaveLength(1);
    expect(crossings[0].x).toBeGreaterThan(Math.PI);
    expect(crossings[0].x).toBeLessThan(Math.PI * (1 + 2e-6));
    expect(crossings[0]).toMatchObject({ above: "it no longer fits", sheet: "cost" });
    const back = sweep({ from: 1, to: 5, points: 5, evaluate: (x) => [sheet(x, { limits: [limit(x < 2.5)] })] });
    expect(back.crossings[0].above).toBe("it fits");
  });

  it("finds where another part leads and where an answer ends, in the order of the range, on whole numbers where they are", () => {
    const { crossings } = sweep({
      from: 1,
      to: 9,
      points: 9,
      isWhole: true,
      evaluate: (x) => [
        sheet(x, {
          dominant: x > 6.4 ? "storage: 60%" : "compute: 70%",
          failure: x > 3.2 ? { code: "x", message: "cost: too many servers" } : undefined,
          answer: x > 3.2 ? undefined : answer(x, {}),
        }),
      ],
    });
    expect(crossings.map(({ x, above }) => `${x}: ${above}`)).toEqual([
      "3: cost has no answer: too many servers",
      "6: the largest part of the cost is storage",
    ]);
  });

  it("makes no claim of a sheet that still misses facts", () => {
    const evaluate = (x: number) => [
      sheet(x, { missing: x > 2 ? [{ key: "1.users", example: "2M", about: "users" }] : [] }),
    ];
    expect(sweep({ from: 1, to: 3, points: 3, evaluate }).crossings).toEqual([]);
  });
});
