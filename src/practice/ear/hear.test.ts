import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";
import { hitsOf, plain, unknownConcepts } from "./pattern.ts";

const REPLAY = [["replay|counterfactual", "slice"]];

describe("the ear", () => {
  it("quotes the sentence, or the two neighbours, that say all cues of a way", () => {
    expect(hear("First this. We replay the logs by slices. Then that.", REPLAY)).toBe("We replay the logs by slices.");
    expect(hear("We replay the logs. We do it for slices of members.", REPLAY)).toContain("for slices");
    expect(hear("We replay the logs. Nothing else. We cut slices of bread.", REPLAY)).toBeUndefined();
    expect(hear("We look at coverage in slices", [["replay"], ["coverage", "slice"]])).toBe(
      "We look at coverage in slices",
    );
  });

  it.each([
    "We do not replay the logs by slices.",
    "We never replay logs by slices.",
    "We wouldn’t replay the logs by slices.",
    "Nobody would replay logs by slices here.",
    "Replaying the logs by slices would be a mistake.",
    "I would skip replay by slices.",
    "There is no replay of slices.",
    "Instead of a replay by slices we ask a friend.",
    "Neither a replay nor slices are planned.",
    "Replay by slices should be considered.",
    "A replay of slices slows us down, so it is not used.",
    "We stopped replaying slices.",
  ])("gives nothing for a denial or a promise to think of it: %s", (text) => {
    expect(hear(text, REPLAY)).toBeUndefined();
  });

  it.each([
    "replay counterfactual slices diversity authors",
    "Replay, slices, diversity, authors.",
    "Keywords: replay, slices, diversity.",
    "replay; slices; diversity",
    "We need replay, slices, diversity, authors.",
    "replay/slices/diversity",
  ])("gives nothing for a list of words: %s", (text) => {
    expect(hear(text, REPLAY)).toBeUndefined();
  });

  it.each([
    "We do not trust clicks, but replay the logs by slices.",
    "Not only do we replay the logs, we do it by slices.",
    "We replay the logs by slices, not by days.",
    "Without an experiment yet, we replay the logs by slices.",
  ])("hears what stands beside a denial: %s", (text) => {
    expect(hear(text, REPLAY)).toBe(text);
  });

  it.each([
    "We replay the logs by slices, and duplicates in them were dropped.",
    "If the replay by slices falls behind, it was stopped by the on-call team.",
    "We replay the logs by slices, and what the board stopped is marked in them.",
    "Duplicates go first: they were removed before we replay the logs by slices.",
  ])("hears what stands beside something else that was put away: %s", (text) => {
    expect(hear(text, REPLAY)).toBe(text);
  });

  it("takes a denial that a cue itself speaks of as said", () => {
    expect(hear("Films never shown are no negatives for us", [["never shown"]])).toBeDefined();
    expect(hear("We do not split at random", [["not … random"]])).toBeDefined();
  });

  it("leaves a way out where an unwanted cue is met", () => {
    expect(hear("Retrieval takes 20 ms and ranking 50 ms", [["retriev", "rank", "!# ms"]])).toBeUndefined();
  });
});

describe("a cue", () => {
  const found = (text: string, cue: string) => hitsOf(plain(text), cue).length > 0;

  it("reads numbers, gaps and ends of words", () => {
    expect(found("at 1,500 posts", "# posts")).toBe(true);
    expect(found("about three hundred posts", "# hundred")).toBe(true);
    expect(found("turned the new weights off", "turned … off")).toBe(true);
    expect(found("turned. Then it was off", "turned … off")).toBe(false);
    expect(found("it comes later", "late_")).toBe(false);
    expect(found("it comes late", "late_")).toBe(true);
    expect(found("on‑call engineers", "on call")).toBe(true);
  });

  it("names the concepts that are not there", () => {
    expect(unknownConcepts("@stage-first|@no-such|rank")).toEqual(["no-such"]);
  });
});
