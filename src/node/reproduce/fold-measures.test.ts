import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { type Fold, meanMeasures, measureFolds, measureOf } from "./fold-measures.ts";

/** Ten cards a day over five days, the first four of them frauds; `shift` ranks so many honest ones above them. */
function fold(shift: number, from = 0): Fold {
  const rows = Array.from({ length: 50 }, (_, at) => at);
  const isFraud = (at: number): boolean => at % 10 < 4;
  return {
    day: Int32Array.from(rows, (at) => Math.floor(at / 10)),
    unit: Int32Array.from(rows, (at) => from + (at % 10)),
    labels: Uint8Array.from(rows, (at) => (isFraud(at) ? 1 : 0)),
    scores: Float64Array.from(rows, (at) => (at % 10 >= 10 - shift ? 2 : isFraud(at) ? 1 : 0)),
  };
}

it("averages what each fold measures by itself", () => {
  const [good, poor] = [fold(0), fold(3)];
  const alone = [good, poor].map((one) => meanMeasures([one]));
  expect(alone[0].averagePrecision).toBe(1);
  expect(alone[1].averagePrecision).toBeCloseTo(4 / 7, 6);
  expect(alone[1].aucRoc).toBe(0.5);
  const both = meanMeasures([good, poor]);
  expect(both.averagePrecision).toBeCloseTo((1 + alone[1].averagePrecision) / 2, 12);
  expect(both.aucRoc).toBe(0.75);
});

it("gives each metric of a table its value and an interval about it, the same for the same seed", () => {
  const folds = [fold(2), fold(3, 100)];
  const draw = () => measureFolds(folds, ["average precision", "auc roc"], createRandom(7, "folds"));
  const measured = draw();
  expect(Object.keys(measured)).toEqual(["average precision", "auc roc"]);
  for (const [metric, { value, interval }] of Object.entries(measured)) {
    expect(value).toBe(meanMeasures(folds)[measureOf(metric)]);
    if (interval === null) continue;
    expect(interval[0]).toBeLessThanOrEqual(value);
    expect(interval[1]).toBeGreaterThanOrEqual(value);
  }
  expect(draw()).toEqual(measured);
});

it("refuses a metric that it does not measure, and names those that it does", () => {
  expect(measureOf("card precision@100")).toBe("unitPrecision");
  for (const name of ["recall", "toString"]) expect(() => measureOf(name)).toThrow(/does not measure/u);
});
