/** What an item brings into the towers: a learned embedding plus its attributes, projected. */

import type { Random } from "../../../core/random.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";

export interface ItemInputs {
  /** Items x factors. */
  readonly embeddings: Float32Array;
  /** Attributes x factors. */
  readonly projection: Float32Array;
  /** The loss's derivatives by the projection: `addProjectionSlopes` adds to them. */
  readonly projectionSlopes: Float32Array;
  /** Writes what the item brings to `to`, from `at` on. */
  bring(item: number, to: Float32Array, at: number): void;
  /** Adds what the derivatives by an item's input, at `at` of `slopes`, say about the projection. */
  addProjectionSlopes(item: number, slopes: Float32Array, at: number): void;
}

export function createItemInputs(
  items: number,
  factors: number,
  attributes: ItemVectors | undefined,
  random: Random,
): ItemInputs {
  // Small beside the projected attributes: an item that was never chosen is known by these alone.
  const embeddings = Float32Array.from({ length: items * factors }, () => 0.1 * random.normal());
  const width = attributes?.width ?? 0;
  const projection = Float32Array.from({ length: width * factors }, () => random.normal() / Math.sqrt(factors) / 3);
  const projectionSlopes = new Float32Array(projection.length);
  const { starts, indices, values } = sparseAttributes(attributes, items);
  return {
    embeddings,
    projection,
    projectionSlopes,
    bring(item, to, at) {
      for (let d = 0; d < factors; d++) to[at + d] = embeddings[item * factors + d];
      for (let entry = starts[item]; entry < starts[item + 1]; entry++) {
        const row = indices[entry] * factors;
        for (let d = 0; d < factors; d++) to[at + d] += values[entry] * projection[row + d];
      }
    },
    addProjectionSlopes(item, slopes, at) {
      for (let entry = starts[item]; entry < starts[item + 1]; entry++) {
        const row = indices[entry] * factors;
        for (let d = 0; d < factors; d++) projectionSlopes[row + d] += values[entry] * slopes[at + d];
      }
    },
  };
}

/** The attributes that are not 0, item after item. */
function sparseAttributes(attributes: ItemVectors | undefined, items: number) {
  const starts = new Int32Array(items + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let item = 0; item < items; item++) {
    for (let at = 0; attributes !== undefined && at < attributes.width; at++) {
      const value = attributes.values[item * attributes.width + at];
      if (value === 0) continue;
      indices.push(at);
      values.push(value);
    }
    starts[item + 1] = indices.length;
  }
  return { starts, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
