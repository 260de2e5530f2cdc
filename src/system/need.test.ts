import { describe, expect, it } from "vitest";
import { FailureError } from "../core/outcome.ts";
import { checkNeeds, type Need, whyImpossible } from "./need.ts";

const MACHINE = { memory: 24e9, cores: 2 };

function need(parts: Partial<Need>): Need {
  return {
    ...{ part: "als with 8 factors", bytes: 0, bytesSum: "3 vectors", operations: 0, operationsSum: "3 rows" },
    ...{ where: "4.stages", fix: "fewer factors" },
    ...parts,
  };
}

describe("what a part of a run needs", () => {
  it("is refused with its sum where the bytes exceed the memory, and only then", () => {
    expect(whyImpossible(need({ bytes: 24e9 }), MACHINE)).toBeUndefined();
    expect(whyImpossible(need({ bytes: 31.25e9, bytesSum: "7.8 million vectors of 4,000 bytes" }), MACHINE)).toEqual({
      code: "does-not-fit",
      message:
        "als with 8 factors does not fit: 7.8 million vectors of 4,000 bytes are 31.3 GB, and this machine has 24 GB",
      where: "4.stages",
      fix: "fewer factors",
    });
  });

  it("is refused where even 1e11 operations a second on each core would take more than a week", () => {
    const week = 7 * 86_400 * 2 * 1e11;
    expect(whyImpossible(need({ operations: week }), MACHINE)).toBeUndefined();
    const failure = whyImpossible(need({ operations: 2 * week, operationsSum: "2 passes over 9 rows" }), MACHINE);
    expect(failure?.code).toBe("takes-too-long");
    expect(failure?.message).toContain("2 passes over 9 rows are 2.4e17 operations, 14 days on 2 cores");
    expect(whyImpossible(need({ operations: 2 * week }), { ...MACHINE, cores: 4 })).toBeUndefined();
  });

  it("stops a run by the first that cannot be met, and none where the machine is not known", () => {
    const needs = [need({ bytes: 1 }), need({ part: "ease", bytes: 1e12 }), need({ part: "last", bytes: 1e13 })];
    expect(() => checkNeeds(needs, undefined)).not.toThrow();
    expect(() => checkNeeds(needs.slice(0, 1), MACHINE)).not.toThrow();
    expect(() => checkNeeds(needs, MACHINE)).toThrow(FailureError);
    expect(() => checkNeeds(needs, MACHINE)).toThrow(/^ease does not fit/u);
  });
});
