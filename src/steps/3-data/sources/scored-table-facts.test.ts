import { expect, it } from "vitest";
import { caseTableOf } from "./scored-table-facts.ts";

const WORDS = { row: "case", positive: "bad" };
const source = { format: "csv", path: "cases.csv" } as const;

it("takes no range of values where nobody says of which column, for one that acts nowhere says nothing", () => {
  const read = (repair: object) => caseTableOf({ source, repair }, [], WORDS, (path) => path);
  expect(read({ "out-of-range": "clip" }).policy.outOfRange).toBe("clip");
  expect(() => read({ range: [0, 100] })).toThrow(
    expect.objectContaining({
      failure: expect.objectContaining({ code: "range-of-cases", where: "section 3, source" }),
    }),
  );
});
