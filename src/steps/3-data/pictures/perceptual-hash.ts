/** A 64-bit fingerprint of how a picture looks: the signs of the lowest frequencies of its light. */

import type { PictureSet } from "./picture-set.ts";

/** Places of the reduced picture, and frequencies that are kept of it, a side. */
const SIDE = 32;
const KEPT = 8;

/** A hash in two 32-bit halves, and how much the picture varies: a flat one has no look to compare. */
export interface PictureHash {
  readonly high: number;
  readonly low: number;
}

/** pHash (Zauner 2010): luma reduced to 32 x 32, its cosine transform, each of the 8 x 8 lowest frequencies above their median or not. */
export function perceptualHash(set: PictureSet, picture: number): PictureHash {
  const light = reducedLuma(set, picture);
  const frequencies = new Float64Array(KEPT * KEPT);
  for (let u = 0; u < KEPT; u++)
    for (let v = 0; v < KEPT; v++) {
      let sum = 0;
      for (let y = 0; y < SIDE; y++)
        for (let x = 0; x < SIDE; x++) sum += light[y * SIDE + x] * COSINES[u * SIDE + y] * COSINES[v * SIDE + x];
      frequencies[u * KEPT + v] = sum;
    }
  // The first frequency is the mean light, which says nothing of the look.
  const sorted = frequencies.slice(1).sort();
  const median = sorted[sorted.length >> 1];
  let [high, low] = [0, 0];
  for (let i = 0; i < 64; i++) {
    const bit = i > 0 && frequencies[i] > median ? 1 : 0;
    if (i < 32) high |= bit << i;
    else low |= bit << (i - 32);
  }
  return { high, low };
}

/** Bits in which two hashes differ. */
export function hashDistance(a: PictureHash, b: PictureHash): number {
  return ones(a.high ^ b.high) + ones(a.low ^ b.low);
}

const COSINES = Float64Array.from({ length: KEPT * SIDE }, (_, i) =>
  Math.cos((Math.PI * Math.floor(i / SIDE) * (2 * (i % SIDE) + 1)) / (2 * SIDE)),
);

function reducedLuma({ pixels, size, channels }: PictureSet, picture: number): Float64Array {
  const light = new Float64Array(SIDE * SIDE);
  const start = picture * size * size * channels;
  for (let y = 0; y < SIDE; y++)
    for (let x = 0; x < SIDE; x++) {
      const [top, left] = [Math.floor((y * size) / SIDE), Math.floor((x * size) / SIDE)];
      const [bottom, right] = [
        Math.max(top + 1, Math.floor(((y + 1) * size) / SIDE)),
        Math.max(left + 1, Math.floor(((x + 1) * size) / SIDE)),
      ];
      let sum = 0;
      for (let i = top; i < bottom; i++)
        for (let j = left; j < right; j++) {
          const at = start + (i * size + j) * channels;
          sum += channels === 3 ? 0.299 * pixels[at] + 0.587 * pixels[at + 1] + 0.114 * pixels[at + 2] : pixels[at];
        }
      light[y * SIDE + x] = sum / ((bottom - top) * (right - left));
    }
  return light;
}

function ones(value: number): number {
  let left = value >>> 0;
  let count = 0;
  for (; left !== 0; left &= left - 1) count++;
  return count;
}
