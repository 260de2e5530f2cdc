import { expect, it } from "vitest";
import { plainLetters } from "./plain-letters.ts";

it("writes a word of another language in ASCII as one word, however its letters are put together", () => {
  for (const [word, plain] of [
    ["gekündigt", "gekuendigt"],
    ["geku\u0308ndigt", "gekuendigt"],
    ["Straße", "strasse"],
    ["Durée réelle", "duree reelle"],
    ["garçon", "garcon"],
    ["Łódź", "lodz"],
    ["İstanbul", "istanbul"],
    ["Smørrebrød", "smorrebrod"],
  ])
    expect(plainLetters(word)).toBe(plain);
  expect(plainLetters("отток")).toBe("отток");
});
