/** Scores rows with boosted trees by the leaves that splits rule out: 64 rows at a time, a byte each. */

/**
 * After QuickScorer (Lucchese et al. 2015) and its vectors of bytes (Ye et al. 2018, RapidScorer). The numbers of a row become ranks among the
 * thresholds of their feature, one column of 64 bytes for each way of asking; a split rules out the leaves of its first child where its column is above
 * its own rank. The first leaf that no split rules out is the row's.
 *
 * A column holds ranks less 128, so that bytes with a sign compare as they should. The leaves of a tree lie in planes of eight.
 */

/** Rows of a column, and its bytes. */
const ROWS: i32 = 64;

/**
 * Scores `count` rows of `stride` bytes. `ranked`, `coded` and `turned` describe the columns, of which `columns` has room; `splits` lie tree by tree and
 * plane by plane, as many as `runs` says; `found` has room for 64 bytes a tree, `values` holds 8 numbers a plane. Scores go to `out`. Rows and scores are
 * read and written in groups of eight.
 */
export function scoreRows(
  rows: usize, stride: usize, count: i32, ranked: usize, rankedCount: i32, coded: usize, codedCount: i32, turned: usize, turnedCount: i32,
  columns: usize, runs: usize, splits: usize, planes: i32, trees: i32, found: usize, values: usize, base: f64, out: usize,
): void {
  for (let from = 0; from < count; from += ROWS) {
    const some = min(ROWS, count - from);
    const at = rows + <usize>from * stride;
    for (let one: usize = 0; one < <usize>rankedCount; one++) rank(at, stride, some, ranked + (one << 5));
    for (let one: usize = 0; one < <usize>codedCount; one++) lookUp(at, stride, some, coded + (one << 4));
    for (let one: usize = 0; one < <usize>turnedCount; one++) {
      const source = <usize>load<u32>(turned + (one << 3));
      const target = <usize>load<u32>(turned + (one << 3), 4);
      for (let byte: usize = 0; byte < <usize>ROWS; byte += 16) v128.store(target + byte, v128.not(v128.load(source + byte)));
    }
    if (some > 16) ruleOutMany(columns, runs, splits, planes, trees, found);
    else ruleOutFew(columns, runs, splits, planes, trees, found);
    for (let row: usize = 0; row < <usize>some; row += 8)
      sum(found + row, trees, values, <usize>planes << 6, base, out + ((<usize>from + row) << 3));
  }
}

/**
 * How many thresholds of a feature each row's number is above, by halving. A description is eight integers: the number's place in a row, the thresholds'
 * address, half their room, how many they are, and two columns: that of splits where a missing number goes right, and where it goes left.
 */
function rank(rows: usize, stride: usize, some: i32, description: usize): void {
  const value = rows + <usize>load<u32>(description);
  const thresholds = <usize>load<u32>(description, 4) - 8;
  const start = <usize>load<u32>(description, 8);
  const count = load<i32>(description, 12);
  const right = <usize>load<u32>(description, 16);
  const left = <usize>load<u32>(description, 20);
  for (let row: usize = 0; row < <usize>some; row += 4) {
    const at = value + row * stride;
    const one = load<f64>(at);
    const two = load<f64>(at + stride);
    const three = load<f64>(at + 2 * stride);
    const four = load<f64>(at + 3 * stride);
    let a: usize = 0;
    let b: usize = 0;
    let c: usize = 0;
    let d: usize = 0;
    for (let half = start; half >= 8; half >>= 1) {
      const middle = thresholds + half;
      a += half & -<usize>(load<f64>(middle + a) < one);
      b += half & -<usize>(load<f64>(middle + b) < two);
      c += half & -<usize>(load<f64>(middle + c) < three);
      d += half & -<usize>(load<f64>(middle + d) < four);
    }
    place(right + row, left + row, one, <i32>(a >> 3), count);
    place(right + row + 1, left + row + 1, two, <i32>(b >> 3), count);
    place(right + row + 2, left + row + 2, three, <i32>(c >> 3), count);
    place(right + row + 3, left + row + 3, four, <i32>(d >> 3), count);
  }
}

/** NaN is above no threshold. */
@inline
function place(right: usize, left: usize, value: f64, rank: i32, count: i32): void {
  store<u8>(left, rank ^ 0x80);
  store<u8>(right, (rank | (count & -<i32>(value != value))) ^ 0x80);
}

/** A description is four integers: the code's place in a row, how many codes have a byte, the bytes' address (0 left, 1 right), and the column. A code beyond them, or none, goes right. */
function lookUp(rows: usize, stride: usize, some: i32, description: usize): void {
  const value = rows + <usize>load<u32>(description);
  const codes = <f64>load<i32>(description, 4);
  const sides = <usize>load<u32>(description, 8);
  const column = <usize>load<u32>(description, 12);
  for (let row: usize = 0; row < <usize>some; row++) {
    const code = load<f64>(value + row * stride);
    let side: i32 = 1;
    if (code >= 0 && code < codes) side = <i32>load<u8>(sides + <usize>code);
    store<u8>(column + row, side ^ 0x80);
  }
}

