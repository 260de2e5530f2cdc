/** Boosted trees of few leaves made ready for scoring many rows at a time: each split as the leaves that it rules out. */

import { leafSetsKernel } from "./generated/leaf-sets.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { planLeafSets } from "./leaf-sets-plan.ts";
import type { ScoredTree } from "./tree-scoring.scalar.ts";
import { openWorkspace } from "./workspace.ts";

export interface LeafSets {
  /** The score of each row; rows lie one after the other. */
  score(rows: Float64Array): Float64Array;
}

/** Rows of a column of ranks. */
const ROWS = 64;
/** Rows handed to the kernel at a time. */
const BATCH = 8 * ROWS;

/** Undefined for trees that do not fit, see `planLeafSets`. Leaf values are added up in the order of the trees, to the same bits as by walking. */
export function createLeafSets(trees: readonly ScoredTree[], width: number, base: number): LeafSets | undefined {
  const plan = planLeafSets(trees);
  if (plan === undefined) return undefined;
  const { planes, values, runs, splits, thresholds, sets, columns } = plan;
  const layout = createLayout();
  const features = [...thresholds.keys()];
  const rooms = features.map((feature) => roomFor(thresholds.get(feature)?.length ?? 0));
  const codes = sets.map((one) => Math.max(-1, ...one.codes) + 1);
  const turned = columns.turned();
  const places = {
    rows: layout.float64(BATCH * width),
    out: layout.float64(BATCH),
    ranked: layout.int32(8 * features.length),
    thresholds: layout.float64(rooms.reduce((sum, room) => sum + room, 0)),
    coded: layout.int32(4 * sets.length),
    sides: layout.int8(codes.reduce((sum, count) => sum + count, 0)),
    turned: layout.int32(2 * turned.length),
    columns: layout.int8(ROWS * columns.count),
    runs: layout.int32(runs.length),
    splits: layout.int8(4 * splits.length),
    found: layout.int8(ROWS * trees.length),
    values: layout.float64(values.length),
  };
  const workspace = openWorkspace(leafSetsKernel, layout);
  const columnAt = (at: number): number => places.columns.at + ROWS * at;
  const ranked = workspace.int32(places.ranked);
  const sorted = workspace.float64(places.thresholds).fill(Number.POSITIVE_INFINITY);
  let next = 0;
  for (const [at, feature] of features.entries()) {
    const own = thresholds.get(feature) ?? [];
    sorted.set(own, next);
    const [right, left] = [false, true].map((isMissingLeft) =>
      columnAt(columns.find({ about: String(feature), isMissingLeft, isTurned: false })),
    );
    const half = 8 * ((rooms[at] + 1) / 2);
    ranked.set([8 * feature, places.thresholds.at + 8 * next, half, own.length, right, left], 8 * at);
    next += rooms[at];
  }
  const coded = workspace.int32(places.coded);
  let side = places.sides.at;
  for (const [at, { about, feature, codes: ofLeft }] of sets.entries()) {
    const column = columnAt(columns.find({ about, isMissingLeft: false, isTurned: false }));
    coded.set([8 * feature, codes[at], side, column], 4 * at);
    const bytes = workspace.int8({ at: side, length: codes[at] }).fill(1);
    for (const code of ofLeft) bytes[code] = 0;
    side += codes[at];
  }
  const pairs = workspace.int32(places.turned);
  for (const [at, pair] of turned.entries()) pairs.set(pair.map(columnAt), 2 * at);
  workspace.int32(places.runs).set(runs);
  const bytes = workspace.int8(places.splits);
  for (const [at, { column, above, leaves }] of splits.entries())
    bytes.set([ROWS * column, (ROWS * column) >> 8, above, leaves], 4 * at);
  workspace.float64(places.values).set(values);
  const input = workspace.float64(places.rows);
  const output = workspace.float64(places.out);
  const scoreRows = workspace.function("scoreRows");
  const described = [places.ranked.at, features.length, places.coded.at, sets.length, places.turned.at, turned.length];
  const forest = [places.columns.at, places.runs.at, places.splits.at, planes, trees.length];
  const after = [places.found.at, places.values.at, base, places.out.at];
  return {
    score(rows) {
      const scores = new Float64Array(rows.length / width);
      for (let from = 0; from < scores.length; from += BATCH) {
        const count = Math.min(BATCH, scores.length - from);
        input.set(rows.subarray(from * width, (from + count) * width));
        scoreRows(places.rows.at, 8 * width, count, ...described, ...forest, ...after);
        scores.set(output.subarray(0, count), from);
      }
      return scores;
    },
  };
}

/** One less than a power of two: halving ends at a place of its own for each. */
function roomFor(count: number): number {
  return 2 ** Math.ceil(Math.log2(count + 1)) - 1;
}
