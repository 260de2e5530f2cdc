import { expect, it } from "vitest";
import { stepOfCode } from "./step-of-code.ts";

it("a finding is of the step that its code names, a team's too, and one of a note's own model of step 4", () => {
  expect(["HP013", "HP306", "HP341", "HP342", "HP711", "T5-own-rule", "X1"].map(stepOfCode)).toEqual([
    0, 3, 3, 4, 7, 5, 0,
  ]);
});
