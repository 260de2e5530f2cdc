import { expect, it } from "vitest";
import { ROOT } from "../test/run-note.ts";
import { temporaryFolder } from "../test/temporary-folder.ts";
import { walkRecipes } from "./recipes.ts";

it("adds a rule, a metric, a model and a kind by the recipes alone, and takes them out without a trace", () => {
  const { byHand, problems, left } = walkRecipes(ROOT, temporaryFolder());
  expect(problems).toEqual([]);
  expect(left).toEqual([]);
  // What a kind costs: its parts, their test, a note, and the register.
  expect(byHand.get("kind of system")).toHaveLength(5);
});
