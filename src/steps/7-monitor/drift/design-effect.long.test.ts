import { expect, it } from "vitest";
import { passedWithoutDrift } from "../../../../test/psi-simulations.ts";
import { createRandom } from "../../../core/random.ts";

it.each([
  ["independent rows", { units: 150, rows: 10, alike: 0 }],
  ["rows that are a little alike", { units: 150, rows: 10, alike: 0.2 }],
  ["rows that are much alike", { units: 60, rows: 20, alike: 0.6 }],
])("chance alone is passed at most one time in twenty where rows come from units: %s", (_, rows) => {
  const runs = 600;
  const { byUnit, byRow } = passedWithoutDrift(rows, runs, createRandom(41, "psi by unit"));
  expect(byUnit).toBeLessThan(0.065 + 2 * Math.sqrt(0.0475 / runs));
  // It is no silence either; by rows such data ring in most cases.
  if (rows.alike === 0) expect(byUnit).toBeGreaterThan(0.01);
  if (rows.alike > 0.5) expect(byRow).toBeGreaterThan(0.5);
});
