/** Divides photos so that all photos of one item, and all items that look the same, stand on one side. */

import type { Random } from "../../../core/random.ts";

export const PARTS = ["train", "validation", "test"] as const;

export interface PhotoSplit {
  /** By photo: 0 train, 1 validation, 2 test. */
  readonly part: Uint8Array;
  /** By photo: photos of one group never stand on both sides. */
  readonly group: Int32Array;
  /** Photos whose item went to another side than chance gave it, because a near-duplicate stood there. */
  readonly moved: number;
  /** Pairs of near-duplicates that the division of items alone would have left on two sides. */
  readonly across: number;
}

export interface SplitShares {
  readonly validation: number;
  readonly test: number;
}

/** Items are drawn to a side first; then each near-duplicate pair across sides brings the later side's group over to the earlier one. */
export function splitItems(
  item: Int32Array,
  pairs: readonly (readonly [number, number])[],
  { validation, test }: SplitShares,
  random: Random,
): PhotoSplit {
  const sideOf = drawSides(item, validation, test, random);
  const leader = new Map<number, number>();
  const find = (one: number): number => {
    const next = leader.get(one) ?? one;
    return next === one ? one : find(next);
  };
  let across = 0;
  for (const [a, b] of pairs) {
    const [left, right] = [item[a], item[b]];
    if (sideAt(sideOf, left) !== sideAt(sideOf, right)) across++;
    const [x, y] = [find(left), find(right)];
    if (x !== y) leader.set(Math.max(x, y), Math.min(x, y));
  }
  const sideOfGroup = new Map<number, number>();
  for (const [one, side] of sideOf) {
    const root = find(one);
    sideOfGroup.set(root, Math.min(side, sideOfGroup.get(root) ?? side));
  }
  const group = item.map(find);
  const part = Uint8Array.from(group, (root) => sideAt(sideOfGroup, root));
  const moved = item.reduce((count, one, row) => count + (sideAt(sideOf, one) === part[row] ? 0 : 1), 0);
  return { part, group, moved, across };
}

/**
 * By photo, what chance draws as one: photos of an item are alike, and so are near-duplicates, whose items the split joins. A split that draws photo
 * by photo joins nothing, and leaves photos of an item no more independent than they were.
 */
export function independentUnits(group: Int32Array, item: Int32Array): Int32Array {
  return new Set(group).size <= new Set(item).size ? group : item;
}

/** Every photo for itself: what a careless split does. For showing what it claims. */
export function splitPhotos(count: number, { validation, test }: SplitShares, random: Random): Uint8Array {
  const sides = drawSides(
    Int32Array.from({ length: count }, (_, row) => row),
    validation,
    test,
    random,
  );
  return Uint8Array.from({ length: count }, (_, row) => sideAt(sides, row));
}

/** Parts as the data gives them; where it holds no validation photos, whole items of the training part are drawn for it. The test stays as given. */
export function withValidation(given: Uint8Array, item: Int32Array, validation: number, random: Random): Uint8Array {
  if (given.includes(1)) return given;
  const trained = item.filter((_, row) => given[row] === 0);
  const sides = drawSides(trained, validation, 0, random);
  return given.map((part, row) => (part === 0 ? sideAt(sides, item[row]) : part));
}

function drawSides(item: Int32Array, validation: number, test: number, random: Random): Map<number, number> {
  const items = random.shuffle([...new Set(item)]);
  const [held, tested] = [Math.round(validation * items.length), Math.round(test * items.length)];
  return new Map(items.map((one, place) => [one, place < tested ? 2 : place < tested + held ? 1 : 0]));
}

function sideAt(sides: ReadonlyMap<number, number>, one: number): number {
  const side = sides.get(one);
  if (side === undefined) throw new Error(`item ${one} was given no side`);
  return side;
}
