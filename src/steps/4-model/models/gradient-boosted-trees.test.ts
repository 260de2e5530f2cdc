/** What training boosted trees promises, on planted patterns and on bad input. */

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable, numbers, type Table } from "../../../core/table.ts";
import type { TrainingRows } from "../train/training-rows.ts";
import type { TreesOptions } from "../train/trees-options.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { treesToFile } from "./trees-json.ts";
import { createTreesScorer, predictTrees } from "./trees-scorer.ts";

/** Label 1 with probability 0.9 where x > 0.3 and z > -0.5, else 0.1; `noise` says nothing. */
function plantedRows(rows: number, seed: number): TrainingRows {
  const random = createRandom(seed);
  const draw = () => Float64Array.from({ length: rows }, () => random.normal());
  const [x, z, noise] = [draw(), draw(), draw()];
  const labels = Float64Array.from(x, (_, row) => {
    const likely = x[row] > 0.3 && z[row] > -0.5;
    return random.uniform() < (likely ? 0.9 : 0.1) ? 1 : 0;
  });
  return { features: createTable({ x, z, noise }), labels };
}

const small: TreesOptions = { objective: "log-loss", trees: 20, leaves: 8, learningRate: 0.3 };
const train = (rows: TrainingRows, options: TreesOptions = small, seed = 1) =>
  trainTrees(rows, options, { random: createRandom(seed) });

async function codeOf(rows: TrainingRows, options: TreesOptions = small): Promise<string> {
  const outcome = await train(rows, options);
  return outcome.ok ? "trained" : outcome.failure.code;
}

describe("training", () => {
  it("finds a planted pattern and predicts it on rows it has not seen", async () => {
    const { model } = unwrap(await train(plantedRows(4000, 1)));
    const test = plantedRows(2000, 2);
    const predicted = predictTrees(model, test.features);
    let right = 0;
    for (let row = 0; row < 2000; row++) right += predicted[row] >= 0.5 === (test.labels[row] === 1) ? 1 : 0;
    expect(right / 2000).toBeGreaterThan(0.88);
  });

  it("gives the same model for the same seed, and another for another seed, when rows and features are drawn", async () => {
    const options = { ...small, rowShare: 0.5, featureShare: 0.7 };
    const [first, again, other] = [
      await train(plantedRows(500, 1), options, 7),
      await train(plantedRows(500, 1), options, 7),
      await train(plantedRows(500, 1), options, 8),
    ];
    expect(treesToFile(unwrap(again).model)).toEqual(treesToFile(unwrap(first).model));
    expect(treesToFile(unwrap(other).model)).not.toEqual(treesToFile(unwrap(first).model));
  });

  it("fits a step function exactly with squared error, one split a tree", async () => {
    const x = Float64Array.of(1, 2, 3, 4, 5, 6);
    const labels = Float64Array.of(10, 10, 10, 20, 20, 20);
    const options: TreesOptions = {
      objective: "squared-error",
      trees: 1,
      learningRate: 1,
      leaves: 2,
      minRowsInLeaf: 1,
    };
    const { model } = unwrap(await train({ features: createTable({ x }), labels }, options));
    expect(model.trees[0].threshold[0]).toBe(3.5);
    expect([...predictTrees(model, createTable({ x }))]).toEqual([...labels]);
  });

  it("learns where missing values go", async () => {
    const x = Float64Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? Number.NaN : row % 4));
    for (const positive of [1, 3]) {
      const labels = x.map((value) => (Number.isNaN(value) || value === positive ? 1 : 0));
      const { model } = unwrap(await train({ features: createTable({ x }), labels }));
      const predicted = predictTrees(model, createTable({ x: Float64Array.of(Number.NaN, 1, 2, 3) }));
      expect([...predicted].map(Math.round)).toEqual([1, positive === 1 ? 1 : 0, 0, positive === 3 ? 1 : 0]);
    }
  });

  it("splits categories into any two sets at once, and sends unseen ones right", async () => {
    const names = ["ant", "bee", "cat", "dog", "eel", "fox"];
    const animal = Array.from({ length: 600 }, (_, row) => names[row % 6]);
    const labels = Float64Array.from(animal, (name) => (["bee", "cat", "fox"].includes(name) ? 1 : 0));
    const options = { ...small, leaves: 2, trees: 1, learningRate: 1 };
    const { model } = unwrap(await train({ features: createTable({ animal }), labels }, options));
    const predicted = predictTrees(model, createTable({ animal: [...names, "gnu", ""] }));
    expect([...predicted].slice(0, 6).map(Math.round)).toEqual([0, 1, 1, 0, 0, 1]);
    expect(predicted[6]).toBe(predicted[7]);
  });

  it("counts a row with weight 3 like three rows", async () => {
    const once = plantedRows(300, 3);
    const thrice = Array.from({ length: 900 }, (_, index) => Math.floor(index / 3));
    const copy = (column: ArrayLike<number>) => Float64Array.from(thrice, (row) => column[row]);
    const features = createTable(
      Object.fromEntries([...once.features.columns.keys()].map((name) => [name, copy(numbers(once.features, name))])),
    );
    const options = { ...small, minRowsInLeaf: 1, minHessianInLeaf: 1 };
    const weighted = unwrap(await train({ ...once, weights: new Float64Array(300).fill(3) }, options)).model;
    const copied = unwrap(await train({ features, labels: copy(once.labels) }, options)).model;
    const a = predictTrees(weighted, once.features);
    const b = predictTrees(copied, once.features);
    for (let row = 0; row < 300; row++) expect(a[row]).toBeCloseTo(b[row], 4);
  });

  it("stops when the validation rows see no more improvement, and keeps the best trees", async () => {
    const options = { ...small, trees: 200, patience: 5 };
    const outcome = await trainTrees(plantedRows(600, 4), options, { random: createRandom(1) }, plantedRows(600, 5));
    const { model, history, stopped } = unwrap(outcome);
    expect(stopped).toBe("no better on validation");
    expect(history.length).toBe(model.trees.length + 5);
    expect(Math.min(...history)).toBe(history[model.trees.length - 1]);
  });

  it("watches the metric it is given instead of the loss", async () => {
    const seen: number[] = [];
    const metric = {
      name: "falling",
      higherIsBetter: true,
      measure: (margins: Float64Array) => seen.push(margins.length) * -1,
    };
    const outcome = await trainTrees(
      plantedRows(300, 4),
      { ...small, patience: 3 },
      { random: createRandom(1) },
      { ...plantedRows(100, 5), metric },
    );
    expect(unwrap(outcome).model.trees.length).toBe(1);
    expect(seen).toEqual([100, 100, 100, 100]);
  });

  it("orders the rows of each query with LambdaRank", async () => {
    const random = createRandom(11);
    const queries = Int32Array.from({ length: 1200 }, (_, row) => Math.floor(row / 12));
    const x = Float64Array.from(queries, () => random.normal());
    const labels = Float64Array.from(x, (value) => (value > 1 ? 2 : value > 0 ? 1 : 0));
    const rows = { features: createTable({ x }), labels, queries };
    const outcome = await trainTrees(rows, { ...small, objective: "lambdarank" }, { random: createRandom(1) }, rows);
    const { history, metric } = unwrap(outcome);
    expect(metric).toBe("ndcg@10");
    expect(Math.max(...history)).toBeGreaterThan(0.99);
  });
});

