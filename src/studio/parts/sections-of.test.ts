import { expect, it } from "vitest";
import { sectionsOf } from "./sections-of.ts";

it("names sections as people do", () => {
  expect([[3], [3, 4], [3, 4, 5], [2, 4, 5, 7]].map((steps) => sectionsOf(steps))).toEqual([
    "section 3",
    "sections 3 and 4",
    "sections 3 to 5",
    "sections 2, 4, 5 and 7",
  ]);
});
