import { describe, expect, it } from "vitest";
import { hear } from "./hear.ts";

const heard = (text: string): boolean => hear(text, [["train|test|negative|click|position|permission"]]) !== undefined;

describe("a sentence that is itself the mistake", () => {
  it.each([
    "The same speakers are in training and in test.",
    "Rows are shuffled before they are split into train and test.",
    "We train right up to the last day of the test.",
    "Averages are over the whole history, the test included.",
    "Films that were never shown go in as negatives.",
    "Clicks go into training as they are.",
    "A click is a click.",
    "Permissions are checked after the answer was written.",
    "The prompts are tuned on the very questions that we test with.",
    "A click is what counts, seen or not.",
  ])("earns nothing: %s", (text) => {
    expect(heard(text)).toBe(false);
  });

  it.each([
    "If rows are shuffled before the split, the same card is in train and test, so we split by card.",
    "Members are split at random by household into two tests.",
    "Permissions are checked before the ranking.",
    "We train up to May and test on June.",
  ])("is none where it warns of it or does the contrary: %s", (text) => {
    expect(heard(text)).toBe(true);
  });
});
