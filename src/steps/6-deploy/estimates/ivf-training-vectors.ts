/** How many vectors training the centroids of an inverted file needs and uses. */

import { defineEstimate } from "../../../estimate/define.ts";

/** faiss Clustering.h: min_points_per_centroid 39, max_points_per_centroid 256. */
export const ivfTrainingVectors = defineEstimate({
  name: "ivf-training-vectors",
  step: 6,
  summary: "how many vectors training the centroids of an inverted file needs and uses",
  inputs: {
    lists: { kind: "count", about: "inverted lists", example: "65536" },
  },
  formula: `
    least = lists * 39  # below this faiss warns
    most = lists * 256  # above this faiss samples
  `,
  answer: "least",
  source: "faiss Clustering.h: min_points_per_centroid 39, max_points_per_centroid 256.",
});
