/** Exact Shapley values of a trees model's margin: how much each feature of one row moved it, for reason codes. */

import { addLeafShapley } from "./leaf-shapley.ts";
import { openSplitAnswers, type SplitAnswers } from "./split-answers.ts";
import type { Tree } from "./tree.ts";
import { cutTree, fillTable, type TreePiece } from "./tree-pieces.ts";
import type { TreesModel } from "./trees-model.ts";

export interface TreeAttributions {
  /** The margin expected when nothing is known of the row: each split taken as its training rows were. */
  readonly expected: number;
  /** One per feature, in model order; with `expected` they add up to the row's margin. */
  readonly contributions: Float64Array;
}

/** Numbers in all tables at most: 64 MB. */
const TABLES_LIMIT = 2 ** 23;
/** Numbers in one table at most: as many as a leaf of nine features has. */
const PIECE_LIMIT = 2 ** 9 * 9;

/**
 * Makes a model ready to explain rows: `values` is one in model order, as `encodeRows` makes it. Make it once and keep it.
 *
 * What a leaf gives the features depends on which of them keep the row from it, and on nothing else about the row: so it can be worked
 * out beforehand for each such set (as in Yang 2021, "Fast TreeSHAP"). Here that is done for pieces of trees, of one leaf or several:
 * a row answers the splits, the answers pick one row of each piece's table, and the picked rows are added up. For 200 trees of 16
 * leaves the tables take 5 MB and a tenth of a second to make; a row then takes about 25 microseconds, and twice that between decisions
 * that drive the tables out of the cache. All tables together hold `limit` numbers at most: where trees are large the pieces get
 * smaller, and a leaf whose own table would be too large, with ten features on its path or more, is worked out anew for each row.
 */
export function openAttributions(
  { trees, features, baseScore }: TreesModel,
  limit = TABLES_LIMIT,
): (values: ArrayLike<number>) => TreeAttributions {
  const splits = openSplitAnswers(trees);
  const pieces = cutTrees(trees, limit);
  const tabled = pieces.filter(({ isTabled }) => isTabled);
  const tables = layOut(tabled, splits, features.length);
  const wideLeaves = pieces.filter(({ isTabled }) => !isTabled).map((piece) => openWideLeaf(piece, splits));
  const expected = trees.reduce((sum, tree) => sum + meanValue(tree, 0), baseScore);
  return (values) => {
    const contributions = new Float64Array(features.length);
    splits.answer(values);
    pickRows(tables, splits.goesLeft);
    addRows(tables, contributions);
    for (const addLeaf of wideLeaves) addLeaf(contributions);
    return { expected, contributions };
  };
}

function cutTrees(trees: readonly Tree[], limit: number): TreePiece[] {
  for (let each = PIECE_LIMIT; ; each /= 2) {
    const pieces = trees.flatMap((tree) => cutTree(tree, each));
    const size = pieces.reduce((sum, piece) => sum + (piece.isTabled ? sizeOf(piece) : 0), 0);
    if (size <= limit) return pieces;
  }
}

function sizeOf({ questions, features }: TreePiece): number {
  return 2 ** questions.length * features.length;
}

function meanValue(tree: Tree, node: number): number {
  if (tree.feature[node] < 0) return tree.value[node];
  const [left, right] = [tree.left[node], tree.right[node]];
  return (
    (tree.rows[left] * meanValue(tree, left) + tree.rows[right] * meanValue(tree, right)) /
    (tree.rows[left] + tree.rows[right])
  );
}

/**
 * Pieces in flat arrays, by the number of their checks: a loop that is as long as the last one was costs least. Reviews are rare, so the
 * tables are seldom in the processor's cache: all rows are picked first and then added without a branch, which keeps many of them on their
 * way from memory at once.
 */
interface Tables {
  readonly numbers: Float64Array;
  /** By piece: where its table begins, the numbers of a row, and where its checks end. */
  readonly start: Int32Array;
  readonly width: Int32Array;
  readonly checksEnd: Int32Array;
  /** Place of the split * 64 + bit of the outcome * 2 + 1 if left is the way that leaves the bit 0. */
  readonly checks: Int32Array;
  /** By piece: where the table's row begins that the data row picks. One more place leads to a 0. */
  readonly picked: Int32Array;
  /** By feature: where its terms end. */
  readonly termsEnd: Int32Array;
  /** Piece * 16 + column of its table. */
  readonly terms: Int32Array;
}

