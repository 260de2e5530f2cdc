/** Feature importance by gain: how much of the loss saved in training each feature's splits saved. */

import type { TreesModel } from "./trees-model.ts";

/** Shares in model order that add up to 1; all 0 for a model without splits. */
export function importanceByGain({ features, trees }: TreesModel): Float64Array {
  const gains = new Float64Array(features.length);
  let total = 0;
  for (const tree of trees) {
    for (const [node, feature] of tree.feature.entries()) {
      if (feature < 0) continue;
      gains[feature] += tree.gain[node];
      total += tree.gain[node];
    }
  }
  return total === 0 ? gains : gains.map((gain) => gain / total);
}
