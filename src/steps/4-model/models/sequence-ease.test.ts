import { expect, it } from "vitest";
import { describeOrderAware } from "../../../../test/contracts/order-aware.ts";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { ease } from "./ease.ts";
import { sequenceEase } from "./sequence-ease.ts";

describeRecommender({ model: sequenceEase, options: { regularization: 5, decay: 1, recency: 1 }, learns: "taste" });
describeOrderAware(sequenceEase, { regularization: 20, decay: 0.5, recency: 0.3 });

const environment = { random: createRandom(1) };
const interactions = sparseFromEntries(2, 3, [0, 0, 0, 1, 1], [0, 1, 2, 0, 2], [1, 1, 1, 1, 1]);
const times = Float64Array.of(1, 2, 3, 1, 2);

it("is EASE where order counts nothing", async () => {
  const plain = await ease.fit({ interactions }, { regularization: 3, dropout: 0.25 }, environment);
  const options = { regularization: 3, dropout: 0.25, decay: 1, recency: 1 };
  const fitted = await sequenceEase.fit({ interactions, times }, options, environment);
  expect(fitted.toArtefact().arrays.weights).toEqual(plain.toArtefact().arrays.weights);
});

it("solves the closed form of the smoothed Gram matrix: P = (G + lambda I)^-1 gives G's rows back", async () => {
  const lambda = 2;
  const options = { regularization: lambda, dropout: 0, decay: 0.5, recency: 1 };
  const fitted = await sequenceEase.fit({ interactions, times }, options, environment);
  // Pairs of unit a: 0-1 and 1-2 one step (0.5), 0-2 two (0.25); unit b: 0-2 one (0.5).
  const gram = [
    [2 + lambda, 0.5, 0.75],
    [0.5, 1 + lambda, 0.5],
    [0.75, 0.5, 2 + lambda],
  ];
  const weights = fitted.toArtefact().arrays.weights;
  // (G + lambda I) (I - B) is diagonal: column j of I - B is P's column over P_jj.
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      let sum = 0;
      for (let k = 0; k < 3; k++) sum += gram[i][k] * ((k === j ? 1 : 0) - weights[k * 3 + j]);
      if (i !== j) expect(sum).toBeCloseTo(0, 5);
      else expect(sum).toBeGreaterThan(lambda);
    }
});
