import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable, type Table } from "../../../core/table.ts";
import { addDerivatives, createActivations, createLayers, runForward, zeroLayers } from "../train/dense-network.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import {
  createPerceptronScorer,
  type Perceptron,
  type PerceptronOptions,
  trainPerceptron,
} from "./multilayer-perceptron.ts";
import { createTreesScorer } from "./trees-scorer.ts";

/** The probability of label 1 for each row. */
function probabilities(model: Perceptron, features: Table): Float64Array {
  return createPerceptronScorer(model)
    .margins(features)
    .map((margin) => 1 / (1 + Math.exp(-margin)));
}

function ring(rows: number, seed: number) {
  const random = createRandom(seed);
  const x = Float64Array.from({ length: rows }, () => 10 + 5 * random.normal());
  const y = Float64Array.from({ length: rows }, () => 0.01 * random.normal());
  const labels = x.map((value, row) => (((value - 10) / 5) ** 2 + (y[row] / 0.01) ** 2 < 1.2 ? 1 : 0));
  return { features: createTable({ x, y }), labels };
}

describe("a dense network", () => {
  it("has the derivatives that finite differences give", () => {
    const random = createRandom(1);
    const layers = createLayers([3, 5, 4, 1], random);
    for (const layer of layers)
      layer.biases.forEach((_, o, biases) => {
        biases[o] = 0.1 * random.normal();
      });
    const activations = createActivations(layers);
    const input = [0.3, -1.2, 0.7];
    const output = () => {
      activations[0].set(input);
      return runForward(layers, activations);
    };
    output();
    const sums = zeroLayers(layers);
    addDerivatives(layers, activations, 1, createActivations(layers), sums);
    for (const [index, layer] of layers.entries()) {
      for (const part of ["weights", "biases"] as const) {
        for (let i = 0; i < layer[part].length; i++) {
          const kept = layer[part][i];
          layer[part][i] = kept + 1e-6;
          const above = output();
          layer[part][i] = kept - 1e-6;
          const below = output();
          layer[part][i] = kept;
          expect(sums[index][part][i]).toBeCloseTo((above - below) / 2e-6, 6);
        }
      }
    }
  });
});

describe("a multilayer perceptron", () => {
  const options: PerceptronOptions = { objective: "log-loss", hidden: [16], epochs: 15, learningRate: 0.01 };

  it("learns a ring that no line can part, whatever the scale of its features", () => {
    const { model, history } = unwrap(trainPerceptron(ring(3000, 1), options, createRandom(1)));
    const test = ring(1000, 2);
    const predicted = probabilities(model, test.features);
    const right = predicted.reduce((sum, one, row) => sum + (one >= 0.5 === (test.labels[row] === 1) ? 1 : 0), 0);
    expect(right).toBeGreaterThan(950);
    expect(history.length).toBe(15);
  });

  it("gives the same model for the same seed, and one that survives JSON", () => {
    const train = (seed: number) => unwrap(trainPerceptron(ring(300, 1), options, createRandom(seed))).model;
    const model = train(1);
    expect(train(1)).toEqual(model);
    expect(train(2)).not.toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it("scores one row as it scores the table, a missing value at the mean", () => {
    const { model } = unwrap(trainPerceptron(ring(300, 1), options, createRandom(1)));
    const scorer = createPerceptronScorer(model);
    const table = createTable({ x: Float64Array.of(12, Number.NaN), y: Float64Array.of(0.01, 0.02) });
    const margins = scorer.margins(table);
    expect(scorer.margin([12, 0.01])).toBe(margins[0]);
    expect(scorer.margin([model.features[0].mean, 0.02])).toBe(margins[1]);
  });

  it("takes over the margins of trees", async () => {
    const rows = ring(3000, 3);
    const teacher = unwrap(
      await trainTrees(rows, { objective: "log-loss", trees: 30 }, { random: createRandom(1) }),
    ).model;
    const taught = createTreesScorer(teacher).margins(rows.features);
    const lesson = { features: rows.features, labels: taught };
    const student = unwrap(trainPerceptron(lesson, { ...options, objective: "squared-error" }, createRandom(1))).model;
    const test = ring(1000, 4);
    const [a, b] = [
      createTreesScorer(teacher).margins(test.features),
      createPerceptronScorer(student).margins(test.features),
    ];
    const agree = a.reduce((sum, margin, row) => sum + (margin > 0 === b[row] > 0 ? 1 : 0), 0);
    expect(agree).toBeGreaterThan(940);
  });

  it("keeps the epoch with the least validation loss and stops when none is better", () => {
    const random = createRandom(9);
    const noise = (rows: number) => ({
      features: createTable({ x: Float64Array.from({ length: rows }, () => random.normal()) }),
      labels: Float64Array.from({ length: rows }, () => random.below(2)),
    });
    const [training, held] = [noise(60), noise(60)];
    const many = { ...options, epochs: 200, patience: 4, learningRate: 0.05 };
    const { model, history } = unwrap(trainPerceptron(training, many, createRandom(1), held));
    expect(history.length).toBeLessThan(200);
    const predicted = probabilities(model, held.features);
    const loss = predicted.reduce((sum, one, row) => sum - Math.log(held.labels[row] === 1 ? one : 1 - one), 0) / 60;
    expect(loss).toBeCloseTo(Math.min(...history), 10);
  });

  it("predicts the constant when all labels are the same", () => {
    const rows = ring(100, 1);
    const flat = { features: rows.features, labels: new Float64Array(100).fill(7) };
    const { model } = unwrap(
      trainPerceptron(flat, { ...options, objective: "squared-error", epochs: 200 }, createRandom(1)),
    );
    expect(createPerceptronScorer(model).margin([10, 0])).toBeCloseTo(7, 0);
  });

  it("says why it cannot be trained", () => {
    const rows = ring(20, 1);
    const code = (more: Partial<PerceptronOptions>, training = rows) => {
      const outcome = trainPerceptron(training, { ...options, ...more }, createRandom(1));
      return outcome.ok ? "trained" : outcome.failure.code;
    };
    expect(code({}, { features: createTable({ x: new Float64Array(0) }), labels: new Float64Array(0) })).toBe(
      "no-rows",
    );
    expect(code({}, { ...rows, labels: rows.labels.map((label) => label + 1) })).toBe("bad-label");
    expect(code({ features: ["z"] })).toBe("missing-column");
    expect(code({ features: [] })).toBe("missing-column");
    expect(code({ hidden: [0] })).toBe("bad-option");
    expect(code({ learningRate: 0 })).toBe("bad-option");
    expect(code({ objective: "squared-error", learningRate: 1e200 })).toBe("diverged");
  });
});
