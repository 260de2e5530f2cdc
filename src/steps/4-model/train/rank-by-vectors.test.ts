import { describe, expect, it, vi } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { innerProductsScalar } from "../../../kernels/row-sums.scalar.ts";
import type { History, Recommender } from "../models/recommender.ts";
import { type Askers, rankByVectors } from "./rank-by-vectors.ts";
import { rankAll } from "./ranked-lists.ts";

const DIMENSIONS = 12;

/** Items of random vectors, of which every fifth is the twin of the one before it, so that there are ties. */
function aModel(items: number, spread: number) {
  const random = createRandom(items);
  const itemVectors = Float32Array.from({ length: items * DIMENSIONS }, () => 1 + spread * random.normal());
  for (let item = 5; item < items; item += 5)
    itemVectors.copyWithin(item * DIMENSIONS, (item - 1) * DIMENSIONS, item * DIMENSIONS);
  const embed = ({ indices }: History): Float32Array => {
    const vector = new Float32Array(DIMENSIONS);
    for (const item of indices) for (let d = 0; d < DIMENSIONS; d++) vector[d] += itemVectors[item * DIMENSIONS + d];
    return vector;
  };
  const score = vi.fn((history: History) =>
    innerProductsScalar({ values: itemVectors, columns: DIMENSIONS }, embed(history)),
  );
  const model: Recommender = {
    model: "als",
    items,
    score,
    embedding: { dimensions: DIMENSIONS, itemVectors, embed },
    toArtefact: () => ({ model: "als", meta: {}, arrays: {} }),
  };
  return { model, score };
}

function histories(count: number, items: number): readonly History[] {
  const random = createRandom(count);
  return Array.from({ length: count }, (_, at) => {
    const indices = Int32Array.from(new Set(Array.from({ length: at % 7 }, () => random.below(items)))).sort();
    return { indices, values: new Float32Array(indices.length).fill(1) };
  });
}

function askers(asked: readonly History[]): Askers {
  return { count: asked.length, history: (request) => asked[request] };
}

describe("lists of many requests at once", () => {
  it.each([
    ["of items unlike each other", 900, 1],
    ["of items that hardly differ, whose order single precision does not know", 900, 1e-6],
    ["of fewer items than are wanted", 30, 1],
  ])("are those of one request after the other, with the same scores: %s", async (_, items, spread) => {
    const { model } = aModel(items, spread);
    const asked = histories(40, items);
    const one = rankAll(
      asked.length,
      20,
      (at) => model.score(asked[at]),
      (at) => asked[at].indices,
    );
    const all = await rankByVectors(model, askers(asked), { depth: 20, pool: undefined, least: 0 });
    expect(all).toEqual(one);
    expect(one.items.length).toBeGreaterThan(40 * 15);
  });

  it.each([1, 7, 39, 40])("are the same in blocks of %d requests, and each history is made once", async (block) => {
    const { model } = aModel(900, 1);
    const asked = histories(40, 900);
    const options = { depth: 20, pool: undefined, least: 0 };
    const made: number[] = [];
    const told = { count: 40, history: (request: number) => asked[made[made.push(request) - 1]] };
    expect(await rankByVectors(model, told, { ...options, block })).toEqual(
      await rankByVectors(model, askers(asked), options),
    );
    expect(made).toEqual(asked.map((_, at) => at));
  });

  it("need all scores only where single precision settles nothing", async () => {
    const asked = histories(40, 900);
    const without = asked.filter(({ indices }) => indices.length === 0).length;
    const clear = aModel(900, 1);
    await rankByVectors(clear.model, askers(asked), { depth: 20, pool: undefined, least: 0 });
    expect(clear.score).toHaveBeenCalledTimes(without);
    const unclear = aModel(900, 1e-8);
    await rankByVectors(unclear.model, askers(asked), { depth: 20, pool: undefined, least: 0 });
    expect(unclear.score.mock.calls.length).toBeGreaterThan(30);
  });

  it("are left to one request after the other where there are few, or no vectors", async () => {
    const { model } = aModel(30, 1);
    expect(await rankByVectors(model, askers(histories(3, 30)), { depth: 5, pool: undefined })).toBeUndefined();
    const { embedding: _, ...plain } = model;
    expect(
      await rankByVectors(plain, askers(histories(3, 30)), { depth: 5, pool: undefined, least: 0 }),
    ).toBeUndefined();
  });
});
