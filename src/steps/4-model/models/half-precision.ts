/** IEEE 754 half precision: numbers in 16 bits, by hand because not every JavaScript engine has them yet. */

/** From here on a number rounds to infinity: half a step above the largest half, 65,504. */
const TOO_LARGE = 65_520;
const LEAST_EXPONENT = -14;

/** The 16 bits of the nearest half, ties to even. NaN stays NaN. */
export function encodeHalf(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= TOO_LARGE) return sign | 0x7c00;
  const exponent = Math.max(LEAST_EXPONENT, Math.floor(Math.log2(magnitude)));
  const steps = roundHalfToEven(magnitude * 2 ** (10 - exponent));
  // 2,048 steps are the next power of two: the carry runs into the exponent's bits by itself.
  return exponent === LEAST_EXPONENT ? sign | steps : sign | (((exponent + 14) << 10) + steps);
}

/** The number that 16 bits stand for. */
export function decodeHalf(bits: number): number {
  const sign = (bits & 0x8000) === 0 ? 1 : -1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 0x3ff;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25);
}

function roundHalfToEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 === 1 ? rounded - 1 : rounded;
}