describe("the kernel", () => {
  it("trains the same model as the scalar twin, to the last bit", async () => {
    const random = createRandom(21);
    const { features, labels } = plantedRows(1500, 21);
    const town = Array.from({ length: 1500 }, () => `town ${random.below(12)}`);
    const holed = numbers(features, "z").map((value) => (random.below(5) === 0 ? Number.NaN : value));
    const table = createTable({ x: numbers(features, "x"), z: holed, town });
    const weights = Float64Array.from(labels, () => random.uniform());
    const options: TreesOptions = {
      ...small,
      rowShare: 0.8,
      featureShare: 0.7,
      monotone: { x: 1 },
      binning: "tails",
      l1: 0.5,
      l2: 2,
    };
    const models = [];
    for (const path of ["simd", "scalar"] as const) {
      const outcome = await trainTrees({ features: table, labels, weights }, options, {
        random: createRandom(3),
        path,
      });
      models.push(treesToFile(unwrap(outcome).model));
    }
    expect(models[0].trees.length).toBe(20);
    expect(models[0]).toEqual(models[1]);
  });
});

describe("monotone constraints", () => {
  it("hold everywhere, whatever the data, the direction and the other features", async () => {
    const draws = fc.record({
      seed: fc.integer({ min: 1, max: 1e6 }),
      direction: fc.constantFrom<1 | -1>(1, -1),
      objective: fc.constantFrom<"log-loss" | "squared-error">("log-loss", "squared-error"),
      leaves: fc.integer({ min: 2, max: 24 }),
    });
    const check = async ({
      seed,
      direction,
      objective,
      leaves,
    }: {
      seed: number;
      direction: 1 | -1;
      objective: "log-loss" | "squared-error";
      leaves: number;
    }) => {
      const random = createRandom(seed);
      const column = () => Float64Array.from({ length: 400 }, () => random.uniform());
      const [x, z] = [column(), column()];
      const wave = x.map((value, row) => Math.sin(12 * value) + z[row] + 0.3 * random.normal());
      const labels = objective === "log-loss" ? wave.map((value) => (value > 0.5 ? 1 : 0)) : wave;
      const options: TreesOptions = { ...small, objective, leaves, minRowsInLeaf: 3, monotone: { x: direction } };
      const { margin } = createTreesScorer(
        unwrap(await train({ features: createTable({ x, z }), labels }, options)).model,
      );
      for (let step = 0; step <= 10; step++) {
        for (let i = 1; i <= 60; i++) {
          const rise = margin(Float64Array.of(i / 60, step / 10)) - margin(Float64Array.of((i - 1) / 60, step / 10));
          expect(direction * rise).toBeGreaterThanOrEqual(0);
        }
      }
    };
    await fc.assert(fc.asyncProperty(draws, check), { numRuns: 25 });
  });
});

