import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries, sparseRow } from "../../../core/sparse-matrix.ts";
import { als } from "./als.ts";

describeRecommender({ model: als, options: { factors: 8, iterations: 8 }, learns: "taste" });

it("scores a history's own titles near 1, as it was trained to", async () => {
  const rows = Array.from({ length: 60 }, (_, i) => Math.floor(i / 3));
  const columns = rows.map((row, i) => (row % 2) * 3 + (i % 3));
  const interactions = sparseFromEntries(20, 6, rows, columns, new Array(60).fill(1));
  const options = { ...als.defaults, factors: 4 };
  const fitted = await als.fit({ interactions }, options, { random: createRandom(1) });
  const scores = fitted.score(sparseRow(interactions, 0));
  for (const item of [0, 1, 2]) expect(scores[item]).toBeGreaterThan(0.8);
  for (const item of [3, 4, 5]) expect(Math.abs(scores[item])).toBeLessThan(0.1);
});

it("trusts a stronger signal more", async () => {
  const random = createRandom(5);
  const entries = Array.from({ length: 300 }, () => [random.below(40), random.below(20)]);
  const interactions = sparseFromEntries(
    40,
    20,
    entries.map(([row]) => row),
    entries.map(([, column]) => column),
    new Array(300).fill(1),
  );
  const fitted = await als.fit({ interactions }, { ...als.defaults, factors: 4 }, { random: createRandom(1) });
  const weak = fitted.score({ indices: Int32Array.of(3), values: Float32Array.of(0.2) });
  const strong = fitted.score({ indices: Int32Array.of(3), values: Float32Array.of(5) });
  expect(strong[3]).toBeGreaterThan(weak[3]);
});

it("finds finite factors of one item, of two and of three, whatever was asked for: the eigenvalues did not converge", async () => {
  for (const items of [1, 2, 3])
    for (const seed of [1, 2, 4]) {
      const random = createRandom(seed);
      const rows = Array.from({ length: 800 }, (_, at) => at % 80);
      const columns = rows.map(() => random.below(items));
      const interactions = sparseFromEntries(80, items, rows, columns, new Array(800).fill(1));
      const options = { ...als.defaults, factors: 64 };
      const fitted = await als.fit({ interactions }, options, { random: createRandom(seed) });
      const scores = fitted.score(sparseRow(interactions, 0));
      expect([...scores].every((score) => Number.isFinite(score) && score > 0)).toBe(true);
    }
});

it("finds finite factors without regularization, where more factors are asked for than the data hold", async () => {
  const random = createRandom(3);
  const rows = Array.from({ length: 1500 }, () => random.below(300));
  const columns = rows.map((row) => (row % 4) * 5 + random.below(5));
  const interactions = sparseFromEntries(300, 20, rows, columns, new Array(1500).fill(1));
  const options = { ...als.defaults, factors: 32, regularization: 0, iterations: 15 };
  const fitted = await als.fit({ interactions }, options, { random: createRandom(1) });
  const scores = fitted.score(sparseRow(interactions, 0));
  expect([...scores].every(Number.isFinite)).toBe(true);
  const own = [...scores.subarray(0, 5)].reduce((sum, score) => sum + score, 0);
  const others = [...scores.subarray(5)].reduce((sum, score) => sum + Math.abs(score), 0) / 3;
  expect(own).toBeGreaterThan(5 * others);
});

it("finds tastes in a large catalogue of which each unit touches little: every score was near 0", async () => {
  // 2,000 units of 100 tastes, 40 items to a taste, eight items a unit: 2 places in 1,000 hold an entry.
  const random = createRandom(9);
  const rows = Array.from({ length: 16_000 }, (_, at) => Math.floor(at / 8));
  const columns = rows.map((row) => (row % 100) * 40 + random.below(40));
  const interactions = sparseFromEntries(2000, 4000, rows, columns, new Array(16_000).fill(1));
  const options = { ...als.defaults, factors: 100, iterations: 5 };
  const fitted = await als.fit({ interactions }, options, { random: createRandom(1) });
  let found = 0;
  for (let row = 0; row < 100; row++) {
    const history = sparseRow(interactions, row);
    const ranked = [...fitted.score(history).entries()]
      .filter(([item]) => !history.indices.includes(item))
      .toSorted(([, a], [, b]) => b - a);
    if (ranked.slice(0, 10).every(([item, score]) => score > 0.05 && Math.floor(item / 40) === row % 100)) found++;
  }
  expect(found).toBeGreaterThan(90);
});

it("trusts what was not chosen by how many pairs there are of all that could be, and by a tenth at most", async () => {
  const trained = async (units: number, items: number) => {
    const entries = Array.from({ length: 20 }, (_, at) => at);
    const interactions = sparseFromEntries(units, items, entries, entries, new Array(20).fill(1));
    const options = { ...als.defaults, factors: 2, iterations: 1 };
    return (await als.fit({ interactions }, options, { random: createRandom(1) })).toArtefact().meta.unobserved;
  };
  expect(await trained(100, 50)).toBe((10 * 20) / (100 * 50));
  expect(await trained(20, 20)).toBe(0.1);
});
