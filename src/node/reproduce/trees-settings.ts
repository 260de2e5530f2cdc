/** Settings of boosted trees as a table writes them, as the training takes them; what is not written stays at its default. */

import type { TreesOptions } from "../../steps/4-model/train/trees-options.ts";
import type { TableSettings } from "./table.ts";

export function treesSettings({
  trees,
  leaves,
  "learning-rate": learningRate,
  "minimum-rows": minRowsInLeaf,
  regularization: l2,
  "feature-share": featureShare,
}: TableSettings): Partial<TreesOptions> {
  return {
    ...(trees === undefined ? {} : { trees }),
    ...(leaves === undefined ? {} : { leaves }),
    ...(learningRate === undefined ? {} : { learningRate }),
    ...(minRowsInLeaf === undefined ? {} : { minRowsInLeaf }),
    ...(l2 === undefined ? {} : { l2 }),
    ...(featureShare === undefined ? {} : { featureShare }),
  };
}