function layOut(pieces: readonly TreePiece[], splits: SplitAnswers, features: number): Tables {
  const order = pieces
    .map((piece) => ({ piece, checks: checksOf(piece, splits) }))
    .sort((a, b) => a.checks.length - b.checks.length);
  const size = order.reduce((sum, { piece }) => sum + sizeOf(piece), 0);
  const numbers = new Float64Array(size + 1);
  const start = new Int32Array(order.length);
  const terms = Array.from({ length: features }, (): number[] => []);
  let next = 0;
  for (const [at, { piece }] of order.entries()) {
    fillTable(piece, numbers, next);
    for (const [column, feature] of piece.features.entries()) terms[feature].push(at * 16 + column);
    start[at] = next;
    next += sizeOf(piece);
  }
  const rounded = terms.map((list) => padded(list, order.length * 16));
  return {
    numbers,
    start,
    width: Int32Array.from(order, ({ piece }) => piece.features.length),
    checksEnd: endsOf(order.map(({ checks }) => checks)),
    checks: Int32Array.from(
      order.flatMap(({ checks }) => checks.map(({ place, left, question }) => place * 64 + question * 2 + left)),
    ),
    picked: new Int32Array(order.length + 1).fill(size),
    termsEnd: endsOf(rounded),
    terms: Int32Array.from(rounded.flat()),
  };
}

/** Terms added at a time: one by one takes twice as long. */
const STRIDE = 4;

/** The list, made a multiple of four long with `filler`. */
function padded(list: readonly number[], filler: number): number[] {
  return [...list, ...Array.from({ length: (STRIDE - (list.length % STRIDE)) % STRIDE }, () => filler)];
}

/** Where each list ends when all are put one after the other. */
function endsOf(lists: readonly (readonly unknown[])[]): Int32Array {
  let end = 0;
  return Int32Array.from(lists, ({ length }) => {
    end += length;
    return end;
  });
}

/** The splits that a piece's questions ask about: by place, and 1 where left answers 0. */
function checksOf(
  { tree, questions }: TreePiece,
  { placeOf }: SplitAnswers,
): { readonly place: number; readonly left: number; readonly question: number }[] {
  return questions.flatMap(({ splits }, question) =>
    splits.map(({ node, left }) => ({ place: placeOf(tree, node), left: Number(left), question })),
  );
}

function pickRows({ start, width, checksEnd, checks, picked }: Tables, goesLeft: Uint8Array): void {
  let at = 0;
  for (let piece = 0; piece < start.length; piece++) {
    const end = checksEnd[piece];
    let outcome = 0;
    for (; at < end; at++) {
      const check = checks[at];
      outcome |= (goesLeft[check >> 6] ^ (check & 1)) << ((check >> 1) & 31);
    }
    picked[piece] = start[piece] + outcome * width[piece];
  }
}

function addRows({ numbers, picked, termsEnd, terms }: Tables, contributions: Float64Array): void {
  let at = 0;
  for (let feature = 0; feature < termsEnd.length; feature++) {
    const end = termsEnd[feature];
    let [one, two] = [0, 0];
    for (; at < end; at += STRIDE) {
      const [a, b, c, d] = [terms[at], terms[at + 1], terms[at + 2], terms[at + 3]];
      one += numbers[picked[a >> 4] + (a & 15)] + numbers[picked[b >> 4] + (b & 15)];
      two += numbers[picked[c >> 4] + (c & 15)] + numbers[picked[d >> 4] + (d & 15)];
    }
    contributions[feature] = one + two;
  }
}

/** A leaf that has no table. */
function openWideLeaf(piece: TreePiece, splits: SplitAnswers): (contributions: Float64Array) => void {
  const { features, leaves } = piece;
  const checks = checksOf(piece, splits);
  const misses = new Uint8Array(features.length);
  const given = new Float64Array(features.length);
  return (contributions) => {
    misses.fill(0);
    given.fill(0);
    for (const { place, left, question } of checks) misses[question] |= splits.goesLeft[place] ^ left;
    for (const leaf of leaves) addLeafShapley(leaf, misses, given);
    for (let at = 0; at < features.length; at++) contributions[features[at]] += given[at];
  };
}
