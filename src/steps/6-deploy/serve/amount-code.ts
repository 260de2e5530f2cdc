/** Amounts in few bits without loss: as hundredths where that is exact, with the scale that suits the list. */

import { quantize } from "../../3-data/features/feature-plan.ts";
import { type BitBuffer, bitsOfNumber } from "./bit-buffer.ts";

/** Marks in the place of a number: hundredths below 0, and an amount of 8 bytes. */
const NEGATIVE = 62;
const WIDE = 63;
const LARGEST_WHOLE = 2 ** 52;
const LARGEST_SCALE = 30;

/** The amount in hundredths, its sign left out. */
export function hundredthsOf(amount: number): number {
  return Math.abs(Math.round(amount * 100));
}

/**
 * What `quantize` makes of so many hundredths, below 2^31, in half the time: none of them lies so near the middle of two multiples of 2^-20
 * that rounding on the way could matter.
 */
export function quantizeHundredths(hundredths: number): number {
  return Math.floor(hundredths * (2 ** 20 / 100) + 0.5) * 2 ** -20;
}

/** The quantized amount that `writeAmount` wrote with this scale. */
export function readAmount(bits: BitBuffer, scale: number): number {
  const hundredths = bits.readNumber(scale);
  if (hundredths >= 0) return quantize(hundredths / 100);
  return bits.mark === NEGATIVE ? quantize(-bits.readNumber(scale) / 100) : bits.readDouble();
}

/** Writes an amount that is quantized. */
export function writeAmount(bits: BitBuffer, amount: number, scale: number): void {
  const hundredths = hundredthsOf(amount);
  if (quantize((Math.sign(amount) * hundredths) / 100) !== amount || hundredths >= LARGEST_WHOLE) {
    bits.writeMark(WIDE);
    bits.writeDouble(amount);
    return;
  }
  if (amount < 0) bits.writeMark(NEGATIVE);
  bits.writeNumber(hundredths, scale);
}

/** The scale with which the first `count` numbers take the fewest bits: from that of their mean on, downhill. */
export function bestScale(numbers: Float64Array, count: number): number {
  const costOf = (scale: number): number => {
    let bits = 0;
    for (let at = 0; at < count; at++) bits += bitsOfNumber(numbers[at], scale);
    return bits;
  };
  let sum = 0;
  for (let at = 0; at < count; at++) sum += numbers[at];
  if (!(sum > 0)) return 0;
  let best = Math.min(LARGEST_SCALE, Math.max(0, Math.round(Math.log2(sum / count))));
  let least = costOf(best);
  for (const step of [-1, 1]) {
    while (best + step >= 0 && best + step <= LARGEST_SCALE) {
      const cost = costOf(best + step);
      if (cost >= least) break;
      best += step;
      least = cost;
    }
  }
  return best;
}
