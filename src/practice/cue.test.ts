import { describe, expect, it } from "vitest";
import { matchesAll, matchesCue, sentencesOf, withoutCues } from "./cue.ts";

describe("a cue", () => {
  it("is met at the start of a word only, by either of its forms", () => {
    expect(matchesCue("Inputs are drifting", "psi|drift")).toBe(true);
    expect(matchesCue("a spindrift", "drift")).toBe(false);
    expect(matchesCue("110x more", "10x")).toBe(false);
  });

  it("is met as a unit after its number", () => {
    expect(matchesCue("p99 of 80ms at 400/s", "ms")).toBe(true);
    expect(matchesCue("400/s", "/s|qps")).toBe(true);
  });
});

it("asks for all cues in one sentence", () => {
  const text = "We run in shadow first. Then one percent. Labels come later. We roll back on errors.";
  const meets = (cues: readonly string[]) => sentencesOf(text).some((one) => matchesAll(one, cues));
  expect(sentencesOf(text)).toHaveLength(4);
  expect(meets(["shadow", "first"])).toBe(true);
  expect(meets(["shadow", "percent"])).toBe(false);
});

it("takes the words of cues out of a text", () => {
  expect(withoutCues("I would not launch anyway", ["launch anyway|ship"])).toBe("i would not  ");
});
