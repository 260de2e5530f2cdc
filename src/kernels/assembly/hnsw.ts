/**
 * Hierarchical navigable small world graphs (Malkov and Yashunin 2018) for maximum inner product. Links of level 0 are a count and 2M
 * places per row; a row of level l has l blocks of a count and M places more, one for each level above 0.
 */

import { dot, dots } from "./parts/vector";

let vectors: usize = 0;
/** Bytes of a vector, a multiple of 16. */
let width: usize = 0;
let ground: usize = 0;
let groundLinks: i32 = 0;
let upper: usize = 0;
let upperLinks: i32 = 0;
/** Where a row's blocks begin among all blocks of the upper levels. */
let upperStart: usize = 0;
/** A 16-bit mark per row: the search that saw it last. */
let seen: usize = 0;
let rows: i32 = 0;
let mark: u32 = 0;
/** The best rows of a search so far, best first: a score and a row number with the top bit set once its links were followed. */
let pool: usize = 0;
let fresh: usize = 0;
let kept: usize = 0;

const FOLLOWED: u32 = 0x80000000;
/** Keeps the touching loads from being optimized away. */
let drain: i32 = 0;

export function configure(
  vectorsAt: usize, bytes: usize, count: i32, groundAt: usize, linksPerRow: i32, upperAt: usize, startAt: usize,
  seenAt: usize, poolAt: usize, freshAt: usize, keptAt: usize,
): void {
  vectors = vectorsAt;
  width = bytes;
  rows = count;
  ground = groundAt;
  groundLinks = 2 * linksPerRow;
  upper = upperAt;
  upperLinks = linksPerRow;
  upperStart = startAt;
  seen = seenAt;
  pool = poolAt;
  fresh = freshAt;
  kept = keptAt;
}

/** Links row `row` of level `level` into the graph of the rows before it. `ef` candidates are weighed at each level. */
export function insert(row: i32, level: i32, entry: i32, top: i32, ef: i32): void {
  const query = vectorOf(row);
  begin(query, entry);
  for (let l = top; l > level; l--) descend(query, l);
  for (let l = min(level, top); l >= 0; l--) {
    const found = explore(query, l, ef);
    const most = upperLinks;
    for (let i = 0; i < found; i++) {
      store<f32>(kept + (<usize>i << 3), scoreAt(i));
      store<i32>(kept + (<usize>i << 3), rowAt(i), 4);
    }
    const links = linksOf(row, l);
    const count = select(found, most);
    store<i32>(links, count);
    for (let i = 0; i < count; i++) store<i32>(links + (<usize>i << 2), load<i32>(kept + (<usize>i << 3), 4), 4);
    for (let i = 0; i < count; i++) linkBack(load<i32>(links + (<usize>i << 2), 4), row, l);
    if (l > 0) reopen(found);
  }
}

/** The `ef` best rows found for the query, best first, in the pool; returns how many there are. */
export function search(query: usize, entry: i32, top: i32, ef: i32): i32 {
  begin(query, entry);
  for (let l = top; l > 0; l--) descend(query, l);
  return explore(query, 0, ef);
}

@inline
function vectorOf(row: i32): usize {
  return vectors + <usize>row * width;
}

@inline
function scoreAt(place: i32): f32 {
  return load<f32>(pool + (<usize>place << 3));
}

@inline
function rowAt(place: i32): i32 {
  return load<i32>(pool + (<usize>place << 3), 4) & 0x7fffffff;
}

function linksOf(row: i32, level: i32): usize {
  if (level == 0) return ground + <usize>row * (<usize>(groundLinks + 1) << 2);
  const block = load<i32>(upperStart + (<usize>row << 2)) + level - 1;
  return upper + <usize>block * (<usize>(upperLinks + 1) << 2);
}

let size: i32 = 0;

function begin(query: usize, entry: i32): void {
  store<f32>(pool, dot(query, vectorOf(entry), width));
  store<i32>(pool, entry, 4);
  size = 1;
}

/** Walks on one level to the best row that links lead to; that row alone stays in the pool. */
function descend(query: usize, level: i32): void {
  size = 1;
  explore(query, level, 1);
  reopen(1);
}

/** Makes the first rows of the pool starting points of the next search. */
function reopen(count: i32): void {
  for (let i = 0; i < count; i++) store<i32>(pool + (<usize>i << 3), rowAt(i), 4);
  size = count;
}

/** Follows the links of the best rows not yet followed until the pool of `ef` rows holds none; returns the pool's size. */
function explore(query: usize, level: i32, ef: i32): i32 {
  if (++mark == 0x10000) {
    memory.fill(seen, 0, <usize>rows << 1);
    mark = 1;
  }
  for (let i = 0; i < size; i++) store<u16>(seen + (<usize>rowAt(i) << 1), <u16>mark);
  let place = 0;
  while (place < size) {
    const tagged = load<u32>(pool + (<usize>place << 3), 4);
    if (tagged & FOLLOWED) {
      place++;
      continue;
    }
    store<u32>(pool + (<usize>place << 3), tagged | FOLLOWED, 4);
    const count = collectFresh(linksOf(<i32>tagged, level));
    let lowest = size;
    for (let i = 0; i < count; i += 4) {
      const at = fresh + (<usize>i << 2);
      const four = dots(vectorOf(load<i32>(at)), vectorOf(load<i32>(at, 4)), vectorOf(load<i32>(at, 8)), vectorOf(load<i32>(at, 12)), query, width);
      lowest = min(lowest, offer(f32x4.extract_lane(four, 0), load<i32>(at), ef));
      if (i + 1 < count) lowest = min(lowest, offer(f32x4.extract_lane(four, 1), load<i32>(at, 4), ef));
      if (i + 2 < count) lowest = min(lowest, offer(f32x4.extract_lane(four, 2), load<i32>(at, 8), ef));
      if (i + 3 < count) lowest = min(lowest, offer(f32x4.extract_lane(four, 3), load<i32>(at, 12), ef));
    }
    place = min(place + 1, lowest);
  }
  return size;
}

