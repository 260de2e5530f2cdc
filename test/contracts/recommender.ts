/** What every first-stage recommender must do; each model's test runs it with its own options. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import { type SparseMatrix, sparseFromEntries, sparseRow } from "../../src/core/sparse-matrix.ts";
import type { RecommenderModel, TrainingData } from "../../src/steps/4-model/models/recommender.ts";

/** What a model can learn: each member's own taste, or only which titles are popular. */
export interface RecommenderContract<Options> {
  readonly model: RecommenderModel<Options>;
  readonly options?: Partial<Options>;
  readonly learns: "taste" | "popularity";
}

const GROUPS = 4;
const TITLES_PER_GROUP = 15;
const TITLES = GROUPS * TITLES_PER_GROUP;

export function describeRecommender<Options>({ model, options, learns }: RecommenderContract<Options>): void {
  const settings: Options = { ...model.defaults, ...options };
  const train = (data: TrainingData, seed = 1) => model.fit(data, settings, { random: createRandom(seed) });

  describe(`${model.name} as a recommender`, () => {
    it("is named in what it makes", async () => {
      const fitted = await train(planted());
      expect(fitted.model).toBe(model.name);
      expect(fitted.titles).toBe(TITLES);
      expect(fitted.toArtefact().model).toBe(model.name);
    });

    if (learns === "taste") {
      it("learns the planted pattern: a history of one group's titles puts the rest of that group first", async () => {
        const fitted = await train(planted());
        for (let group = 0; group < GROUPS; group++) {
          const known = titlesOf(group).slice(0, 5);
          const scores = fitted.score({ indices: Int32Array.from(known), values: new Float32Array(5).fill(1) });
          const best = rank(scores).filter((title) => !known.includes(title));
          const hits = best.slice(0, 10).filter((title) => groupOf(title) === group).length;
          expect(hits).toBeGreaterThanOrEqual(9);
        }
      });
    } else {
      it("puts the titles that most members chose first, whatever the history", async () => {
        const { interactions } = planted();
        const counts = new Array<number>(TITLES).fill(0);
        for (const title of interactions.indices) counts[title]++;
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
        indices: Int32Array.from({ length: TITLES }, (_, i) => i),
        values: new Float32Array(TITLES).fill(1),
      };
      for (const history of [nothing(), all]) {
        const scores = fitted.score(history);
        expect(scores.length).toBe(TITLES);
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
      const member = embedding.embed(history);
      expect(member.length).toBe(embedding.dimensions);
      scores.forEach((score, title) => {
        let product = 0;
        for (let d = 0; d < member.length; d++)
          product += member[d] * embedding.titleVectors[title * member.length + d];
        expect(product).toBeCloseTo(score, 4);
      });
    });
  });
}

/** Four groups of members, each choosing among its own fifteen titles, one entry in twenty elsewhere. */
function planted(): TrainingData & { readonly interactions: SparseMatrix } {
  const random = createRandom(11);
  const rows: number[] = [];
  const columns: number[] = [];
  for (let member = 0; member < 200; member++) {
    const group = member % GROUPS;
    for (const title of random.shuffle(titlesOf(group)).slice(0, 8)) {
      rows.push(member);
      columns.push(random.uniform() < 0.05 ? random.below(TITLES) : title);
    }
  }
  const summed = sparseFromEntries(200, TITLES, rows, columns, new Array(rows.length).fill(1));
  const interactions = { ...summed, values: summed.values.fill(1) };
  const values = Float32Array.from({ length: TITLES * GROUPS }, (_, at) =>
    groupOf(Math.floor(at / GROUPS)) === at % GROUPS ? 1 : 0,
  );
  const times = Float64Array.from(interactions.indices, (_, entry) => entry);
  return { interactions, attributes: { width: GROUPS, values }, times };
}

function titlesOf(group: number): number[] {
  return Array.from({ length: TITLES_PER_GROUP }, (_, i) => i * GROUPS + group);
}

function groupOf(title: number): number {
  return title % GROUPS;
}

function nothing() {
  return { indices: new Int32Array(0), values: new Float32Array(0) };
}

function rank(scores: Float32Array): number[] {
  return [...scores.keys()].sort((a, b) => scores[b] - scores[a] || a - b);
}
