/** A run of a key's events that is full: written once, read beside the growing one, and added up whole. */

export interface FullRun {
  readonly first: number;
  readonly last: number;
  readonly bytes: Uint8Array;
  readonly bits: number;
  readonly totals: Float64Array;
}

/** Bytes of the objects around a full run, about. */
const RUN_BYTES = 500;

export function bytesOf(bits: number): number {
  return (bits + 7) >>> 3;
}

export function bytesOfRun({ bytes, totals }: FullRun): number {
  return bytes.length + totals.byteLength + RUN_BYTES;
}
