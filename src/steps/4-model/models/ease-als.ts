/** EASE and ALS as one: what items that go together say, plus what the shared directions of taste say, each in its own standard deviations. */

import { als } from "./als.ts";
import { ease } from "./ease.ts";
import { artefactNumber, type ModelArtefact, type Recommender, type RecommenderModel } from "./recommender.ts";

export interface EaseAlsOptions {
  /** lambda of EASE, in units of interactions. Default 200. */
  readonly regularization: number;
  /** The share of each history that EASE's training hides. Default 0.5. */
  readonly dropout: number;
  /** Length of ALS's vectors; its other options are its defaults. Default 32. */
  readonly factors: number;
  /** Weight of ALS's standardized scores beside those of EASE. Default 1. */
  readonly smoothing: number;
}

/**
 * z(EASE) + smoothing z(ALS), where z takes a history's scores to mean 0 and standard deviation 1 over all items: the two differ in scale, and
 * in what they get wrong, since EASE knows pairs that were seen together and ALS also those that only their neighbours had. A linear
 * combination of standardized scores is CombSUM (Fox and Shaw 1994, "Combination of multiple searches"). Memory and time are those of both.
 */
export const easeAls: RecommenderModel<EaseAlsOptions> = {
  name: "ease-als",
  defaults: { regularization: 200, dropout: 0.5, factors: 32, smoothing: 1 },
  async fit(data, { regularization, dropout, factors, smoothing }, environment) {
    const pairs = await ease.fit(data, { regularization, dropout }, environment);
    const random = environment.random.fork("factors");
    const directions = await als.fit(data, { ...als.defaults, factors }, { ...environment, random });
    return create(pairs, directions, smoothing);
  },
  fromArtefact(artefact) {
    const parts = [ease, als].map((model) => model.fromArtefact(partOf(artefact, model.name)));
    return create(parts[0], parts[1], artefactNumber(artefact, "smoothing"));
  },
};

function create(pairs: Recommender, directions: Recommender, smoothing: number): Recommender {
  return {
    model: easeAls.name,
    items: pairs.items,
    score(history) {
      const scores = standardized(pairs.score(history));
      const smooth = standardized(directions.score(history));
      return scores.map((score, item) => score + smoothing * smooth[item]);
    },
    toArtefact() {
      const meta: Record<string, ModelArtefact["meta"][string]> = { smoothing };
      const arrays: Record<string, ModelArtefact["arrays"][string]> = {};
      for (const part of [pairs.toArtefact(), directions.toArtefact()]) {
        for (const [name, value] of Object.entries(part.meta)) meta[`${part.model}.${name}`] = value;
        for (const [name, values] of Object.entries(part.arrays)) arrays[`${part.model}.${name}`] = values;
      }
      return { model: easeAls.name, meta, arrays };
    },
  };
}

/** Mean 0 and standard deviation 1 over all items; all 0 where they do not differ, as for a history without items. */
function standardized(scores: Float32Array): Float32Array {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const variance = scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length;
  const scale = variance > 0 ? 1 / Math.sqrt(variance) : 0;
  return scores.map((score) => (score - mean) * scale);
}

/** What one of the two wrote of itself, under its own names. */
function partOf({ meta, arrays }: ModelArtefact, model: string): ModelArtefact {
  return { model, meta: below(meta, `${model}.`), arrays: below(arrays, `${model}.`) };
}

function below<T>(values: Readonly<Record<string, T>>, prefix: string): Record<string, T> {
  const own = Object.entries(values).filter(([name]) => name.startsWith(prefix));
  return Object.fromEntries(own.map(([name, value]) => [name.slice(prefix.length), value]));
}
