import { expect, it } from "vitest";
import { isAnswer } from "./answered.ts";

it.each([
  "",
  "  ",
  "-",
  "I do not know.",
  "i don't know",
  "Don’t know yet",
  "Sorry, I do not know that.",
  "No idea!",
  "not sure",
  "I'm not sure.",
  "I cannot say",
  "idk",
])("no answer is: %s", (said) => expect(isAnswer(said)).toBe(false));

it.each([
  "I do not know the rate; I would assume 3x.",
  "not sure which, so both",
  "no",
  "pass it to a reviewer",
  "7 d",
  "do not serve it",
])("an answer is: %s", (said) => expect(isAnswer(said)).toBe(true));
