/** The most popular items of a window: the baseline every recommender is measured against, and the answer to a cold start. */

import {
  artefactFloats,
  type ModelArtefact,
  type PassingTrainingData,
  type Recommender,
  type RecommenderModel,
  type TrainingData,
} from "./recommender.ts";

export interface MostPopularOptions {
  /** Only entries of the last so many seconds before `now` count; Infinity for all of them. Default: all. */
  readonly window: number;
}

/** Scores an item by the number of units who interacted with it inside the window, whoever asks. */
export const mostPopular: RecommenderModel<MostPopularOptions> = {
  name: "most-popular",
  defaults: { window: Number.POSITIVE_INFINITY },
  async fit(data, options) {
    return create(countInWindow(data, options.window));
  },
  fitPassing: async (data, options) => create(countPassing(data, options.window)),
  fromArtefact: (artefact: ModelArtefact) => create(artefactFloats(artefact, "counts")),
};

function create(counts: Float32Array): Recommender {
  return {
    model: mostPopular.name,
    items: counts.length,
    score: () => counts.slice(),
    alike: true,
    toArtefact: () => ({ model: mostPopular.name, meta: {}, arrays: { counts } }),
  };
}

function countInWindow({ interactions, times, now }: TrainingData, window: number): Float32Array {
  const counts = new Float32Array(interactions.columns);
  if (window === Number.POSITIVE_INFINITY) {
    for (const item of interactions.indices) counts[item]++;
    return counts;
  }
  if (times === undefined) throw new Error("a window needs the times of the interactions");
  const end = now ?? times.reduce((latest, time) => Math.max(latest, time), Number.NEGATIVE_INFINITY);
  interactions.indices.forEach((item, entry) => {
    if (times[entry] > end - window && times[entry] <= end) counts[item]++;
  });
  return counts;
}

function countPassing({ items: count, now, pairs }: PassingTrainingData, window: number): Float32Array {
  const counts = new Float32Array(count);
  const isAll = window === Number.POSITIVE_INFINITY;
  for (const { items, times } of pairs())
    for (let at = 0; at < items.length; at++)
      if (isAll || (times[at] > now - window && times[at] <= now)) counts[items[at]]++;
  return counts;
}
