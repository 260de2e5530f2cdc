/** The settings that are worth trying of each first-stage model, as a note writes them: where a search begins that was not told otherwise. */

/** Values by fact, in the order in which they are tried. */
export type SearchSpace = Readonly<Record<string, readonly number[]>>;

const SPACES: Readonly<Record<string, SearchSpace>> = {
  als: { factors: [32, 64, 128], regularization: [0.005, 0.02, 0.08] },
  ease: { regularization: [50, 100, 200, 400, 800], dropout: [0, 0.33, 0.67] },
  "ease-als": { regularization: [100, 200, 400], dropout: [0, 0.5], factors: [32, 64], smoothing: [0.5, 1] },
  "item-knn": { neighbours: [50, 200, 500], shrinkage: [0, 10, 50] },
  "item-transitions": { decay: [0.6, 0.8, 0.95], recency: [0.6, 0.8, 1], shrinkage: [10, 50, 150] },
  "sequence-knn": { decay: [0.8, 0.95], recency: [0.6, 0.9], backward: [0.3, 0.8], shrinkage: [10, 50] },
  "sequence-ease": { regularization: [100, 400, 800], decay: [0.8, 0.95, 1], recency: [0.8, 1] },
  "graph-filter": { factors: [32, 128], smoothing: [0.1, 0.3, 1] },
  "two-tower": { factors: [32, 64], epochs: [5, 10], "learning-rate": [0.001, 0.003] },
};

/** The space of a model; undefined for one that has nothing to choose. */
export function searchSpace(model: string): SearchSpace | undefined {
  return Object.hasOwn(SPACES, model) ? SPACES[model] : undefined;
}
