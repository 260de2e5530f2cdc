/** Chance changes of a training picture: moved, resized, mirrored, lighter or darker, another tint, a field blotted out. Seeded, so that a run repeats. */

import type { Random } from "../../../core/random.ts";
import type { ChannelScaling, PictureSet } from "../../3-data/pictures/picture-set.ts";

export interface Augmentation {
  /** Farthest move, as a share of the side; what comes in from outside is the mirrored edge. */
  readonly move: number;
  /** Farthest change of height and of width, each by itself, as a share; 0 leaves both. */
  readonly zoom: number;
  readonly flip: boolean;
  /** Deviation of the brightness factor and of each channel's shift, in units of the scaled pictures. */
  readonly light: number;
  readonly tint: number;
  /** Share of the pictures of which a field is blotted out with the mean colour (Zhong et al. 2020, random erasing). */
  readonly erase: number;
}

export const USUAL_AUGMENTATION: Augmentation = { move: 0.1, zoom: 0, flip: true, light: 0.15, tint: 0.15, erase: 0 };

/** Sides of the blotted field, as shares of the picture's. */
const LEAST_FIELD = 1 / 8;
const MOST_FIELD = 1 / 2;

/** Writes one picture, scaled and changed by chance, as channel planes. What is 0 draws nothing, so that other changes stay as they were. */
export function augmentInto(
  set: Pick<PictureSet, "pixels" | "size" | "channels">,
  picture: number,
  { mean, deviation }: ChannelScaling,
  { move, zoom, flip, light, tint, erase }: Augmentation,
  random: Random,
  to: Float32Array,
  at: number,
): void {
  const { pixels, size, channels } = set;
  const most = Math.round(move * size);
  const dx = random.below(2 * most + 1) - most;
  const dy = random.below(2 * most + 1) - most;
  const isFlipped = flip && random.uniform() < 0.5;
  const factor = 1 + light * random.normal();
  const scale = (): number => (zoom > 0 ? 1 + zoom * (2 * random.uniform() - 1) : 1);
  const across = readingPlaces(size, scale(), isFlipped, dx);
  const down = readingPlaces(size, scale(), false, dy);
  const start = picture * size * size * channels;
  const first = at;
  for (let c = 0; c < channels; c++) {
    const shift = tint * random.normal();
    for (let y = 0; y < size; y++) {
      const upper = start + down.first[y] * size * channels + c;
      const lower = start + down.second[y] * size * channels + c;
      const low = down.share[y];
      for (let x = 0; x < size; x++) {
        const left = across.first[x] * channels;
        const right = across.second[x] * channels;
        const far = across.share[x];
        // Without a change of size both shares are 0, and the first place is read as it is.
        const level =
          (1 - low) * ((1 - far) * pixels[upper + left] + far * pixels[upper + right]) +
          low * ((1 - far) * pixels[lower + left] + far * pixels[lower + right]);
        to[at++] = ((level / 255 - mean[c]) / deviation[c] + shift) * factor;
      }
    }
  }
  if (erase > 0 && random.uniform() < erase) blot(to, first, { size, channels }, random);
}

/** For each place of a line, the two places that it is mixed from and the share of the second. */
interface ReadingPlaces {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly share: Float64Array;
}

function readingPlaces(size: number, scale: number, isFlipped: boolean, moved: number): ReadingPlaces {
  const [first, second] = [new Int32Array(size), new Int32Array(size)];
  const share = new Float64Array(size);
  const middle = (size - 1) / 2;
  for (let place = 0; place < size; place++) {
    const own = isFlipped ? size - 1 - place : place;
    const from = (scale === 1 ? own : middle + scale * (own - middle)) + moved;
    const whole = Math.floor(from);
    first[place] = mirrored(whole, size);
    second[place] = mirrored(whole + 1, size);
    share[place] = from - whole;
  }
  return { first, second, share };
}

/** Zero is the mean of scaled pictures. */
function blot(
  to: Float32Array,
  first: number,
  { size, channels }: Pick<PictureSet, "size" | "channels">,
  random: Random,
): void {
  const [least, most] = [Math.max(1, Math.round(LEAST_FIELD * size)), Math.max(1, Math.round(MOST_FIELD * size))];
  const [height, width] = [least + random.below(most - least + 1), least + random.below(most - least + 1)];
  const [top, left] = [random.below(size - height + 1), random.below(size - width + 1)];
  for (let c = 0; c < channels; c++)
    for (let y = top; y < top + height; y++) {
      const row = first + (c * size + y) * size + left;
      to.fill(0, row, row + width);
    }
}

function mirrored(at: number, size: number): number {
  if (at < 0) return Math.min(size - 1, -at);
  return at < size ? at : Math.max(0, 2 * size - 2 - at);
}
