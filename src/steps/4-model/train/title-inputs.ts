/** What a title brings into the towers: a learned embedding plus its attributes, projected. */

import type { Random } from "../../../core/random.ts";
import type { TitleAttributes } from "../models/recommender.ts";

export interface TitleInputs {
  /** Titles x factors. */
  readonly embeddings: Float32Array;
  /** Attributes x factors. */
  readonly projection: Float32Array;
  /** The loss's derivatives by the projection: `addProjectionSlopes` adds to them. */
  readonly projectionSlopes: Float32Array;
  /** Writes what the title brings to `to`, from `at` on. */
  bring(title: number, to: Float32Array, at: number): void;
  /** Adds what the derivatives by a title's input, at `at` of `slopes`, say about the projection. */
  addProjectionSlopes(title: number, slopes: Float32Array, at: number): void;
}

export function createTitleInputs(
  titles: number,
  factors: number,
  attributes: TitleAttributes | undefined,
  random: Random,
): TitleInputs {
  // Small beside the projected attributes: a title that was never chosen is known by these alone.
  const embeddings = Float32Array.from({ length: titles * factors }, () => 0.1 * random.normal());
  const width = attributes?.width ?? 0;
  const projection = Float32Array.from({ length: width * factors }, () => random.normal() / Math.sqrt(factors) / 3);
  const projectionSlopes = new Float32Array(projection.length);
  const { starts, indices, values } = sparseAttributes(attributes, titles);
  return {
    embeddings,
    projection,
    projectionSlopes,
    bring(title, to, at) {
      for (let d = 0; d < factors; d++) to[at + d] = embeddings[title * factors + d];
      for (let entry = starts[title]; entry < starts[title + 1]; entry++) {
        const row = indices[entry] * factors;
        for (let d = 0; d < factors; d++) to[at + d] += values[entry] * projection[row + d];
      }
    },
    addProjectionSlopes(title, slopes, at) {
      for (let entry = starts[title]; entry < starts[title + 1]; entry++) {
        const row = indices[entry] * factors;
        for (let d = 0; d < factors; d++) projectionSlopes[row + d] += values[entry] * slopes[at + d];
      }
    },
  };
}

/** The attributes that are not 0, title after title. */
function sparseAttributes(attributes: TitleAttributes | undefined, titles: number) {
  const starts = new Int32Array(titles + 1);
  const indices: number[] = [];
  const values: number[] = [];
  for (let title = 0; title < titles; title++) {
    for (let at = 0; attributes !== undefined && at < attributes.width; at++) {
      const value = attributes.values[title * attributes.width + at];
      if (value === 0) continue;
      indices.push(at);
      values.push(value);
    }
    starts[title + 1] = indices.length;
  }
  return { starts, indices: Int32Array.from(indices), values: Float32Array.from(values) };
}
