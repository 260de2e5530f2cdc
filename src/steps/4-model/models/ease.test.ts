import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { ease } from "./ease.ts";

describeRecommender({ model: ease, options: { regularization: 5 }, learns: "taste" });

it("solves the constrained least squares: no other weights with a zero diagonal have a smaller loss", async () => {
  const random = createRandom(8);
  const dense = Array.from({ length: 30 }, () => Array.from({ length: 5 }, () => Number(random.uniform() < 0.4)));
  const places = dense.flatMap((row, i) => row.flatMap((value, j) => (value === 1 ? [[i, j]] : [])));
  const interactions = sparseFromEntries(
    30,
    5,
    places.map(([i]) => i),
    places.map(([, j]) => j),
    new Array(places.length).fill(1),
  );
  const lambda = 3;
  const fitted = await ease.fit({ interactions }, { ...ease.defaults, regularization: lambda }, { random });
  const weights = [...fitted.toArtefact().arrays.weights];
  const loss = (b: readonly number[]) => {
    let sum = 0;
    for (const value of b) sum += lambda * value ** 2;
    for (const row of dense) {
      for (let j = 0; j < 5; j++) sum += (row[j] - row.reduce((total, x, i) => total + x * b[i * 5 + j], 0)) ** 2;
    }
    return sum;
  };
  const best = loss(weights);
  for (let at = 0; at < 25; at++) {
    if (at % 6 === 0) expect(weights[at]).toBe(0);
    else for (const step of [-0.01, 0.01]) expect(loss(weights.with(at, weights[at] + step))).toBeGreaterThan(best);
  }
});

it("regularizes popular titles more when histories are partly hidden", async () => {
  const interactions = sparseFromEntries(3, 2, [0, 1, 2, 0], [0, 0, 0, 1], [1, 1, 1, 1]);
  const fitted = await ease.fit({ interactions }, { regularization: 1, dropout: 0.5 }, { random: createRandom(1) });
  // X'X = [[3, 1], [1, 1]]; with ridges 1 + 3 and 1 + 1 it becomes [[7, 1], [1, 3]], so B_01 = 1 / 7 and B_10 = 1 / 3.
  const [, from0to1, from1to0] = fitted.toArtefact().arrays.weights;
  expect(from0to1).toBeCloseTo(1 / 7, 6);
  expect(from1to0).toBeCloseTo(1 / 3, 6);
});

it("says beforehand that the items are too many, and what to use", async () => {
  const interactions = sparseFromEntries(1, 60_000, [0], [5], [1]);
  const fitting = ease.fit({ interactions }, ease.defaults, { random: createRandom(1) });
  await expect(fitting).rejects.toThrow("60000 items need about 43 GB");
  await expect(fitting).rejects.toMatchObject({ failure: { code: "too-many-items" } });
});
