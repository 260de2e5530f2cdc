import { expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom, type Random } from "../../../core/random.ts";
import { designEffect } from "./design-effect.ts";
import { psi } from "./psi.ts";

/** Rows of units that have a taste of their own: `alike` is the share of the spread that a unit's rows have in common. */
function draw(random: Random, units: number, rows: number, alike: number) {
  const [values, of]: [number[], number[]] = [[], []];
  for (let unit = 0; unit < units; unit++) {
    const taste = Math.sqrt(alike) * random.normal();
    const own = 1 + random.below(2 * rows - 1);
    for (let row = 0; row < own; row++) {
      values.push(taste + Math.sqrt(1 - alike) * random.normal());
      of.push(unit);
    }
  }
  return { values: Float64Array.from(values), units: Int32Array.from(of) };
}

it.each([
  ["independent rows", 150, 10, 0],
  ["rows that are a little alike", 150, 10, 0.2],
  ["rows that are much alike", 60, 20, 0.6],
])("chance alone is passed at most one time in twenty where rows come from units: %s", (_, units, rows, alike) => {
  const random = createRandom(41, "psi by unit");
  const runs = 100;
  let [passed, asRows] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const [before, after] = [draw(random, 3 * units, rows, alike), draw(random, units, rows, alike)];
    const pair = { reference: before.units, current: after.units };
    const { value, noise } = unwrap(psi(before.values, after.values, { units: pair }));
    if (value > noise.percentile95) passed++;
    if (alike > 0.5 && value > unwrap(psi(before.values, after.values)).noise.percentile95) asRows++;
  }
  expect(passed / runs).toBeLessThan(0.065 + 2 * Math.sqrt(0.0475 / runs));
  // It is no silence either; by rows such data ring in most cases.
  if (alike === 0) expect(passed / runs).toBeGreaterThan(0.01);
  if (alike > 0.5) expect(asRows / runs).toBeGreaterThan(0.5);
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
