import { expect, it } from "vitest";
import { categorySample } from "./category-sample.ts";
import { USUAL_BINS } from "./drift-measure.ts";

it("gives the commonest values a place each, by how often they are there, and all others the last", () => {
  // Value v stands 2 x USUAL_BINS - v times in the reference, so that the first USUAL_BINS - 1 values are the commonest.
  const reference = Int32Array.from(
    Array.from({ length: USUAL_BINS + 2 }, (_, value) => new Array<number>(2 * USUAL_BINS - value).fill(value)).flat(),
  );
  const last = USUAL_BINS - 1;
  const { current } = categorySample(reference, Int32Array.of(0, 1, last - 1, last, last + 1, 99, -1));
  expect([...current]).toEqual([0, 1, last - 1, last, last, last, Number.NaN]);
});

it("keeps a place for what the reference has not, also where it has few values, and breaks ties by the value", () => {
  const { reference, current } = categorySample(Int32Array.of(7, 3, 3, 7, -1), Int32Array.of(3, 7, 5));
  expect([...reference]).toEqual([1, 0, 0, 1, Number.NaN]);
  expect([...current]).toEqual([0, 1, 2]);
});
