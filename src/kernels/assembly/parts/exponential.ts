/** e^x for two numbers from -700 to 0, within 2 units in the last place; step for step the arithmetic of exponential.scalar.ts. */

/**
 * x = k ln 2 + r with |r| <= ln 2 / 2 (Cody and Waite 1980), e^r by its Taylor polynomial of degree 13, times 2^k. Below -700 the result
 * is that of -700.
 */
@inline
export function exponential(x: v128): v128 {
  const magic = f64x2.splat(6755399441055744);
  const clamped = f64x2.max(x, f64x2.splat(-700));
  const shifted = f64x2.add(f64x2.mul(clamped, f64x2.splat(1.4426950408889634)), magic);
  const k = f64x2.sub(shifted, magic);
  const r = f64x2.sub(
    f64x2.sub(clamped, f64x2.mul(k, f64x2.splat(0.6931471803691238))),
    f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)),
  );
  let sum = f64x2.splat(1.6059043836821613e-10);
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.08767569878681e-9));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.505210838544172e-8));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(2.755731922398589e-7));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.0000027557319223985893));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.0000248015873015873));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.0001984126984126984));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.001388888888888889));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.008333333333333333));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.041666666666666664));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.16666666666666666));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(0.5));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  sum = f64x2.add(f64x2.mul(sum, r), f64x2.splat(1));
  // The low bits of `shifted` are k: moved up to the exponent, they multiply by 2^k.
  return i64x2.add(sum, i64x2.shl(shifted, 52));
}