/** Writes of each tree the leaves that 64 rows come to. */
function ruleOutMany(columns: usize, runs: usize, splits: usize, planes: i32, trees: i32, found: usize): void {
  let split = splits;
  let run = runs;
  const none = i8x16.splat(0);
  for (let tree = 0; tree < trees; tree++) {
    let leftA = none;
    let leftB = none;
    let leftC = none;
    let leftD = none;
    let planeA = none;
    let planeB = none;
    let planeC = none;
    let planeD = none;
    for (let plane = planes - 1; plane >= 0; plane--) {
      let a = none;
      let b = none;
      let c = none;
      let d = none;
      const end = split + (<usize>load<u32>(run) << 2);
      run += 4;
      for (; split < end; split += 4) {
        const column = columns + <usize>load<u16>(split);
        const above = v128.load8_splat(split, 2);
        const leaves = v128.load8_splat(split, 3);
        a = v128.or(a, v128.and(leaves, i8x16.gt_s(v128.load(column), above)));
        b = v128.or(b, v128.and(leaves, i8x16.gt_s(v128.load(column, 16), above)));
        c = v128.or(c, v128.and(leaves, i8x16.gt_s(v128.load(column, 32), above)));
        d = v128.or(d, v128.and(leaves, i8x16.gt_s(v128.load(column, 48), above)));
      }
      const first = i8x16.splat(<i8>(plane << 3));
      const all = i8x16.splat(-1);
      const goneA = i8x16.eq(a, all);
      const goneB = i8x16.eq(b, all);
      const goneC = i8x16.eq(c, all);
      const goneD = i8x16.eq(d, all);
      leftA = v128.bitselect(leftA, v128.not(a), goneA);
      leftB = v128.bitselect(leftB, v128.not(b), goneB);
      leftC = v128.bitselect(leftC, v128.not(c), goneC);
      leftD = v128.bitselect(leftD, v128.not(d), goneD);
      planeA = v128.bitselect(planeA, first, goneA);
      planeB = v128.bitselect(planeB, first, goneB);
      planeC = v128.bitselect(planeC, first, goneC);
      planeD = v128.bitselect(planeD, first, goneD);
    }
    v128.store(found, v128.or(planeA, lowest(leftA)));
    v128.store(found, v128.or(planeB, lowest(leftB)), 16);
    v128.store(found, v128.or(planeC, lowest(leftC)), 32);
    v128.store(found, v128.or(planeD, lowest(leftD)), 48);
    found += ROWS;
  }
}

/** The same of 16 rows. */
function ruleOutFew(columns: usize, runs: usize, splits: usize, planes: i32, trees: i32, found: usize): void {
  let split = splits;
  let run = runs;
  for (let tree = 0; tree < trees; tree++) {
    let left = i8x16.splat(0);
    let first = i8x16.splat(0);
    for (let plane = planes - 1; plane >= 0; plane--) {
      let out = i8x16.splat(0);
      const end = split + (<usize>load<u32>(run) << 2);
      run += 4;
      for (; split < end; split += 4) {
        const column = v128.load(columns + <usize>load<u16>(split));
        out = v128.or(out, v128.and(v128.load8_splat(split, 3), i8x16.gt_s(column, v128.load8_splat(split, 2))));
      }
      const gone = i8x16.eq(out, i8x16.splat(-1));
      left = v128.bitselect(left, v128.not(out), gone);
      first = v128.bitselect(first, i8x16.splat(<i8>(plane << 3)), gone);
    }
    v128.store(found, v128.or(first, lowest(left)));
    found += ROWS;
  }
}

/** The place of each byte's lowest bit. */
@inline
function lowest(bytes: v128): v128 {
  const alone = v128.and(bytes, i8x16.neg(bytes));
  // By the half of the byte that holds it: 1, 2, 4 or 8, or nothing.
  const places = i8x16(0, 0, 1, 0, 2, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0);
  const upper = i8x16(0, 4, 5, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0);
  const half = i8x16.splat(15);
  const low = i8x16.swizzle(places, v128.and(alone, half));
  const high = i8x16.swizzle(upper, v128.and(i16x8.shr_u(alone, 4), half));
  return v128.or(low, high);
}

/** Adds up the values of eight rows' leaves in the order of the trees. */
function sum(found: usize, trees: i32, values: usize, treeBytes: usize, base: f64, out: usize): void {
  let a = base;
  let b = base;
  let c = base;
  let d = base;
  let e = base;
  let f = base;
  let g = base;
  let h = base;
  const end = found + <usize>trees * ROWS;
  for (let at = found; at < end; at += ROWS) {
    a += load<f64>(values + (<usize>load<u8>(at) << 3));
    b += load<f64>(values + (<usize>load<u8>(at, 1) << 3));
    c += load<f64>(values + (<usize>load<u8>(at, 2) << 3));
    d += load<f64>(values + (<usize>load<u8>(at, 3) << 3));
    e += load<f64>(values + (<usize>load<u8>(at, 4) << 3));
    f += load<f64>(values + (<usize>load<u8>(at, 5) << 3));
    g += load<f64>(values + (<usize>load<u8>(at, 6) << 3));
    h += load<f64>(values + (<usize>load<u8>(at, 7) << 3));
    values += treeBytes;
  }
  store<f64>(out, a);
  store<f64>(out, b, 8);
  store<f64>(out, c, 16);
  store<f64>(out, d, 24);
  store<f64>(out, e, 32);
  store<f64>(out, f, 40);
  store<f64>(out, g, 48);
  store<f64>(out, h, 56);
}
