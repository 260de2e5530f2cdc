import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { symmetricEigen } from "../../../core/symmetric-eigen.ts";
import { graphFilter } from "./graph-filter.ts";

describeRecommender({ model: graphFilter, options: { factors: 4 }, learns: "taste" });

const environment = { random: createRandom(1) };
const units = 12;
const items = 7;
const random = createRandom(4);
const dense = Array.from({ length: units }, () => Array.from({ length: items }, () => Number(random.uniform() < 0.45)));
const places = dense.flatMap((row, i) => row.flatMap((value, j) => (value === 1 ? [[i, j]] : [])));
const interactions = sparseFromEntries(
  units,
  items,
  places.map(([i]) => i),
  places.map(([, j]) => j),
  new Array(places.length).fill(1),
);

it("scores r N'N + smoothing r D^-1/2 V V' D^1/2, as dense arithmetic and a full decomposition give it", async () => {
  const [factors, smoothing] = [3, 0.4];
  const fitted = await graphFilter.fit({ interactions }, { ...graphFilter.defaults, factors, smoothing }, environment);
  const unitDegree = dense.map((row) => row.reduce((sum, value) => sum + value, 0));
  const itemDegree = Array.from({ length: items }, (_, j) => dense.reduce((sum, row) => sum + row[j], 0));
  const gram = new Float64Array(items * items);
  dense.forEach((row, u) => {
    for (let i = 0; i < items; i++)
      for (let j = 0; j < items; j++)
        gram[i * items + j] += (row[i] * row[j]) / (unitDegree[u] * Math.sqrt(itemDegree[i] * itemDegree[j]));
  });
  const { vectors } = symmetricEigen(gram, items);
  const leading = Array.from({ length: factors }, (_, at) => items - 1 - at);
  const history = { indices: Int32Array.of(1, 4), values: Float32Array.of(1, 2) };
  const scores = fitted.score(history);
  for (let j = 0; j < items; j++) {
    let expected = 0;
    history.indices.forEach((i, entry) => {
      const inner = leading.reduce((sum, at) => sum + vectors[i * items + at] * vectors[j * items + at], 0);
      const smooth = smoothing * Math.sqrt(itemDegree[j] / itemDegree[i]) * inner;
      expected += history.values[entry] * (gram[i * items + j] + smooth);
    });
    expect(scores[j]).toBeCloseTo(expected, 4);
  }
});

it("keeps each item's strongest neighbours only", async () => {
  const options = { ...graphFilter.defaults, factors: 1, smoothing: 0, neighbours: 1 };
  const fitted = await graphFilter.fit({ interactions }, options, environment);
  const scores = fitted.score({ indices: Int32Array.of(2), values: Float32Array.of(1) });
  expect([...scores].filter((score) => score > 0)).toHaveLength(2);
});

it("lets the latest of a history count more where the note says so", async () => {
  const options = { ...graphFilter.defaults, recency: 0.5 };
  const fitted = await graphFilter.fit({ interactions }, options, environment);
  const later = { indices: Int32Array.of(1, 4), values: Float32Array.of(1, 1), times: Float64Array.of(1, 2) };
  // Without times every order is as likely: both count the mean of 1 and 0.5.
  const weighed = { indices: later.indices, values: Float32Array.of(0.5 / 0.75, 1 / 0.75) };
  const expected = fitted.score(weighed);
  fitted.score(later).forEach((score, item) => {
    expect(score).toBeCloseTo(expected[item], 5);
  });
});
