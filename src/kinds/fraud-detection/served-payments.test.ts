import { expect, it } from "vitest";
import { limitsOf } from "./served-payments.ts";

it("believes ten times the largest amount before the test days, and twice the longest pause, and at least a day", () => {
  const time = Float64Array.of(0, 10, 70_010, 70_020, 900_000);
  const amount = Float64Array.of(5, 30, 7, 2, 1000);
  const limits = (from: number) => limitsOf({ time, amount }, { final: { test: Int32Array.of(from) } });
  expect(limits(3)).toEqual({ largestAmount: 300, step: 280_000, jump: 140_000 });
  expect(limits(1)).toEqual({ largestAmount: 50, step: 3600, jump: 86_400 });
});
