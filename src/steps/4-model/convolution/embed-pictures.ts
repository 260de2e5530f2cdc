/** The vectors of many pictures, of unit length: what an index holds and a search compares. */

import { type ChannelScaling, type PictureSet, scaleInto } from "../../3-data/pictures/picture-set.ts";
import type { EmbeddingNetwork } from "./embedding-network.ts";

/** Unit vectors of the set's pictures at these rows, one after the other. A picture's vector does not depend on its neighbours. */
export async function embedPictures(
  opened: EmbeddingNetwork,
  dimensions: number,
  set: PictureSet,
  rows: ArrayLike<number>,
  scaling: ChannelScaling,
): Promise<Float32Array> {
  const step = set.size * set.size * set.channels;
  const result = new Float32Array(rows.length * dimensions);
  for (let first = 0; first < rows.length; first += opened.batch) {
    const some = Math.min(opened.batch, rows.length - first);
    for (let n = 0; n < some; n++) scaleInto(set, rows[first + n], scaling, opened.pictures, n * step);
    const vectors = (await opened.embed(some, false)).subarray(0, some * dimensions);
    toUnitLength(vectors, dimensions);
    result.set(vectors, first * dimensions);
  }
  return result;
}

/** Brings each vector to length 1, in place; one of zeros stays. */
export function toUnitLength(vectors: Float32Array | Float64Array, dimensions: number): void {
  for (let start = 0; start < vectors.length; start += dimensions) {
    let square = 0;
    for (let d = start; d < start + dimensions; d++) square += vectors[d] ** 2;
    const length = Math.sqrt(square) || 1;
    for (let d = start; d < start + dimensions; d++) vectors[d] /= length;
  }
}
