import { expect, it } from "vitest";
import { nestedFact } from "./nested-fact.ts";

it("stands in the last of its maps, and by itself where there is none", () => {
  expect([nestedFact([], "a: 1"), nestedFact(["b"], "a: 1"), nestedFact(["c", "b"], "a: 1")]).toEqual([
    ...["a: 1", "b: { a: 1 }", "c: { b: { a: 1 } }"],
  ]);
});
