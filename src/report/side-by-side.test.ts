import { describe, expect, it } from "vitest";
import { figure } from "../../test/drawn-run.ts";
import { changedFacts, movedMostFirst, nameOf, writtenBoth } from "./side-by-side.ts";

describe("two runs side by side", () => {
  it("name each figure that changed with both values, what moved most as a share of itself first", () => {
    const named = (name: string, value: number) => figure({ step: 5, name, subject: "als", value });
    const before = { figures: [named("rows", 100), named("recall", 0.2), named("same", 1), named("gone", 1)] };
    const after = { figures: [named("rows", 110), named("recall", 0.1), named("same", 1)] };
    const pairs = movedMostFirst(before, after);
    expect(pairs.map(nameOf)).toEqual(["gone of als", "recall of als", "rows of als"]);
    expect(pairs.map((pair) => writtenBoth(pair)[1])).toEqual(["none", "0.1", "110"]);
  });

  it("tell what the note stated otherwise, and say nothing where a record does not say what was stated", () => {
    const [one, other] = [{ facts: { a: "1", b: "2", c: "3" } }, { facts: { a: "1", b: "4", d: "5" } }];
    expect(changedFacts(one, other)).toEqual([
      { key: "b", before: "2", after: "4" },
      { key: "c", before: "3", after: undefined },
      { key: "d", before: undefined, after: "5" },
    ]);
    expect(changedFacts(one, {})).toBeUndefined();
  });
});
