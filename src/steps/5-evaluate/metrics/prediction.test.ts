import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shareRight } from "./accuracy.ts";
import { dice, iou } from "./iou.ts";
import { meanAbsoluteError } from "./mae.ts";
import { meanAbsolutePercentageError } from "./mape.ts";
import { bitsPerToken, perplexity } from "./perplexity.ts";
import { pinballLoss } from "./pinball.ts";
import { coefficientOfDetermination } from "./r2.ts";
import { kendall, midRanks, spearman } from "./rank-correlation.ts";
import { rootMeanSquaredError } from "./rmse.ts";
import { symmetricMape } from "./smape.ts";
import { weightedApe } from "./wape.ts";

describe("regression", () => {
  const y = [3.0, -0.5, 2.0, 7.0, 4.2];
  const predicted = [2.5, 0.0, 2.1, 7.8, 3.6];

  test("agrees with values worked out elsewhere", () => {
    expect(meanAbsoluteError(y, predicted)).toBeCloseTo(0.5, 12);
    expect(rootMeanSquaredError(y, predicted)).toBeCloseTo(0.5495452666, 10);
    expect(coefficientOfDetermination(y, predicted)).toBeCloseTo(0.9506406904, 10);
    expect(meanAbsolutePercentageError(y, predicted)).toBeCloseTo(0.2947619048, 10);
    expect(symmetricMape(y, predicted)).toBeCloseTo(0.4985105863, 10);
    expect(symmetricMape(y, predicted, "0 to 1")).toBeCloseTo(0.4985105863 / 2, 10);
    expect(symmetricMape(y, predicted, "0 to 200 %")).toBeCloseTo(49.85105863, 8);
    expect(weightedApe(y, predicted)).toBeCloseTo(0.1497005988, 10);
    expect(pinballLoss(y, predicted, 0.9)).toBeCloseTo(0.226, 12);
  });

  test("pinball loss at one half is half the absolute error, and is smallest at the quantile", () => {
    expect(pinballLoss(y, predicted, 0.5)).toBeCloseTo(meanAbsoluteError(y, predicted) / 2, 14);
    const values = Array.from({ length: 101 }, (_, i) => i);
    const lossAt = (forecast: number): number =>
      pinballLoss(
        values,
        values.map(() => forecast),
        0.9,
      );
    expect(lossAt(90)).toBeLessThan(lossAt(85));
    expect(lossAt(90)).toBeLessThan(lossAt(95));
  });

  test("says nothing where nothing is defined", () => {
    expect(coefficientOfDetermination([2, 2], [1, 3])).toBeNaN();
    expect(weightedApe([0, 0], [1, 1])).toBeNaN();
    expect(meanAbsoluteError([], [])).toBeNaN();
    expect(meanAbsolutePercentageError([0], [1])).toBe(Number.POSITIVE_INFINITY);
    expect(meanAbsolutePercentageError([0], [0])).toBe(0);
    expect(shareRight([], [])).toBeNaN();
  });
});

describe("boxes", () => {
  test("overlap as points of the plane or as pixels", () => {
    expect(iou([10, 10, 50, 60], [30, 20, 70, 80])).toBeCloseTo(0.2222222222, 10);
    expect(iou([10, 10, 50, 60], [30, 20, 70, 80], "inclusive pixels")).toBeCloseTo(0.2307692308, 10);
    expect(dice([10, 10, 50, 60], [30, 20, 70, 80])).toBeCloseTo(0.3636363636, 10);
  });

  test("apart share nothing, and the same box shares all", () => {
    expect(iou([0, 0, 1, 1], [2, 2, 3, 3])).toBe(0);
    expect(iou([0, 0, 2, 3], [0, 0, 2, 3])).toBe(1);
  });
});

test("perplexity is the exponential of the mean nats", () => {
  expect(perplexity([2.1, 0.7, 3.3, 1.2])).toBeCloseTo(6.202795019, 9);
  expect(bitsPerToken([2.1, 0.7, 3.3, 1.2])).toBeCloseTo(2.63291845, 8);
  expect(perplexity([])).toBeNaN();
});

describe("rank correlation", () => {
  test("agrees with values worked out elsewhere, ties included", () => {
    expect(spearman([1, 2, 2, 4, 5, 6], [2, 1, 4, 3, 6, 6])).toBeCloseTo(0.7941176471, 10);
    expect(kendall([1, 2, 2, 4, 5, 6], [2, 1, 4, 3, 6, 6])).toBeCloseTo(0.6428571429, 10);
    expect(Array.from(midRanks([5, 1, 5, 3]))).toEqual([3.5, 1, 3.5, 2]);
  });

  test("kendall counts pairs as its definition does", () => {
    const column = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 })), {
      minLength: 2,
      maxLength: 25,
    });
    fc.assert(
      fc.property(column, (rows) => {
        let score = 0;
        let untiedA = 0;
        let untiedB = 0;
        for (let i = 0; i < rows.length; i++) {
          for (let j = 0; j < i; j++) {
            const first = Math.sign(rows[i][0] - rows[j][0]);
            const second = Math.sign(rows[i][1] - rows[j][1]);
            score += first * second;
            untiedA += Math.abs(first);
            untiedB += Math.abs(second);
          }
        }
        const value = kendall(
          rows.map((row) => row[0]),
          rows.map((row) => row[1]),
        );
        if (untiedA * untiedB === 0) expect(value).toBeNaN();
        else expect(value).toBeCloseTo(score / Math.sqrt(untiedA * untiedB), 12);
      }),
      { seed: 6 },
    );
  });

  test("of a column with NaN is NaN", () => {
    expect(spearman([1, Number.NaN, 3], [1, 2, 3])).toBeNaN();
    expect(kendall([1, Number.NaN, 3], [1, 2, 3])).toBeNaN();
  });
});
