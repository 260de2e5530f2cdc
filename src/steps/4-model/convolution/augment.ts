/** Chance changes of a training picture: moved, mirrored, lighter or darker, another tint. Seeded, so that a run repeats. */

import type { Random } from "../../../core/random.ts";
import type { ChannelScaling, PictureSet } from "../../3-data/pictures/picture-set.ts";

export interface Augmentation {
  /** Farthest move, as a share of the side; what comes in from outside is the mirrored edge. */
  readonly move: number;
  readonly flip: boolean;
  /** Deviation of the brightness factor and of each channel's shift, in units of the scaled pictures. */
  readonly light: number;
  readonly tint: number;
}

export const USUAL_AUGMENTATION: Augmentation = { move: 0.1, flip: true, light: 0.15, tint: 0.15 };

/** Writes one picture, scaled and changed by chance, as channel planes. */
export function augmentInto(
  { pixels, size, channels }: Pick<PictureSet, "pixels" | "size" | "channels">,
  picture: number,
  { mean, deviation }: ChannelScaling,
  { move, flip, light, tint }: Augmentation,
  random: Random,
  to: Float32Array,
  at: number,
): void {
  const most = Math.round(move * size);
  const dx = random.below(2 * most + 1) - most;
  const dy = random.below(2 * most + 1) - most;
  const isFlipped = flip && random.uniform() < 0.5;
  const factor = 1 + light * random.normal();
  const start = picture * size * size * channels;
  for (let c = 0; c < channels; c++) {
    const shift = tint * random.normal();
    for (let y = 0; y < size; y++) {
      const row = start + mirrored(y + dy, size) * size * channels;
      for (let x = 0; x < size; x++) {
        const from = mirrored((isFlipped ? size - 1 - x : x) + dx, size);
        const value = (pixels[row + from * channels + c] / 255 - mean[c]) / deviation[c];
        to[at++] = (value + shift) * factor;
      }
    }
  }
}

function mirrored(at: number, size: number): number {
  if (at < 0) return Math.min(size - 1, -at);
  return at < size ? at : Math.max(0, 2 * size - 2 - at);
}
