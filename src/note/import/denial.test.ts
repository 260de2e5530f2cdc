import { describe, expect, it } from "vitest";
import { affirmed } from "./denial.ts";

/** Denied words as one `…`. */
const shown = (text: string) => affirmed(text).replaceAll(/·+(?:\s+·+)*/gu, "…");

describe("what a line denies", () => {
  it.each([
    ["A is not required; B is enough.", "…; B is enough."],
    ["We don't want A but B.", "… but B."],
    ["B, not A.", "B, …."],
    ["Instead of A we take B.", "… we take B."],
    ["We will use neither A nor C.", "…."],
    ["B without A, and C.", "B …, and C."],
    ["We no longer use A; we use B.", "…; we use B."],
    ["We rejected A. We chose B.", "…. We chose B."],
  ])("is hidden in: %s", (text, expected) => {
    expect(shown(text)).toBe(expected);
    expect(affirmed(text)).toHaveLength(text.length);
  });

  it.each([
    "It must not exceed 150 ms.",
    "It must not fall below 99.9%.",
    "It cannot take longer than 2 s.",
    "No more than 20 items, no longer than 2 s.",
    "Not only A.",
    "Note the notation of nodes.",
  ])("is nothing where it states a limit: %s", (text) => {
    expect(affirmed(text)).toBe(text);
  });
});
