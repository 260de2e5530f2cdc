import { expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { chooseRecommender, factsReadBy, RECOMMENDER_NAMES } from "./recommenders.ts";
import { searchSpace } from "./search-space.ts";

it.each(RECOMMENDER_NAMES)("every value of the space of %s makes another model", (model) => {
  for (const [fact, values] of Object.entries(searchSpace(model) ?? {})) {
    const settings = values.map((value) => unwrap(chooseRecommender(model, { [fact]: value })).settings);
    expect(new Set(settings).size).toBe(values.length);
  }
});

it("has no space for what has nothing to choose", () => {
  expect(searchSpace("content")).toBeUndefined();
  expect(searchSpace("constructor")).toBeUndefined();
});

it("searches only facts that the model reads", () => {
  for (const model of RECOMMENDER_NAMES)
    expect(factsReadBy(model), model).toEqual(expect.arrayContaining(Object.keys(searchSpace(model) ?? {})));
  expect(factsReadBy("item-transitions")).toEqual(["decay", "recency", "shrinkage", "neighbours"]);
  expect([factsReadBy("content"), factsReadBy("toString")]).toEqual([[], []]);
});
