/** Content-based recommendation: titles whose attributes are like those of the history. It knows a title before anyone has chosen it. */

import type { SparseRow } from "../../../core/sparse-matrix.ts";
import {
  artefactFloats,
  artefactNumber,
  type ModelArtefact,
  type Recommender,
  type RecommenderModel,
  type TitleAttributes,
} from "./recommender.ts";

/** There is nothing to choose. */
export type ContentBasedOptions = Readonly<Record<never, never>>;

/**
 * A title's vector is its attributes at unit length; a member's profile the sum of the history's vectors, weighted by the signals, at
 * unit length. The score is the cosine of the two (Pazzani and Billsus 2007, "Content-based recommendation systems").
 */
export const contentBased: RecommenderModel<ContentBasedOptions> = {
  name: "content",
  defaults: {},
  async fit({ attributes, interactions }) {
    if (attributes === undefined) throw new Error("content-based recommendation needs the titles' attributes");
    const given = attributes.values.length / attributes.width;
    if (given !== interactions.columns)
      throw new Error(`attributes of ${given} titles were given for ${interactions.columns}`);
    return create(unitRows(attributes), attributes.width);
  },
  fromArtefact: (artefact: ModelArtefact) =>
    create(artefactFloats(artefact, "titles"), artefactNumber(artefact, "width")),
};

function create(titleVectors: Float32Array, width: number): Recommender {
  const titles = titleVectors.length / width;
  const embed = (history: SparseRow) => profileOf(history, titleVectors, width);
  return {
    model: contentBased.name,
    titles,
    score(history) {
      const profile = embed(history);
      return Float32Array.from({ length: titles }, (_, title) => {
        let cosine = 0;
        for (let d = 0; d < width; d++) cosine += profile[d] * titleVectors[title * width + d];
        return cosine;
      });
    },
    embedding: { dimensions: width, titleVectors, embed },
    toArtefact: () => ({ model: contentBased.name, meta: { width }, arrays: { titles: titleVectors } }),
  };
}

function profileOf({ indices, values }: SparseRow, titleVectors: Float32Array, width: number): Float32Array {
  const sum = new Float32Array(width);
  indices.forEach((title, entry) => {
    for (let d = 0; d < width; d++) sum[d] += values[entry] * titleVectors[title * width + d];
  });
  return unitRows({ width, values: sum });
}

/** Rows at unit length; a row of zeros stays as it is. */
function unitRows({ width, values }: TitleAttributes): Float32Array {
  const unit = values.slice();
  for (let at = 0; at < unit.length; at += width) {
    const row = unit.subarray(at, at + width);
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length > 0) for (let d = 0; d < width; d++) row[d] /= length;
  }
  return unit;
}
