import { expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { type Fold, meanMeasures, measureFolds, measureOf } from "./fold-measures.ts";

const CARDS = 40;

/** Forty cards a day over five days, the first sixteen of them frauds; `shift` ranks so many honest ones above them. */
function fold(shift: number, from = 0): Fold {
  const rows = Array.from({ length: 5 * CARDS }, (_, at) => at);
  const isFraud = (at: number): boolean => at % CARDS < 16;
  return {
    day: Int32Array.from(rows, (at) => Math.floor(at / CARDS)),
    unit: Int32Array.from(rows, (at) => from + (at % CARDS)),
    labels: Uint8Array.from(rows, (at) => (isFraud(at) ? 1 : 0)),
    scores: Float64Array.from(rows, (at) => (at % CARDS >= CARDS - shift ? 2 : isFraud(at) ? 1 : 0)),
  };
}

it("averages what each fold measures by itself", () => {
  const [good, poor] = [fold(0), fold(12)];
  const alone = [good, poor].map((one) => meanMeasures([one]));
  expect(alone[0].averagePrecision).toBe(1);
  expect(alone[1].averagePrecision).toBeCloseTo(4 / 7, 6);
  expect(alone[1].aucRoc).toBe(0.5);
  const both = meanMeasures([good, poor]);
  expect(both.averagePrecision).toBeCloseTo((1 + alone[1].averagePrecision) / 2, 12);
  expect(both.aucRoc).toBe(0.75);
});

it("gives each metric of a table its value and an interval about it, the same for the same seed", () => {
  const folds = [fold(8), fold(12, 100)];
  const draw = () => measureFolds(folds, ["average precision", "auc roc"], createRandom(7, "folds"));
  const measured = draw();
  expect(Object.keys(measured)).toEqual(["average precision", "auc roc"]);
  for (const [metric, { value, interval }] of Object.entries(measured)) {
    expect(value).toBe(meanMeasures(folds)[measureOf(metric)]);
    expect(interval?.[0]).toBeLessThan(value);
    expect(interval?.[1]).toBeGreaterThan(value);
  }
  expect(draw()).toEqual(measured);
});

it("draws cards and not rows: in whatever order their cases stand, the intervals are the same", () => {
  const days = fold(12);
  // Case by case of one card, then of the next: its first forty rows are of eight cards.
  const order = Array.from({ length: 5 * CARDS }, (_, at) => (at % 5) * CARDS + Math.floor(at / 5));
  const cards: Fold = {
    day: Int32Array.from(order, (at) => days.day[at]),
    unit: Int32Array.from(order, (at) => days.unit[at]),
    labels: Uint8Array.from(order, (at) => days.labels[at]),
    scores: Float64Array.from(order, (at) => days.scores[at]),
  };
  const drawn = (one: Fold) => measureFolds([one], ["auc roc"], createRandom(7, "folds"))["auc roc"];
  expect(drawn(days).interval).not.toBeNull();
  expect(drawn(cards).interval?.map((end) => end.toFixed(9))).toEqual(
    drawn(days).interval?.map((end) => end.toFixed(9)),
  );
});

it("refuses a metric that it does not measure, and names those that it does", () => {
  expect(measureOf("card precision@100")).toBe("unitPrecision");
  for (const name of ["recall", "toString"]) expect(() => measureOf(name)).toThrow(/does not measure/u);
});
