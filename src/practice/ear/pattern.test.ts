import { describe, expect, it } from "vitest";
import { hitsOf, plain, unknownConcepts } from "./pattern.ts";

/** The words that a cue meets in a text. */
const met = (text: string, cue: string): readonly string[] =>
  hitsOf(plain(text), cue).map(({ start, end }) => plain(text).slice(start, end));

describe("a cue", () => {
  it("meets words at their start, each of its alternatives, everywhere", () => {
    expect(met("Retrained daily, and retraining again; not pretrained", "retrain")).toEqual(["retrain", "retrain"]);
    expect(met("slices and replay", "replay|slice")).toEqual(["replay", "slice"]);
    expect(met("2 days, 12 days", "2 days")).toEqual(["2 days"]);
    expect(met("p99 of a+b", "a+b")).toEqual(["a+b"]);
  });

  it("reads numbers with their magnitude, in figures and words", () => {
    expect(met("about 1,500 posts, 20k users, three items, $5 each", "#")).toEqual(["1,500 ", "20k", "three", "$5 "]);
    expect(met("ndcg10 v2", "#")).toEqual([]);
    expect(met("99.9 %", "#")).toEqual(["99.9 %"]);
  });

  it("has gaps that stay inside a clause and are of sixty signs at most", () => {
    expect(met("turned the new weights off", "turned … off")).toEqual(["turned the new weights off"]);
    expect(met("turned, at last, off", "turned … off")).toEqual(["turned, at last, off"]);
    expect(met("turned; then off", "turned … off")).toEqual([]);
    expect(met("turned off", "turned … off")).toEqual(["turned off"]);
    expect(met(`turned ${"x".repeat(60)} off`, "turned … off")).toHaveLength(1);
    expect(met(`turned ${"x".repeat(61)} off`, "turned … off")).toHaveLength(0);
  });

  it("takes any space, hyphen and quote for its own", () => {
    expect(met("On‑call, on call and on-call", "on call")).toHaveLength(3);
    expect(met("we don’t", "don't")).toEqual(["don't"]);
    expect(plain("A\tB – C’s")).toBe("a b - c's");
    expect(met("late later", "late_")).toEqual(["late"]);
  });

  it("speaks of concepts by their name", () => {
    expect(unknownConcepts("@stage-first|@no-such|rank|@nor-this")).toEqual(["no-such", "nor-this"]);
    expect(unknownConcepts("rank")).toEqual([]);
  });
});
