/** Content-based recommendation: items whose attributes are like those of the history. It knows an item before anyone has chosen it. */

import { FailureError } from "../../../core/outcome.ts";
import type { SparseRow } from "../../../core/sparse-matrix.ts";
import { createInnerProducts } from "../../../kernels/row-sums.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";
import {
  artefactFloats,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
} from "./recommender.ts";
import { withoutAttributes } from "./recommender-data.ts";

/** There is nothing to choose. */
export type ContentBasedOptions = Readonly<Record<never, never>>;

/**
 * An item's vector is its attributes at unit length; a unit's profile the sum of the history's vectors, weighted by the signals, at
 * unit length. The score is the cosine of the two (Pazzani and Billsus 2007, "Content-based recommendation systems").
 */
export const contentBased: RecommenderModel<ContentBasedOptions> = {
  name: "content",
  defaults: {},
  async fit({ attributes, interactions }) {
    if (attributes === undefined || attributes.width === 0)
      throw new FailureError(withoutAttributes(contentBased.name));
    const given = attributes.values.length / attributes.width;
    if (given !== interactions.columns)
      throw new Error(`attributes of ${given} items were given for ${interactions.columns}`);
    return create(unitRows(attributes), attributes.width);
  },
  fromArtefact: (artefact: ModelArtefact) =>
    create(artefactFloats(artefact, "items"), artefactNumber(artefact, "width")),
};

function create(itemVectors: Float32Array, width: number): Recommender {
  const items = itemVectors.length / width;
  const embed = (history: SparseRow) => profileOf(history, itemVectors, width);
  let products: ReturnType<typeof createInnerProducts> | undefined;
  return {
    model: contentBased.name,
    items,
    score(history, isLent) {
      products ??= createInnerProducts({ values: itemVectors, columns: width });
      return products(embed(history), isLent);
    },
    embedding: { dimensions: width, itemVectors, embed },
    toArtefact: () => ({ model: contentBased.name, meta: { width }, arrays: { items: itemVectors } }),
  };
}

function profileOf({ indices, values }: SparseRow, itemVectors: Float32Array, width: number): Float32Array {
  const sum = new Float32Array(width);
  for (let entry = 0; entry < indices.length; entry++) {
    const start = indices[entry] * width;
    for (let d = 0; d < width; d++) sum[d] += values[entry] * itemVectors[start + d];
  }
  return unitRows({ width, values: sum });
}

/** Rows at unit length; a row of zeros stays as it is. */
function unitRows({ width, values }: ItemVectors): Float32Array {
  const unit = values.slice();
  for (let at = 0; at < unit.length; at += width) {
    const row = unit.subarray(at, at + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let d = 0; d < width; d++) row[d] /= length;
  }
  return unit;
}
