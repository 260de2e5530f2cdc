import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { childOf } from "../../../kernels/tree-scoring.scalar.ts";
import { trainTrees } from "./gradient-boosted-trees.ts";
import { packTree, type Tree } from "./tree.ts";
import { openAttributions } from "./tree-attributions.ts";
import { encodeRows, type TreesModel } from "./trees-model.ts";
import { createTreesScorer } from "./trees-scorer.ts";

const random = createRandom(8);
const ROWS = 500;
const table = createTable({
  a: Float64Array.from({ length: ROWS }, () => random.normal()),
  b: Float64Array.from({ length: ROWS }, () => (random.uniform() < 0.2 ? Number.NaN : random.normal())),
  c: Array.from({ length: ROWS }, () => ["red", "green", "blue", "grey"][random.below(4)]),
  d: Float64Array.from({ length: ROWS }, () => random.below(3)),
});
const labels = Float64Array.from({ length: ROWS }, () => random.below(2));
const outcome = await trainTrees(
  { features: table, labels },
  {
    objective: "log-loss",
    trees: 6,
    leaves: 9,
    learningRate: 0.5,
    minRowsPerCategory: 2,
    categoryL2: 0,
    categorySmoothing: 0,
  },
  { random: createRandom(1) },
);
const { model } = unwrap(outcome);

/** What the tree gives when only the features in `known` are: other splits are averaged over their training rows. */
function partial(tree: Tree, node: number, known: ReadonlySet<number>, values: ArrayLike<number>): number {
  if (tree.feature[node] < 0) return tree.value[node];
  if (known.has(tree.feature[node])) return partial(tree, childOf(tree, node, values, 0), known, values);
  const [left, right] = [tree.left[node], tree.right[node]];
  const share = tree.rows[left] / (tree.rows[left] + tree.rows[right]);
  return share * partial(tree, left, known, values) + (1 - share) * partial(tree, right, known, values);
}

/** Shapley 1953: the mean gain of adding the feature, over all orders of the features. */
function bruteForce({ features, trees }: TreesModel, values: ArrayLike<number>): number[] {
  const count = features.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  const worth = (mask: number) => {
    const known = new Set(features.map((_, f) => f).filter((f) => ((mask >> f) & 1) === 1));
    return trees.reduce((sum, tree) => sum + partial(tree, 0, known, values), 0);
  };
  return features.map((_, f) => {
    let sum = 0;
    for (let mask = 0; mask < 1 << count; mask++) {
      if (((mask >> f) & 1) === 1) continue;
      const size = features.filter((_, g) => ((mask >> g) & 1) === 1).length;
      sum +=
        ((factorial(size) * factorial(count - size - 1)) / factorial(count)) * (worth(mask | (1 << f)) - worth(mask));
    }
    return sum;
  });
}

describe("attributions", () => {
  const attribute = openAttributions(model);

  it("are the Shapley values that a search over all subsets of features gives", () => {
    for (let row = 0; row < 40; row++) {
      const values = encodeRows(model, table, row, row + 1);
      const exact = bruteForce(model, values);
      const { contributions } = attribute(values);
      exact.forEach((value, f) => {
        expect(contributions[f]).toBeCloseTo(value, 10);
      });
    }
  });

  it("add up with the expected value to the margin", () => {
    const margins = createTreesScorer(model).margins(table);
    for (let row = 0; row < ROWS; row++) {
      const { expected, contributions } = attribute(encodeRows(model, table, row, row + 1));
      expect(contributions.reduce((sum, one) => sum + one, expected)).toBeCloseTo(margins[row], 9);
    }
  });

  it("hold for trees that ask about many features on one path, whatever the tables may take", async () => {
    const many = createTable(
      Object.fromEntries(
        Array.from({ length: 11 }, (_, f) => [`f${f}`, Float64Array.from({ length: 400 }, () => random.normal())]),
      ),
    );
    const noise = Float64Array.from({ length: 400 }, () => random.below(2));
    const options = { objective: "log-loss", trees: 2, leaves: 60, minRowsInLeaf: 1 } as const;
    const deep = unwrap(
      await trainTrees({ features: many, labels: noise }, options, { random: createRandom(2) }),
    ).model;
    const values = encodeRows(deep, many, 0, 1);
    const exact = bruteForce(deep, values).map((one) => one.toFixed(9));
    for (const limit of [undefined, 20_000, 1000, 0]) {
      const { contributions } = openAttributions(deep, limit)(values);
      expect(Array.from(contributions, (one) => one.toFixed(9))).toEqual(exact);
    }
  });

  it("hold for a path of more features than a number has bits", () => {
    const count = 40;
    const leaf = {
      feature: -1,
      threshold: 0,
      leftCodes: null,
      missingLeft: false,
      left: -1,
      right: -1,
      gain: 0,
      rows: 1,
    };
    const tree = packTree([
      ...Array.from({ length: count }, (_, at) => [
        { ...leaf, feature: at, left: 2 * at + 1, right: 2 * at + 2, value: 0, rows: count + 1 - at },
        { ...leaf, value: at },
      ]).flat(),
      { ...leaf, value: 100 },
    ]);
    const features = Array.from({ length: count }, (_, f) => ({ name: `f${f}`, monotone: 0 as const }));
    const chain: TreesModel = { objective: "squared-error", baseScore: 0, features, trees: [tree] };
    const { expected, contributions } = openAttributions(chain)(new Float64Array(count).fill(1));
    expect(expected).toBeCloseTo((100 + (count * (count - 1)) / 2) / (count + 1), 9);
    expect(contributions.reduce((sum, one) => sum + one, expected)).toBeCloseTo(100, 9);
  });

  it("give nothing to any feature where there are no trees", () => {
    const bare = { ...model, trees: [] };
    expect(openAttributions(bare)(Float64Array.of(0, 0, 0, 0))).toEqual({
      expected: model.baseScore,
      contributions: new Float64Array(4),
    });
  });
});
