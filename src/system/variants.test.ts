import { describe, expect, it } from "vitest";
import { unwrap } from "../core/outcome.ts";
import { combineVariants, nameVariant, parseSweptKey } from "./variants.ts";

describe("the variants of a sweep", () => {
  it("are all combinations, the last key fastest", () => {
    const keys = ["4.stages.candidates.factors=16,32", "4.stages.ranking.trees=50,100"].map((text) =>
      unwrap(parseSweptKey(text)),
    );
    expect(unwrap(combineVariants(keys)).map(nameVariant)).toEqual([
      "factors=16, trees=50",
      "factors=16, trees=100",
      "factors=32, trees=50",
      "factors=32, trees=100",
    ]);
  });

  it("keep lists together", () => {
    expect(unwrap(parseSweptKey("5.optimize.hidden=[8, 4], [16]")).values).toEqual(["[8, 4]", "[16]"]);
  });

  it("are refused where nothing is set or too much", () => {
    expect(parseSweptKey("factors").ok).toBe(false);
    expect(parseSweptKey("=3").ok).toBe(false);
    const values = Array.from({ length: 40 }, (_, i) => String(i));
    expect(
      combineVariants([
        { key: "a", values },
        { key: "b", values },
      ]).ok,
    ).toBe(false);
  });
});
