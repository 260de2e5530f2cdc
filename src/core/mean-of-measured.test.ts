import { expect, it } from "vitest";
import { bestMeasured, meanOfMeasured } from "./mean-of-measured.ts";

it("leaves out what could not be measured, and is no number where nothing could", () => {
  expect(meanOfMeasured([0.2, Number.NaN, 0.6])).toBeCloseTo(0.4, 12);
  expect(meanOfMeasured([Number.NaN])).toBeNaN();
  expect(meanOfMeasured([])).toBeNaN();
});

it("is the first of the best, and nobody where nobody was measured", () => {
  const measure = ({ value }: { value: number }) => value;
  const [none, low, high] = [Number.NaN, 0.1, 0.3].map((value) => ({ value }));
  expect(bestMeasured([none, low, high, { ...high }], measure)).toBe(high);
  expect(bestMeasured([low, none], measure)).toBe(low);
  expect(bestMeasured([none, none], measure)).toBeUndefined();
});