/** The links not seen by this search, marked as seen, with their vectors touched so that they are on their way to the cache. */
function collectFresh(links: usize): i32 {
  const count = load<i32>(links);
  let found: i32 = 0;
  for (let i: usize = 0; i < <usize>count; i++) {
    const row = load<i32>(links + (i << 2), 4);
    const at = seen + (<usize>row << 1);
    if (load<u16>(at) == mark) continue;
    store<u16>(at, <u16>mark);
    store<i32>(fresh + (<usize>found << 2), row);
    found++;
  }
  let mixed = 0;
  for (let i: usize = 0; i < <usize>found; i++) {
    const vector = vectorOf(load<i32>(fresh + (i << 2)));
    for (let at: usize = 0; at < width; at += 64) mixed ^= load<i32>(vector + at);
  }
  drain = mixed;
  // Scores come four at a time: the places after the last hold a row that is safe to read.
  for (let i = found; i < ((found + 3) & ~3); i++) store<i32>(fresh + (<usize>i << 2), 0);
  return found;
}

/** Puts a row into the pool in order, unless `ef` better ones are there; returns its place, or a large number. */
function offer(score: f32, row: i32, ef: i32): i32 {
  if (size == ef && score <= scoreAt(size - 1)) return i32.MAX_VALUE;
  let low = 0;
  let high = size;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (scoreAt(middle) >= score) low = middle + 1;
    else high = middle;
  }
  if (size < ef) size++;
  const at = pool + (<usize>low << 3);
  memory.copy(at + 8, at, <usize>(size - 1 - low) << 3);
  store<f32>(at, score);
  store<i32>(at, row, 4);
  return low;
}

/**
 * Of `count` candidates (kept: score and row, best first) keeps at most `most` that are nearer to the new row than to any kept
 * before (the paper's algorithm 4): links that lead in different directions.
 */
function select(count: i32, most: i32): i32 {
  let chosen = 0;
  for (let i = 0; i < count && chosen < most; i++) {
    const score = load<f32>(kept + (<usize>i << 3));
    const row = load<i32>(kept + (<usize>i << 3), 4);
    if (!isApart(row, score, chosen)) continue;
    store<f32>(kept + (<usize>chosen << 3), score);
    store<i32>(kept + (<usize>chosen << 3), row, 4);
    chosen++;
  }
  return chosen;
}

/** Whether a candidate scores less with every row chosen so far than it does with the new row. */
function isApart(row: i32, score: f32, chosen: i32): bool {
  const vector = vectorOf(row);
  const limit = f32x4.splat(score);
  let i = 0;
  for (; i + 4 <= chosen; i += 4) {
    const at = kept + (<usize>i << 3);
    const four = dots(vectorOf(load<i32>(at, 4)), vectorOf(load<i32>(at, 12)), vectorOf(load<i32>(at, 20)), vectorOf(load<i32>(at, 28)), vector, width);
    if (v128.any_true(f32x4.ge(four, limit))) return false;
  }
  for (; i < chosen; i++) {
    if (dot(vectorOf(load<i32>(kept + (<usize>i << 3), 4)), vector, width) >= score) return false;
  }
  return true;
}

/** Adds `row` to the links of `from`; when they are full, the best selection of old and new stays. */
function linkBack(from: i32, row: i32, level: i32): void {
  const most = level == 0 ? groundLinks : upperLinks;
  const links = linksOf(from, level);
  const count = load<i32>(links);
  if (count < most) {
    store<i32>(links + (<usize>count << 2), row, 4);
    store<i32>(links, count + 1);
    return;
  }
  const vector = vectorOf(from);
  keepInOrder(0, dot(vector, vectorOf(row), width), row);
  for (let i = 0; i < count; i++) {
    const other = load<i32>(links + (<usize>i << 2), 4);
    keepInOrder(i + 1, dot(vector, vectorOf(other), width), other);
  }
  const chosen = select(count + 1, most);
  store<i32>(links, chosen);
  for (let i = 0; i < chosen; i++) store<i32>(links + (<usize>i << 2), load<i32>(kept + (<usize>i << 3), 4), 4);
}

/** Inserts a candidate among the first `count`, best first. */
function keepInOrder(count: i32, score: f32, row: i32): void {
  let at = kept + (<usize>count << 3);
  while (at > kept && load<f32>(at - 8) < score) {
    store<u64>(at, load<u64>(at - 8));
    at -= 8;
  }
  store<f32>(at, score);
  store<i32>(at, row, 4);
}
