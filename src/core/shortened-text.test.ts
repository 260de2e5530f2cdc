import { expect, it } from "vitest";
import { shortenedText } from "./shortened-text.ts";

it.each([
  ["what fits is left alone", "split by time", 13, "split by time"],
  ["a word is never torn, and no comma is left behind it", "split by time, then test", 18, "split by time …"],
  ["a fact between backticks is whole or not there", "add `split: { by: time }`, or wait", 24, "add …"],
  [
    "a fact between backticks keeps what touches it",
    "add `split: { by: time }`, or wait",
    30,
    "add `split: { by: time }` …",
  ],
  ["a number keeps its unit", "it would take 1,575 d, so look elsewhere", 20, "it would take …"],
  ["a number keeps its digits", "it would take 1,575 d, so look elsewhere", 24, "it would take 1,575 d …"],
  ["half a word stands alone, and says that it is half", "incomprehensibilities", 8, "incompr…"],
  ["half a number is another number", "1,234,567 requests", 8, "…"],
  ["half a fact is none", "`key: value` and more", 10, "…"],
  ["a single backtick holds nothing together", "a ` stands here alone", 12, "a ` stands …"],
])("%s", (_, text, room, shown) => {
  expect(shortenedText(text, room)).toBe(shown);
});
