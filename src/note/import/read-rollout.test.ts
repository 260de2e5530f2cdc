import { expect, it } from "vitest";
import type { StepNumber } from "../../core/figure.ts";
import { readRollout } from "./read-rollout.ts";

const read = (text: string, steps: readonly StepNumber[] = [6]): readonly string[] =>
  readRollout({ text, steps, under: "", place: { file: "a.md", line: 1, quote: text } }).proposals.map(
    ({ value }) => value,
  );

it.each([
  ["5% → 20% → 50% → 100%", "[5%, 20%, 50%, 100%]"],
  ["1% of traffic, then 10%, then 50% and finally 100%", "[1%, 10%, 50%, 100%]"],
  ["1% of users for a day, and then 25%, lastly to 100%", "[1%, 25%, 100%]"],
  ["1%, 10% and 50%", "[1%, 10%, 50%]"],
  ["shadow -> 1% -> everyone", "[shadow, 1%, 100%]"],
])("reads the steps of `%s` to the last", (text, steps) => {
  expect(read(text)).toEqual([steps]);
});

it.each([
  "50%, then 10%",
  "1% of traffic and 5% of errors",
  "10% more",
  "5%, 5%",
  "100% at once / 1%, then 5% error rate allowed",
  "1%, then 3% of errors",
])("reads none in `%s`: no shares that rise one after another", (text) => {
  expect(read(text)).toEqual([]);
});

it("reads them elsewhere only where the line speaks of a rollout", () => {
  expect(read("5% → 20% → 100%", [3])).toEqual([]);
  expect(read("ramp 5% → 20% → 100%", [3])).toEqual(["[5%, 20%, 100%]"]);
});
