/** Pictures that look the same: pairs whose hashes hardly differ and whose pixels agree. */

import { hashDistance, perceptualHash } from "./perceptual-hash.ts";
import type { PictureSet } from "./picture-set.ts";

export interface NearDuplicates {
  /** Pairs of rows, the smaller first. */
  readonly pairs: readonly (readonly [number, number])[];
}

/** Of 64 bits. Two unrelated photos differ in about 32. */
const MOST_BITS = 6;
/** Mean difference of pixels, of 255, after both were brought to one mean: garments on white share a hash without being one photo. */
const MOST_DIFFERENCE = 12;

/** All pairs of near-duplicates; quadratic in the number of pictures, 64-bit comparisons. */
export function nearDuplicates(set: PictureSet): NearDuplicates {
  const hashes = Array.from({ length: set.count }, (_, row) => perceptualHash(set, row));
  const pairs: (readonly [number, number])[] = [];
  for (let a = 0; a < set.count; a++)
    for (let b = a + 1; b < set.count; b++)
      if (hashDistance(hashes[a], hashes[b]) <= MOST_BITS && pixelDifference(set, a, b) <= MOST_DIFFERENCE)
        pairs.push([a, b]);
  return { pairs };
}

/** Mean absolute difference of two pictures' bytes, whatever their overall light. */
function pixelDifference({ pixels, size, channels }: PictureSet, a: number, b: number): number {
  const step = size * size * channels;
  let [sumA, sumB] = [0, 0];
  for (let i = 0; i < step; i++) {
    sumA += pixels[a * step + i];
    sumB += pixels[b * step + i];
  }
  const shift = (sumA - sumB) / step;
  let sum = 0;
  for (let i = 0; i < step; i++) sum += Math.abs(pixels[a * step + i] - pixels[b * step + i] - shift);
  return sum / step;
}
