import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { treesFromFile, treesToFile } from "./trees-json.ts";
import { createTreesScorer } from "./trees-scorer.ts";

const random = createRandom(6);
const ROWS = 600;
const table = createTable({
  age: Float64Array.from({ length: ROWS }, () => (random.uniform() < 0.2 ? Number.NaN : random.normal())),
  colour: Array.from({ length: ROWS }, () => ["red", "green", "blue", ""][random.below(4)]),
  shop: Int32Array.from({ length: ROWS }, () => random.below(9)),
});
const labels = Float64Array.from(
  numbersOf("age"),
  (age) => (Number.isNaN(age) || age > 0.2 ? 1 : 0) ^ (random.below(5) === 0 ? 1 : 0),
);
const outcome = await trainTrees(
  { features: table, labels },
  { objective: "log-loss", trees: 8, leaves: 12, categorical: ["shop"], monotone: { age: 1 }, minRowsPerCategory: 2 },
  { random },
);
const { model } = unwrap(outcome);

function numbersOf(name: string): Float64Array {
  const column = table.columns.get(name);
  if (!(column instanceof Float64Array)) throw new Error(`${name} is no column of numbers`);
  return column;
}

describe("a model as JSON", () => {
  it("is the same model when it is read back, and scores to the same bits", () => {
    const read = unwrap(treesFromFile(JSON.parse(JSON.stringify(treesToFile(model)))));
    expect(read).toEqual(model);
    expect(createTreesScorer(read).margins(table)).toEqual(createTreesScorer(model).margins(table));
  });

  it("names features, categories and directions in words", () => {
    const { trees, format, version } = treesToFile(model);
    expect([format, version]).toEqual(["heptad trees", 1]);
    const root = trees[0][0];
    expect(root).toMatchObject({ feature: "age", left: 1, right: 2 });
    const categorical = trees.flat().find((node) => "oneOf" in node && node.feature === "colour");
    expect(
      categorical === undefined ||
        !("oneOf" in categorical) ||
        categorical.oneOf.every((one) => typeof one === "string"),
    ).toBe(true);
  });

  it.each([
    ["no object", null, "at the top"],
    ["another version", { version: 2 }, "version"],
    [
      "an unknown feature",
      { trees: [[{ ...treesToFile(model).trees[0][0], feature: "ages" }]] },
      "unknown feature ages",
    ],
    ["a child that is not there", { trees: [[treesToFile(model).trees[0][0]]] }, "child 1 is not a later node"],
    ["a node with two parents", { trees: [twoParents()] }, "2 parents"],
    ["a category split on numbers", { trees: [wrongKind()] }, "age is numeric"],
    ["a value that is no number", { trees: [[{ value: "1", rows: 1 }]] }, "trees.0.0"],
  ])("is refused with the place of the fault for %s", (_, change, words) => {
    const file = change === null ? null : { ...treesToFile(model), ...change };
    const read = treesFromFile(file);
    expect(read.ok).toBe(false);
    if (read.ok) return;
    expect(read.failure.code).toBe("bad-model");
    expect(read.failure.message).toContain(words);
  });
});

function twoParents() {
  return [{ feature: "age", missing: "left", gain: 1, value: 0, rows: 2, atMost: 0, left: 1, right: 1 }, leafNode()];
}

function wrongKind() {
  return [
    { feature: "age", missing: "left", gain: 1, value: 0, rows: 2, oneOf: [], left: 1, right: 2 },
    leafNode(),
    leafNode(),
  ];
}

function leafNode() {
  return { value: 1, rows: 1 };
}
