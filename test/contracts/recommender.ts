/** What every first-stage recommender must do; each model's test runs it with its own options. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { type SparseMatrix, sparseFromEntries, sparseRow } from "../../src/core/sparse-matrix.ts";
import type { RecommenderModel, TrainingData } from "../../src/steps/4-model/models/recommender.ts";

/** What a model can learn: each unit's own taste, or only which items are popular. */
export interface RecommenderContract<Options> {
  readonly model: RecommenderModel<Options>;
  readonly options?: Partial<Options>;
  readonly learns: "taste" | "popularity";
}

const GROUPS = 4;
const ITEMS_PER_GROUP = 15;
const ITEMS = GROUPS * ITEMS_PER_GROUP;

export function describeRecommender<Options>({ model, options, learns }: RecommenderContract<Options>): void {
  const settings: Options = { ...model.defaults, ...options };
  const train = (data: TrainingData, seed = 1) => model.fit(data, settings, { random: createRandom(seed) });

  describe(`${model.name} as a recommender`, () => {
    it("is named in what it makes", async () => {
      const fitted = await train(planted());
      expect(fitted.model).toBe(model.name);
      expect(fitted.items).toBe(ITEMS);
      expect(fitted.toArtefact().model).toBe(model.name);
    });

    if (learns === "taste") {
      it("learns the planted pattern: a history of one group's titles puts the rest of that group first", async () => {
        const fitted = await train(planted());
        for (let group = 0; group < GROUPS; group++) {
          const known = itemsOf(group).slice(0, 5);
          const scores = fitted.score({ indices: Int32Array.from(known), values: new Float32Array(5).fill(1) });
          const best = rank(scores).filter((item) => !known.includes(item));
          const hits = best.slice(0, 10).filter((item) => groupOf(item) === group).length;
          expect(hits).toBeGreaterThanOrEqual(9);
        }
      });
    } else {
      it("puts the titles that most members chose first, whatever the history", async () => {
        const { interactions } = planted();
        const counts = new Array<number>(ITEMS).fill(0);
        for (const item of interactions.indices) counts[item]++;
        const fitted = await train(planted());
        const scores = fitted.score(sparseRow(interactions, 3));
        const first = rank(scores)[0];
        expect(counts[first]).toBe(Math.max(...counts));
        expect(rank(scores)).toEqual(rank(fitted.score(nothing())));
      });
    }

    it("gives the same scores for the same seed", async () => {
      const history = sparseRow(planted().interactions, 0);
      const one = (await train(planted(), 5)).score(history);
      const other = (await train(planted(), 5)).score(history);
      expect(one).toEqual(other);
    });

    it("scores every title with a finite number, also for an empty history and for one of all titles", async () => {
      const fitted = await train(planted());
      const all = {
        indices: Int32Array.from({ length: ITEMS }, (_, i) => i),
        values: new Float32Array(ITEMS).fill(1),
      };
      for (const history of [nothing(), all]) {
        const scores = fitted.score(history);
        expect(scores.length).toBe(ITEMS);
        expect(scores.every(Number.isFinite)).toBe(true);
      }
    });

    it("does not change what it was given", async () => {
      const data = planted();
      const before = structuredClone(data);
      const fitted = await train(data);
      const history = { indices: Int32Array.of(1, 3), values: Float32Array.of(1, 2) };
      fitted.score(history).fill(7);
      expect(data).toEqual(before);
      expect(history).toEqual({ indices: Int32Array.of(1, 3), values: Float32Array.of(1, 2) });
      expect(fitted.score(history).every((score) => score === 7)).toBe(false);
    });

    it("lends the same scores that it gives, and writes over none that it gave", async () => {
      const { interactions } = planted();
      const fitted = await train(planted());
      const given = [3, 0, 7].map((row) => fitted.score(sparseRow(interactions, row)));
      const kept = given.map((scores) => scores.slice());
      for (const [at, row] of [3, 0, 7].entries())
        expect(fitted.score(sparseRow(interactions, row), true)).toEqual(kept[at]);
      expect(given).toEqual(kept);
    });

    it("trained on nothing, scores every title 0", async () => {
      const interactions = sparseFromEntries(0, 6, [], [], []);
      const attributes = { width: 2, values: new Float32Array(12) };
      const fitted = await train({ interactions, attributes, times: new Float64Array(0) });
      expect([...fitted.score({ indices: Int32Array.of(2), values: Float32Array.of(1) })]).toEqual([0, 0, 0, 0, 0, 0]);
      expect([...fitted.score(nothing())]).toEqual([0, 0, 0, 0, 0, 0]);
    });

    it("saved and loaded, gives the same scores bit for bit", async () => {
      const fitted = await train(planted());
      const artefact = fitted.toArtefact();
      const stored = { ...artefact, meta: JSON.parse(JSON.stringify(artefact.meta)) };
      const loaded = model.fromArtefact(structuredClone(stored));
      for (const history of [nothing(), sparseRow(planted().interactions, 2)]) {
        expect(loaded.score(history)).toEqual(fitted.score(history));
      }
      expect(loaded.toArtefact()).toEqual(artefact);
    });

    it("whose scores are inner products says so truthfully", async () => {
      const fitted = await train(planted());
      const { embedding } = fitted;
      if (embedding === undefined) return;
      const history = sparseRow(planted().interactions, 1);
      const scores = fitted.score(history);
      const unit = embedding.embed(history);
      expect(unit.length).toBe(embedding.dimensions);
      scores.forEach((score, item) => {
        let product = 0;
        for (let d = 0; d < unit.length; d++) product += unit[d] * embedding.itemVectors[item * unit.length + d];
        expect(product).toBeCloseTo(score, 4);
      });
    });
  });
}

/** Four groups of units, each choosing among its own fifteen items, one entry in twenty elsewhere. */
function planted(): TrainingData & { readonly interactions: SparseMatrix } {
  const random = createRandom(11);
  const rows: number[] = [];
  const columns: number[] = [];
  for (let unit = 0; unit < 200; unit++) {
    const group = unit % GROUPS;
    for (const item of random.shuffle(itemsOf(group)).slice(0, 8)) {
      rows.push(unit);
      columns.push(random.uniform() < 0.05 ? random.below(ITEMS) : item);
    }
  }
  const summed = sparseFromEntries(200, ITEMS, rows, columns, new Array(rows.length).fill(1));
  const interactions = { ...summed, values: summed.values.fill(1) };
  const values = Float32Array.from({ length: ITEMS * GROUPS }, (_, at) =>
    groupOf(Math.floor(at / GROUPS)) === at % GROUPS ? 1 : 0,
  );
  const times = Float64Array.from(interactions.indices, (_, entry) => entry);
  return { interactions, attributes: { width: GROUPS, values }, times };
}

function itemsOf(group: number): number[] {
  return Array.from({ length: ITEMS_PER_GROUP }, (_, i) => i * GROUPS + group);
}

function groupOf(item: number): number {
  return item % GROUPS;
}

function nothing() {
  return { indices: new Int32Array(0), values: new Float32Array(0) };
}

function rank(scores: Float32Array): number[] {
  return [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
}
