/** Quantization of vectors to 8-bit integers: symmetric, one scale per row. */

import type { Int8Rows } from "../../../kernels/int8-scan.scalar.ts";

/**
 * Row r becomes round(x / s) with s = max |x| / 127, so that zero stays zero and no number is off by more than s / 2 (Jacob et al. 2018,
 * "Quantization and training of neural networks", with zero point 0). A row of zeros gets scale 0.
 */
export function quantizeRows(vectors: Float32Array, dimensions: number): Int8Rows {
  const count = vectors.length / dimensions;
  if (!Number.isInteger(count)) throw new RangeError(`${vectors.length} numbers are no whole rows of ${dimensions}`);
  const values = new Int8Array(vectors.length);
  const scales = new Float32Array(count);
  for (let row = 0; row < count; row++) {
    const from = row * dimensions;
    let largest = 0;
    for (let at = from; at < from + dimensions; at++) largest = Math.max(largest, Math.abs(vectors[at]));
    if (largest === 0) continue;
    scales[row] = largest / 127;
    for (let at = from; at < from + dimensions; at++) values[at] = Math.round((127 * vectors[at]) / largest);
  }
  return { dimensions, values, scales };
}

/** Bytes of `count` vectors before (4 d each) and after (d, and 4 for the scale). */
export function quantizedBytes(count: number, dimensions: number): { readonly float32: number; readonly int8: number } {
  return { float32: count * dimensions * 4, int8: count * (dimensions + 4) };
}
