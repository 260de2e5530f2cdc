/** Pictures as a network reads them: raw bytes of one size, and the scaling of their channels. Training and serving share this file. */

export interface PictureSet {
  readonly count: number;
  /** Height and width. */
  readonly size: number;
  /** 3 for colours, 1 for grey. */
  readonly channels: number;
  /** Picture after picture, row after row, the channels of a place side by side. */
  readonly pixels: Uint8Array;
}

/** Mean and deviation of each channel over the training pictures, of values from 0 to 1. */
export interface ChannelScaling {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** Of the pictures at these rows. A channel that never changes gets deviation 1. */
export function fitScaling({ pixels, size, channels }: PictureSet, rows: ArrayLike<number>): ChannelScaling {
  const step = size * size * channels;
  const sums = new Float64Array(channels);
  const squares = new Float64Array(channels);
  for (let i = 0; i < rows.length; i++) {
    for (let p = 0; p < step; p++) {
      const value = pixels[rows[i] * step + p] / 255;
      sums[p % channels] += value;
      squares[p % channels] += value * value;
    }
  }
  const total = Math.max(1, rows.length * size * size);
  const mean = Array.from(sums, (sum) => sum / total);
  const deviation = Array.from(squares, (sum, c) => Math.sqrt(Math.max(0, sum / total - mean[c] ** 2)));
  return { mean, deviation: deviation.map((value) => (value > 1e-4 ? value : 1)) };
}

/** Writes one picture, scaled, as channel planes: what the network reads in training's evaluation and in serving alike. */
export function scaleInto(
  { pixels, size, channels }: Pick<PictureSet, "pixels" | "size" | "channels">,
  picture: number,
  { mean, deviation }: ChannelScaling,
  to: Float32Array,
  at: number,
): void {
  const places = size * size;
  const start = picture * places * channels;
  for (let c = 0; c < channels; c++)
    for (let p = 0; p < places; p++) to[at++] = (pixels[start + p * channels + c] / 255 - mean[c]) / deviation[c];
}
