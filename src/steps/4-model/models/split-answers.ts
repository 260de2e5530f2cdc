/** Which splits of a trees model send a row left: each different split once, whatever the number of trees that have it. */

import type { Tree } from "./tree.ts";

export interface SplitAnswers {
  /** Where the answer to the split of an inner node stands. */
  placeOf(tree: Tree, node: number): number;
  /** By place: 1 where the row last given to `answer` goes left, else 0. */
  readonly goesLeft: Uint8Array;
  /** Takes a row's values in model order, NaN for missing. */
  answer(values: ArrayLike<number>): void;
}

interface Split {
  readonly feature: number;
  readonly threshold: number;
  readonly missingLeft: number;
  readonly codes: readonly number[] | null;
}

/** Splits of one feature, by rising threshold, from place `from` to before `to`. */
interface Group {
  readonly feature: number;
  readonly from: number;
  readonly to: number;
}

export function openSplitAnswers(trees: readonly Tree[]): SplitAnswers {
  const all = trees.flatMap((tree) => Array.from(tree.feature.keys(), (node) => splitOf(tree, node)));
  const different = new Map(all.filter(({ feature }) => feature >= 0).map((split) => [keyOf(split), split]));
  const splits = [...different.values()].sort(
    (a, b) => Number(a.codes !== null) - Number(b.codes !== null) || a.feature - b.feature || a.threshold - b.threshold,
  );
  const places = new Map(splits.map((split, place) => [keyOf(split), place]));
  const numeric = groupsOf(splits.filter(({ codes }) => codes === null));
  const categorical = splits.flatMap(({ feature, codes }, place) =>
    codes === null ? [] : [{ feature, codes, place }],
  );
  const thresholds = Float64Array.from(splits, ({ threshold }) => threshold);
  const missingLeft = Uint8Array.from(splits, (split) => split.missingLeft);
  const goesLeft = new Uint8Array(splits.length);
  return {
    goesLeft,
    placeOf: (tree, node) => places.get(keyOf(splitOf(tree, node))) ?? -1,
    answer(values) {
      for (const { feature, from, to } of numeric) {
        const value = values[feature];
        if (Number.isNaN(value)) goesLeft.set(missingLeft.subarray(from, to), from);
        else {
          const first = firstAtLeast(thresholds, from, to, value);
          goesLeft.fill(0, from, first);
          goesLeft.fill(1, first, to);
        }
      }
      for (const { feature, codes, place } of categorical) goesLeft[place] = Number(codes.includes(values[feature]));
    },
  };
}

function splitOf(tree: Tree, node: number): Split {
  return {
    feature: tree.feature[node],
    threshold: tree.threshold[node],
    missingLeft: tree.missingLeft[node],
    codes: tree.leftCodes[node],
  };
}

function keyOf({ feature, threshold, missingLeft, codes }: Split): string {
  return codes === null ? `${feature} ${missingLeft} ${threshold}` : `${feature} in ${codes.join()}`;
}

function groupsOf(splits: readonly Split[]): Group[] {
  const starts = [...splits.keys()].filter((at) => at === 0 || splits[at].feature !== splits[at - 1].feature);
  return starts.map((from, at) => ({ feature: splits[from].feature, from, to: starts[at + 1] ?? splits.length }));
}

/** The first place from `from` on whose number is not below `value`; `to` where there is none. */
function firstAtLeast(sorted: Float64Array, from: number, to: number, value: number): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
