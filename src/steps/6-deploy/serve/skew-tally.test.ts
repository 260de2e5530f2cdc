import { expect, it } from "vitest";
import { openSkewTally } from "./skew-tally.ts";

it("-0 is 0 and missing is missing; any other difference is counted, under its feature's name", () => {
  const tally = openSkewTally(
    ["euros", "rate", "age"],
    [
      [-0, 0, 1],
      [Number.NaN, 0.1, 0.5],
      [3, 3, 3],
    ],
  );
  tally.compare(0, [0, Number.NaN, 3]);
  tally.compare(1, [-0, 0.1, 3]);
  expect(tally.differingRows).toBe(0);
  expect(tally.differingFeatures).toEqual([]);
  tally.compare(2, [1, 0.5 + 2 ** -53, Number.NaN]);
  expect(tally.count).toMatchObject({ requests: 3, compared: 9, differing: 2, first: { row: 2, feature: "rate" } });
  expect(tally.differingFeatures).toEqual(["rate", "age"]);
  expect(tally.differingRows).toBe(1);
});
