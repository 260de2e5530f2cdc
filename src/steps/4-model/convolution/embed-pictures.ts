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
    const vectors = await opened.embed(some, false);
    for (let n = 0; n < some; n++) {
      let square = 0;
      for (let d = 0; d < dimensions; d++) square += vectors[n * dimensions + d] ** 2;
      const length = Math.sqrt(square) || 1;
      for (let d = 0; d < dimensions; d++) result[(first + n) * dimensions + d] = vectors[n * dimensions + d] / length;
    }
  }
  return result;
}
