import { describe, expect, it } from "vitest";
import { onlyGrows } from "./only-grows.ts";

describe("a feature that can only grow", () => {
  const all = Number.POSITIVE_INFINITY;
  it("is a count without a window, and no other", () => {
    expect(onlyGrows({ aggregate: { kind: "count" }, window: all })).toBe(true);
    expect(onlyGrows({ aggregate: { kind: "count" }, window: 86_400 })).toBe(false);
    expect(onlyGrows({ aggregate: { kind: "mean", measure: "rating" }, window: all })).toBe(false);
    expect(onlyGrows({ aggregate: { kind: "recency" }, window: all })).toBe(false);
  });
});
