import { expect, it } from "vitest";
import { saidGone } from "./forget.ts";

it("counts what went with the nouns of one and of many", () => {
  expect(saidGone({ entries: 1, exposures: 1 })).toBe("1 entry of the memory and 1 row of exposures");
  expect(saidGone({ entries: 2, exposures: 0 })).toBe("2 entries of the memory and 0 rows of exposures");
});
