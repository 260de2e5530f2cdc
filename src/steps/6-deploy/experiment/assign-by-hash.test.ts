import { describe, expect, it } from "vitest";
import { assignByHash } from "./assign-by-hash.ts";
import { checkSampleRatio } from "./sample-ratio.ts";

const units = Array.from({ length: 20_000 }, (_, i) => `member-${i}`);
const count = (arms: readonly number[], arm: number): number => arms.filter((one) => one === arm).length;

describe("assignment by hash", () => {
  it("gives a unit the same arm every time", () => {
    expect(units.map((unit) => assignByHash(unit, "a", [0.5, 0.5]))).toEqual(
      units.map((unit) => assignByHash(unit, "a", [0.5, 0.5])),
    );
  });

  it.each([[[0.5, 0.5]], [[0.9, 0.05, 0.05]]])("keeps the shares %j", (shares) => {
    const arms = units.map((unit) => assignByHash(unit, "b", shares));
    const check = checkSampleRatio(
      shares.map((_, arm) => count(arms, arm)),
      shares,
    );
    expect(check.ok && check.value.pValue).toBeGreaterThan(0.01);
  });

  it("shuffles anew under another salt", () => {
    const first = units.map((unit) => assignByHash(unit, "one", [0.5, 0.5]));
    const second = units.map((unit) => assignByHash(unit, "two", [0.5, 0.5]));
    const both = first.filter((arm, i) => arm === 1 && second[i] === 1).length / units.length;
    expect(both).toBeGreaterThan(0.24);
    expect(both).toBeLessThan(0.26);
  });
});