describe("input that cannot be learned from", () => {
  const one = (values: number[]): Table => createTable({ x: Float64Array.from(values) });

  it("says so for no rows", async () => {
    expect(await codeOf({ features: one([]), labels: new Float64Array(0) })).toBe("no-rows");
  });
  it("says so for a single class, and for a second class of weight 0", async () => {
    expect(await codeOf({ features: one([1, 2, 3]), labels: Float64Array.of(1, 1, 1) })).toBe("one-class");
    const weights = Float64Array.of(1, 1, 0);
    expect(await codeOf({ features: one([1, 2, 3]), labels: Float64Array.of(1, 1, 0), weights })).toBe("one-class");
  });
  it("says so for labels the loss does not know", async () => {
    expect(await codeOf({ features: one([1, 2]), labels: Float64Array.of(0, Number.NaN) })).toBe("bad-label");
    expect(await codeOf({ features: one([1, 2]), labels: Float64Array.of(0, 2) })).toBe("bad-label");
    expect(
      await codeOf(
        { features: one([1, 2]), labels: Float64Array.of(0, Number.POSITIVE_INFINITY) },
        { objective: "squared-error" },
      ),
    ).toBe("bad-label");
  });
  it("says so for bad weights, lengths, queries, options and columns", async () => {
    const labels = Float64Array.of(0, 1, 0);
    const features = one([1, 2, 3]);
    expect(await codeOf({ features, labels, weights: Float64Array.of(1, -1, 1) })).toBe("bad-weight");
    expect(await codeOf({ features, labels, weights: new Float64Array(3) })).toBe("bad-weight");
    expect(await codeOf({ features, labels: Float64Array.of(0, 1) })).toBe("length-mismatch");
    expect(await codeOf({ features, labels }, { objective: "lambdarank" })).toBe("no-queries");
    expect(await codeOf({ features, labels, queries: Int32Array.of(1, 2, 1) }, { objective: "lambdarank" })).toBe(
      "scattered-query",
    );
    expect(await codeOf({ features, labels }, { ...small, leaves: 1 })).toBe("bad-option");
    expect(await codeOf({ features, labels }, { ...small, features: ["y"] })).toBe("missing-column");
    expect(await codeOf({ features, labels }, { ...small, features: [] })).toBe("missing-column");
    expect(await codeOf({ features, labels }, { ...small, features: ["x", "x"] })).toBe("bad-option");
  });

  it("gives the base rate when no feature tells anything: constant, or missing everywhere", async () => {
    const labels = Float64Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    for (const value of [7, Number.NaN, Number.POSITIVE_INFINITY]) {
      const features = createTable({ x: new Float64Array(100).fill(value) });
      const { model, stopped } = unwrap(await train({ features, labels }));
      expect(stopped).toBe("no split saves anything");
      expect(predictTrees(model, features)[0]).toBeCloseTo(0.25, 12);
    }
  });

  it("takes infinities as the outermost values", async () => {
    const x = Float64Array.from(
      { length: 300 },
      (_, row) => [Number.NEGATIVE_INFINITY, 0, Number.POSITIVE_INFINITY][row % 3],
    );
    const labels = x.map((value) => (value === 0 ? 1 : 0));
    const { model } = unwrap(await train({ features: createTable({ x }), labels }));
    const predicted = predictTrees(model, createTable({ x: x.slice(0, 3) }));
    expect([...predicted].map(Math.round)).toEqual([0, 1, 0]);
  });
});
