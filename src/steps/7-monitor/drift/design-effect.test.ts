import { expect, it } from "vitest";
import { passedWithoutDrift } from "../../../../test/psi-simulations.ts";
import { chiSquare } from "../../../core/distribution-chi-square.ts";
import { createRandom } from "../../../core/random.ts";
import { designEffect, passedByChance } from "./design-effect.ts";

it("chance alone seldom passes where rows come from units, and mostly where these are taken for independent", () => {
  const { byUnit, byRow } = passedWithoutDrift({ units: 60, rows: 20, alike: 0.6 }, 20, createRandom(41));
  expect(byUnit).toBeLessThan(0.065 + 2 * Math.sqrt(0.0475 / 20));
  expect(byRow).toBeGreaterThan(0.5);
});

it("is as large as the rows of a unit are many where these are all the same, and 1 where each row is its own unit", () => {
  const random = createRandom(5);
  const rows = (units: number, each: number) => {
    const bins = Array.from({ length: units }, () => random.below(5));
    return {
      bins: bins.flatMap((bin) => new Array<number>(each).fill(bin)),
      units: bins.flatMap((_, unit) => new Array<number>(each).fill(unit)),
    };
  };
  expect(designEffect(rows(4000, 1), rows(4000, 1), 5).mean).toBeCloseTo(1, 2);
  expect(designEffect(rows(2000, 7), rows(2000, 7), 5).mean).toBeCloseTo(7, 1);
  expect(designEffect(rows(2000, 7), rows(2000, 7), 5).percentile95).toBeCloseTo(7, 0);
  expect(designEffect(rows(200, 3), rows(1, 3), 5).percentile95).toBe(Number.POSITIVE_INFINITY);
});

it("gives the p-value that belongs to its percentile: 0.05 where that lies, less above it and more below", () => {
  const random = createRandom(11);
  const rows = (units: number, each: number) => {
    const bins = Array.from({ length: units }, () => random.below(4));
    return {
      bins: bins.flatMap((bin) => new Array<number>(each).fill(bin)),
      units: bins.flatMap((_, unit) => new Array<number>(each).fill(unit)),
    };
  };
  for (const [units, each] of [
    [12, 9],
    [300, 1],
    [80, 4],
  ]) {
    const effect = designEffect(rows(units, each), rows(units, each), 4);
    const level = chiSquare(3).upperQuantile(0.05) * effect.percentile95;
    expect(passedByChance(level, 3, effect)).toBeCloseTo(0.05, 6);
    expect(passedByChance(1.1 * level, 3, effect)).toBeLessThan(0.05);
    expect(passedByChance(0.9 * level, 3, effect)).toBeGreaterThan(0.05);
  }
  expect(passedByChance(7.814728, 3, { mean: 1, percentile95: 1 })).toBeCloseTo(0.05, 6);
});
