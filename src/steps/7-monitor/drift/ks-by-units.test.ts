import { describe, expect, it } from "vitest";
import { kolmogorovSurvival } from "../../../core/distribution-kolmogorov.ts";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { measureDrift } from "./drift-measure.ts";
import { ksTest } from "./kolmogorov-smirnov.ts";
import { ksTestByUnits } from "./ks-by-units.ts";

/** Four rows of each item, correlated by `alike` within it. */
function rowsOf(items: number, alike: number, seed: number) {
  const random = createRandom(seed);
  const own = Float64Array.from({ length: items }, () => random.normal());
  return {
    values: Float64Array.from(
      { length: items * 4 },
      (_, row) => Math.sqrt(alike) * own[row >> 2] + Math.sqrt(1 - alike) * random.normal(),
    ),
    units: Int32Array.from({ length: items * 4 }, (_, row) => row >> 2),
  };
}

describe("Kolmogorov-Smirnov by units", () => {
  it.each([0, 0.5, 0.9])(
    "cries in at most one of twenty pairs of samples of one law, rows of an item alike by %f",
    (alike) => {
      const cries = { byItem: 0, byRow: 0 };
      for (let seed = 0; seed < 400; seed++) {
        const [before, now] = [rowsOf(38, alike, seed), rowsOf(38, alike, 1000 + seed)];
        if (unwrap(ksTestByUnits(before, now)).pValue < 0.05) cries.byItem++;
        if (unwrap(ksTest(before.values, now.values)).pValue < 0.05) cries.byRow++;
      }
      // Binomial(400, 0.05) stays up to 34 in 999 of 1,000 cases.
      expect(cries.byItem).toBeLessThanOrEqual(34);
      expect(cries.byItem).toBeGreaterThanOrEqual(4);
      if (alike > 0) expect(cries.byRow).toBeGreaterThan(60);
    },
  );

  it("is the plain test where every row is of a unit of its own", () => {
    const [a, b] = [rowsOf(9, 0, 1).values, rowsOf(9, 0, 2).values];
    const alone = (values: Float64Array) => ({ values, units: values.map((_, row) => row) });
    expect(unwrap(ksTestByUnits(alone(a), alone(b))).pValue).toBe(unwrap(ksTest(a, b)).pValue);
  });

  it("of items whose rows are the same is the limit law of one row an item", () => {
    const [a, b] = [rowsOf(40, 1, 1), rowsOf(40, 1, 2)];
    const one = (values: Float64Array) => values.filter((_, row) => row % 4 === 0);
    const limit = unwrap(ksTest(one(a.values), one(b.values), "limit")).pValue;
    expect(unwrap(ksTestByUnits(a, b)).pValue).toBeCloseTo(limit, 1);
  });

  it("decides of an alert's measure too, and of one unit it knows no chance", () => {
    const [a, b] = [rowsOf(38, 0.5, 5), rowsOf(38, 0.5, 6)];
    const units = { reference: a.units, current: b.units };
    const level = (by?: typeof units) => unwrap(measureDrift("ks", a.values, b.values, { units: by })).chance ?? 0;
    expect(level(units)).toBeGreaterThan(1.2 * level());
    const one = { reference: a.units, current: b.units.map(() => 0) };
    expect(unwrap(measureDrift("ks", a.values, b.values, { units: one })).chance).toBeUndefined();
    expect(measureDrift("ks p-value", a.values, b.values, { units: one }).ok).toBe(false);
  });

  it("has a sister for counts: the chi-square test of items cries once in twenty too", () => {
    const cries = { byItem: 0, byRow: 0 };
    for (let seed = 0; seed < 300; seed++) {
      const [before, now] = [rowsOf(38, 0.5, seed), rowsOf(38, 0.5, 1000 + seed)];
      const pValue = (units?: { reference: Int32Array; current: Int32Array }) =>
        unwrap(measureDrift("chi-square p-value", before.values, now.values, { bins: 4, units })).value;
      if (pValue({ reference: before.units, current: now.units }) < 0.05) cries.byItem++;
      if (pValue() < 0.05) cries.byRow++;
    }
    // Binomial(300, 0.05) lies between 5 and 28 in 998 of 1,000 cases; cuts at the reference's own quantiles make it a little more.
    expect(cries.byItem).toBeLessThanOrEqual(30);
    expect(cries.byItem).toBeGreaterThanOrEqual(4);
    expect(cries.byRow).toBeGreaterThan(45);
  });
});

/** How much more the shares of rows up to each cut spread where units are drawn whole: by the definition, one cut after the other. */
function effectOf(samples: readonly { readonly values: Float64Array; readonly units: ArrayLike<number> }[]): number {
  const sorted = samples.flatMap(({ values }) => [...values]).sort((a, b) => a - b);
  const at = Array.from({ length: 19 }, (_, cut) => sorted[Math.ceil(((cut + 1) / 20) * sorted.length) - 1]);
  const sums = { whole: 0, alone: 0 };
  for (const { values, units } of samples) {
    const [n, known] = [values.length, [...new Set(Array.from(units))]];
    for (const cut of new Set(at)) {
      const share = values.filter((value) => value <= cut).length / n;
      sums.alone += (share * (1 - share)) / (n - 1);
      const pulls = known.map((unit) =>
        values.reduce((sum, value, row) => sum + (units[row] === unit ? (value <= cut ? 1 : 0) - share : 0), 0),
      );
      const squares = pulls.reduce((sum, pull) => sum + pull * pull, 0);
      sums.whole += (known.length / (known.length - 1)) * (squares / n ** 2);
    }
  }
  return sums.whole / sums.alone;
}

it("spreads by the effect of its units at cuts of the pooled values, those that equal a cut among those below it", () => {
  const whole = ({ values, units }: ReturnType<typeof rowsOf>) => ({ values: values.map(Math.round), units });
  const [a, b] = [whole(rowsOf(30, 0.7, 11)), whole(rowsOf(20, 0.7, 12))];
  const { statistic, pValue } = unwrap(ksTestByUnits(a, b));
  expect(effectOf([a, b])).toBeGreaterThan(2);
  const rows = (120 * 80) / (120 + 80) / effectOf([a, b]);
  expect(pValue).toBeCloseTo(kolmogorovSurvival(statistic * Math.sqrt(rows)), 12);
});

it("leaves out rows without a value, each with its unit", () => {
  const [a, b] = [rowsOf(30, 0.7, 13), rowsOf(20, 0.7, 14)];
  const holes = (values: Float64Array) => values.map((value, row) => (row % 5 === 1 ? Number.NaN : value));
  const there = <T extends Float64Array | Int32Array>(of: T) => of.filter((_, row) => row % 5 !== 1);
  const level = (units?: { reference: ArrayLike<number | string>; current: ArrayLike<number | string> }) =>
    unwrap(measureDrift("ks p-value", holes(a.values), holes(b.values), { units })).value;
  const [before, now] = [a, b].map(({ values, units }) => ({
    values: Float64Array.from(there(values)),
    units: Int32Array.from(there(units)),
  }));
  const expected = unwrap(ksTestByUnits(before, now)).pValue;
  expect(level({ reference: a.units, current: b.units })).toBe(expected);
  expect(level({ reference: Array.from(a.units, String), current: Array.from(b.units, String) })).toBe(expected);
  expect(level()).toBe(unwrap(ksTest(before.values, now.values)).pValue);
});
