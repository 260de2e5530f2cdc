import { describe, expect, it } from "vitest";
import { FailureError } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { recommenderNeed, type TrainingSize } from "./recommender-needs.ts";
import { chooseRecommender, openRecommender, RECOMMENDER_NAMES, type RecommenderFacts } from "./recommenders.ts";

const SIZE: TrainingSize = { units: 1000, items: 200, pairs: 5000 };

function needOf(name: string, facts: RecommenderFacts = {}, size = SIZE) {
  const choice = chooseRecommender(name, facts);
  if (!choice.ok) throw new FailureError(choice.failure);
  return recommenderNeed(name, choice.value.settings, size);
}

describe("what a first-stage model needs", () => {
  it("is, for als, its factors with the pairs, and a system of factors cubed a third for each unit and item in each pass", () => {
    const need = needOf("als", { factors: 10, iterations: 3 });
    expect(need.bytes).toBe(4 * 10 * 1200 + 16 * 5000);
    expect(need.operations).toBe(3 * ((1200 * 1000) / 3 + 5000 * 100));
    expect(need.part).toBe("als with 10 factors and 3 iterations");
  });

  it("is, for als by blocks, its factors alone: the pairs pass through memory", () => {
    const need = needOf("als", { factors: 10, iterations: 3 }, { ...SIZE, byBlocks: true });
    expect(need.bytes).toBe(4 * 10 * 1200);
    expect(need.bytesSum).not.toContain("pairs");
    expect(need.operations).toBe(needOf("als", { factors: 10, iterations: 3 }).operations);
  });

  it("is, for ease, the square and the cube of the items", () => {
    expect(needOf("ease")).toMatchObject({ bytes: 8 * 200 ** 2, operations: 200 ** 3 });
    expect(needOf("sequence-ease").bytes).toBe(8 * 200 ** 2);
  });

  it("is, for EASE and ALS as one, what both need", () => {
    const [both, pairs, factors] = [
      needOf("ease-als", { factors: 10 }),
      needOf("ease"),
      needOf("als", { factors: 10 }),
    ];
    expect(both.bytes).toBe(Number(pairs.bytes) + Number(factors.bytes));
    expect(both.operations).toBe(Number(pairs.operations) + Number(factors.operations));
  });

  it("is, for two towers, what their widths multiply to, four times over, and the items' vectors", () => {
    const need = needOf("two-tower", { factors: 4, hidden: [6, 5], epochs: 7 });
    const layers = 4 * 6 + 6 * 5 + 5 * 4;
    expect(need.bytes).toBe(16 * (2 * layers + 200 * 4));
    expect(need.operations).toBe(7 * 5000 * layers);
  });

  it("is, for a graph filter, no more directions than there are items or units", () => {
    expect(needOf("graph-filter", { factors: 4096 }).bytes).toBe(4 * 200 * 200);
    expect(needOf("graph-filter", { factors: 3 }).operations).toBe(3 * 5000);
  });

  it("grows with the pairs for every model, or with what is made of them", () => {
    for (const name of RECOMMENDER_NAMES) {
      const need = needOf(name);
      expect(need.bytes, name).toBeGreaterThan(0);
      expect(need.operations, name).toBeGreaterThan(0);
      const larger = needOf(name, {}, { units: 2000, items: 400, pairs: 10_000 });
      expect(larger.bytes, name).toBeGreaterThan(need.bytes);
    }
  });

  it("is asked before training, by the sizes of the very data", async () => {
    const choice = chooseRecommender("als", { factors: 8, iterations: 1 });
    if (!choice.ok) throw new FailureError(choice.failure);
    const interactions = {
      ...{ rows: 2, columns: 3, indptr: Int32Array.of(0, 1, 2), indices: Int32Array.of(0, 2) },
      values: Float32Array.of(1, 1),
    };
    const data = {
      interactions,
      times: new Float64Array(2),
      now: 0,
      attributes: { width: 0, values: new Float32Array(0) },
    };
    const bytes = 4 * 8 * 5 + 16 * 2;
    const training = (memory: number) =>
      openRecommender(choice.value).fit(data, { random: createRandom(1), machine: { memory, cores: 1 } });
    await expect(training(bytes - 1)).rejects.toThrow(/does not fit: 2 units and 3 items x 8 numbers/u);
    await expect(training(bytes)).resolves.toMatchObject({ items: 3 });
  });
});
