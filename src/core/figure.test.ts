import { expect, it } from "vitest";
import { figure, subjectText } from "./figure.ts";

const ends = (value: number, interval: readonly [number, number]): readonly unknown[] => {
  const made = figure({ step: 5, name: "precision", subject: "trees", value, interval });
  return [made.value, ...(made.interval ?? [])];
};

it("what is zero but for rounding is 0 beside the numbers that it belongs to, and nothing else is", () => {
  expect(ends(0.002857, [-1.39e-17, 0.007143])).toEqual([0.002857, 0, 0.007143]);
  expect(ends(1.67e-16, [-0.18, 0.2])).toEqual([0, -0.18, 0.2]);
  expect(ends(2e-17, [1e-17, 3e-17])).toEqual([2e-17, 1e-17, 3e-17]);
  expect(ends(0.5, [1e-9, 1])).toEqual([0.5, 1e-9, 1]);
});

it("a difference is named as it is taken: `a less b` is positive where a is more", () => {
  expect(subjectText({ subject: "two-stage", against: "als" })).toBe("two-stage less als");
  expect(subjectText({ subject: "als" })).toBe("als");
});
