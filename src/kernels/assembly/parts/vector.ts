/** Vectors of floats: multiply-add, the sums of lanes, and floats as doubles. */

@inline
export function madd(a: v128, b: v128, sum: v128): v128 {
  return f32x4.add(f32x4.mul(a, b), sum);
}

/** The sum of the four lanes. */
@inline
export function laneSum(a: v128): f32 {
  const pairs = f32x4.add(a, v128.shuffle<i32>(a, a, 2, 3, 0, 1));
  return f32x4.extract_lane(pairs, 0) + f32x4.extract_lane(pairs, 1);
}

/** The lane sums of four vectors, as the four lanes of one. */
@inline
export function laneSums(a: v128, b: v128, c: v128, d: v128): v128 {
  const ab = f32x4.add(v128.shuffle<i32>(a, b, 0, 4, 1, 5), v128.shuffle<i32>(a, b, 2, 6, 3, 7));
  const cd = f32x4.add(v128.shuffle<i32>(c, d, 0, 4, 1, 5), v128.shuffle<i32>(c, d, 2, 6, 3, 7));
  return f32x4.add(v128.shuffle<i32>(ab, cd, 0, 1, 4, 5), v128.shuffle<i32>(ab, cd, 2, 3, 6, 7));
}

/** The inner product of two vectors of `bytes` bytes, a multiple of 16. */
@inline
export function dot(a: usize, b: usize, bytes: usize): f32 {
  let sum = f32x4.splat(0);
  for (let at: usize = 0; at < bytes; at += 16) sum = madd(v128.load(a + at), v128.load(b + at), sum);
  return laneSum(sum);
}

/** The inner products of four vectors with v, as four lanes; `bytes` is a multiple of 16. */
@inline
export function dots(a: usize, b: usize, c: usize, d: usize, v: usize, bytes: usize): v128 {
  let p = f32x4.splat(0);
  let q = p;
  let r = p;
  let s = p;
  let at: usize = 0;
  for (; at + 64 <= bytes; at += 64) {
    let x = v128.load(v + at);
    p = madd(v128.load(a + at), x, p);
    q = madd(v128.load(b + at), x, q);
    r = madd(v128.load(c + at), x, r);
    s = madd(v128.load(d + at), x, s);
    x = v128.load(v + at, 16);
    p = madd(v128.load(a + at, 16), x, p);
    q = madd(v128.load(b + at, 16), x, q);
    r = madd(v128.load(c + at, 16), x, r);
    s = madd(v128.load(d + at, 16), x, s);
    x = v128.load(v + at, 32);
    p = madd(v128.load(a + at, 32), x, p);
    q = madd(v128.load(b + at, 32), x, q);
    r = madd(v128.load(c + at, 32), x, r);
    s = madd(v128.load(d + at, 32), x, s);
    x = v128.load(v + at, 48);
    p = madd(v128.load(a + at, 48), x, p);
    q = madd(v128.load(b + at, 48), x, q);
    r = madd(v128.load(c + at, 48), x, r);
    s = madd(v128.load(d + at, 48), x, s);
  }
  for (; at < bytes; at += 16) {
    const x = v128.load(v + at);
    p = madd(v128.load(a + at), x, p);
    q = madd(v128.load(b + at), x, q);
    r = madd(v128.load(c + at), x, r);
    s = madd(v128.load(d + at), x, s);
  }
  return laneSums(p, q, r, s);
}

/** Two floats as doubles. */
@inline
export function pair(at: usize): v128 {
  return f64x2.promote_low_f32x4(v128.load64_zero(at));
}
