/** The scalar twin of the exponential: e^x for x from -700 to 0, the same on every machine. */

const MAGIC = 6_755_399_441_055_744;
/** 1 / 13!, 1 / 12!, … 1 / 0!. */
const COEFFICIENTS = [
  1.6059043836821613e-10, 2.08767569878681e-9, 2.505210838544172e-8, 2.755731922398589e-7, 0.0000027557319223985893,
  0.0000248015873015873, 0.0001984126984126984, 0.001388888888888889, 0.008333333333333333, 0.041666666666666664,
  0.16666666666666666, 0.5, 1, 1,
];

/** x = k ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite 1980), e^r by its Taylor polynomial of degree 13, times 2^k. */
export function exponential(x: number): number {
  const clamped = Math.max(x, -700);
  const k = clamped * Math.LOG2E + MAGIC - MAGIC;
  const r = clamped - k * 0.6931471803691238 - k * 1.9082149292705877e-10;
  let sum = 0;
  for (const coefficient of COEFFICIENTS) sum = sum * r + coefficient;
  return sum * 2 ** k;
}
