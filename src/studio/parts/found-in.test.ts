/** What is said of a step. */

import { expect, test } from "vitest";
import type { PlainReview } from "../worker/messages.ts";
import { foundIn } from "./found-in.ts";

const NOTHING: PlainReview = {
  findings: [],
  waived: [],
  waiting: [],
  notBegun: [3],
  isDesign: true,
  fromProse: false,
};

test("nothing is found in a step that was looked at, and in no other", () => {
  expect(foundIn(2, NOTHING)).toBe("nothing found");
  expect(foundIn(3, NOTHING)).toBe("not begun");
  expect(foundIn(2, { ...NOTHING, isDesign: false })).toBe("not read");
  expect(foundIn(2, undefined)).toBe("not read");
});
