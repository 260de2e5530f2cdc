import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";
import { isLinked } from "./linked.ts";

describe("two sentences", () => {
  it.each([
    ["we replay the logs.", "we do it for slices of members."],
    ["we replay the logs.", "then we cut them by slices."],
    ["we replay the logs;", "slices are cut by members."],
    ["does search find it?", "if yes, blame the writer."],
    ["counters live in memory.", "both are read in 5 ms."],
    ["the old model stays loaded.", "and a switch brings back what was there."],
  ])("say one thing where the second goes on with the first: %s %s", (before, sentence) => {
    expect(isLinked(before, sentence)).toBe(true);
  });

  it.each([
    ["money sets the cut-off.", "with one in a thousand positive we judge by precision."],
    ["the model fails on rare cards.", "rules were written over ten years."],
    ["counters of each card sit in memory.", "precision is reported at 960 alerts."],
    ["counts are taken per card.", "counts and sums are read online."],
  ])("say two things where a full stop parts them: %s %s", (before, sentence) => {
    expect(isLinked(before, sentence)).toBe(false);
  });

  it("earn nothing together that neither goes on to say", () => {
    const ways = [["replay"], ["counter", "precision"]];
    expect(hear("Counters sit in memory. Precision is what we report.", ways)).toBeUndefined();
    expect(hear("Counters sit in memory. Their precision is what we report.", ways)).toBeDefined();
    expect(hear("Counters sit in memory; precision is what we report.", ways)).toBeDefined();
  });

  it("may say two halves apart where the way says so", () => {
    expect(
      hear("The old model stays loaded. A job trains from scratch weekly.", [["&", "old model", "train"]]),
    ).toBeDefined();
    expect(
      hear("The old model stays loaded. A job trains from scratch weekly.", [["old model", "train"]]),
    ).toBeUndefined();
    expect(
      hear("The old model stays loaded. Lunch is at noon. A job trains from scratch weekly.", [
        ["&", "old model", "train"],
      ]),
    ).toBeUndefined();
  });
});
