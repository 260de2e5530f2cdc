/** What a search by photo can do without learning: small pixels, and a histogram of colours. */

import type { PictureSet } from "../../3-data/pictures/picture-set.ts";

/** Unit vectors of the photos at these rows, and how long each is. */
export interface PlainVectors {
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

const SIDE = 8;
const LEVELS = 4;

/** Means over 8 x 8 fields of each channel, less the middle grey. */
export function pixelVectors({ pixels, size, channels }: PictureSet, rows: ArrayLike<number>): PlainVectors {
  const dimensions = SIDE * SIDE * channels;
  const vectors = new Float32Array(rows.length * dimensions);
  const field = size / SIDE;
  for (let n = 0; n < rows.length; n++) {
    const counts = new Float64Array(SIDE * SIDE);
    const sums = new Float64Array(dimensions);
    for (let y = 0; y < size; y++)
      for (let x = 0; x < size; x++) {
        const at = Math.floor(y / field) * SIDE + Math.floor(x / field);
        counts[at]++;
        for (let c = 0; c < channels; c++)
          sums[at * channels + c] += pixels[((rows[n] * size + y) * size + x) * channels + c] / 255 - 0.5;
      }
    for (let i = 0; i < dimensions; i++) vectors[n * dimensions + i] = sums[i] / counts[Math.floor(i / channels)];
    toUnit(vectors.subarray(n * dimensions, (n + 1) * dimensions));
  }
  return { dimensions, vectors };
}

/** Roots of the shares of 4 x 4 x 4 colours (64 greys), whose inner product is the Bhattacharyya coefficient. */
export function histogramVectors({ pixels, size, channels }: PictureSet, rows: ArrayLike<number>): PlainVectors {
  const dimensions = LEVELS ** 3;
  const vectors = new Float32Array(rows.length * dimensions);
  const places = size * size;
  for (let n = 0; n < rows.length; n++) {
    const own = vectors.subarray(n * dimensions, (n + 1) * dimensions);
    for (let p = 0; p < places; p++) {
      const at = (rows[n] * places + p) * channels;
      const bin =
        channels === 3 ? (pixels[at] >> 6) * 16 + (pixels[at + 1] >> 6) * 4 + (pixels[at + 2] >> 6) : pixels[at] >> 2;
      own[bin]++;
    }
    for (let i = 0; i < dimensions; i++) own[i] = Math.sqrt(own[i] / places);
    toUnit(own);
  }
  return { dimensions, vectors };
}

function toUnit(vector: Float32Array): void {
  let square = 0;
  for (const value of vector) square += value * value;
  const length = Math.sqrt(square) || 1;
  for (let i = 0; i < vector.length; i++) vector[i] /= length;
}
