import { describe, expect, it } from "vitest";
import { digitsForWords } from "./number-words.ts";

describe("numbers in words", () => {
  it.each([
    ["eight dollars", "8 dollars"],
    ["half a second", "0.5 second"],
    ["a quarter of a GB", "0.25 GB"],
    ["a dozen GPUs", "12 GPUs"],
    ["two dozen GPUs", "24 GPUs"],
    ["two hundred thousand users", "200000 users"],
    ["a hundred and twenty-five requests", "125 requests"],
    ["three million four hundred thousand rows", "3400000 rows"],
    ["half a million users", "0.5 million users"],
    ["two and a half hours", "2.5 hours"],
    ["ninety-nine point nine percent", "99.9 percent"],
    ["twenty five hundred cases", "2500 cases"],
    ["three nines", "99.9%"],
    ["five nines", "99.999%"],
    ["two nines", "99%"],
    ["it costs eight dollars a thousand requests", "it costs 8 dollars a 1000 requests"],
    ["ms a thousand requests", "ms a 1000 requests"],
  ])("are read: %s", (words, digits) => {
    expect(digitsForWords(words)).toBe(digits);
  });

  it.each([
    "2 million users",
    "million users",
    "a few hundred users",
    "several dozen GPUs",
    "hundreds of users",
    "one by one",
    "no one",
    "five six seven",
    "thousand million users",
    "sixty twelve",
    "a second check",
    "someone",
    "twenty point twenty",
  ])("stay words where they are vague, no number, or another word: %s", (words) => {
    expect(digitsForWords(words)).toBe(words);
  });
});
