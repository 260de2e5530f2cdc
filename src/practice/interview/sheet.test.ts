import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readProblem } from "../../node/problem-files.ts";
import { DIMENSION_NAMES } from "./dimension.ts";
import { blankSheet, compareSheets, type Sheet, sheetSchema } from "./sheet.ts";

const films = readProblem("movie-recommendations");

describe("sheets of two interviewers", () => {
  const sheet = (grades: readonly (0 | 1 | 2 | 3 | null)[]): Sheet =>
    sheetSchema.parse({
      problem: "x",
      grades: Object.fromEntries(DIMENSION_NAMES.map((name, i) => [name, { grade: grades[i] ?? null }])),
    });

  it("agree by weighted kappa, as worked out by hand", () => {
    const same = compareSheets(sheet([0, 1, 2, 3]), sheet([0, 1, 2, 3]));
    expect(same).toMatchObject({ compared: 4, same: 4, withinOne: 4, kappa: 1, apart: [] });
    // observed (0+1+0+9)/4 = 2.5; expected over all 16 pairs of {0,1,2,3} and {0,2,2,0}: (8+4+8+20)/16 = 2.5
    const apart = compareSheets(sheet([0, 1, 2, 3]), sheet([0, 2, 2, 0]));
    expect(apart.kappa).toBeCloseTo(0, 9);
    expect(apart.apart.map(({ dimension }) => dimension)).toEqual(["modelling"]);
    expect(compareSheets(sheet([2, 2]), sheet([2, 2])).kappa).toBeUndefined();
    expect(compareSheets(sheet([2]), sheet([null])).compared).toBe(0);
  });

  it("can be filled from the blank one", () => {
    const read = sheetSchema.safeParse(parse(blankSheet(films)));
    expect(read.success && read.data.problem).toBe("movie-recommendations");
  });
});
