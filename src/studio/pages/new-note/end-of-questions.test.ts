/** The words that end the questions of a new note. */

import { expect, test } from "vitest";
import { endOf } from "./end-of-questions.ts";

const [WRITTEN, OPEN, LATER] = [
  { isStated: true, isOpen: false },
  { isStated: true, isOpen: true },
  { isStated: false, isOpen: false },
];

test("says that the facts are written only where they are, and what became of the others", () => {
  expect(endOf([WRITTEN, WRITTEN])).toMatch(/^The facts that decide the most are written\./u);
  expect(endOf([WRITTEN, OPEN, OPEN, LATER])).toBe(
    "Of 4 facts that decide the most 1 is written, 2 are open questions of the note and 1 was left for later.",
  );
  expect(endOf([OPEN, LATER, LATER])).toBe(
    "Of 3 facts that decide the most none is written, 1 is an open question of the note and 2 were left for later.",
  );
});
