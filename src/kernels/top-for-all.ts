/** The best unseen columns for every row of two factor matrices: recommendations for all members at once, exactly. */

import { copyRows } from "./exact-scan.ts";
import { probeKernelPath } from "./feature-probe.ts";
import { topForAllKernel } from "./generated/top-for-all.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { evenBlocks } from "./row-blocks.ts";
import { type TopForAllProblem, topForAllScalar } from "./top-for-all.scalar.ts";
import type { TopLists } from "./top-list.ts";
import { openWorkspace } from "./workspace.ts";

const LANES = 4;
const BLOCK = 512;

/**
 * Each row's k columns of largest inner product among the unseen; of equal scores the smaller number first. Columns are visited by falling
 * length: x.y is at most |x| |y| (Cauchy and Schwarz), so a row stops at the first column too short to enter its list.
 */
export async function topForAll(problem: TopForAllProblem): Promise<TopLists> {
  const { path = probeKernelPath(), factors, rows, columns, seen, k, pool } = problem;
  if (path === "scalar") return topForAllScalar(problem);
  const count = columns.length / factors;
  const total = rows.length / factors;
  const width = Math.ceil(factors / LANES) * LANES;
  const layout = createLayout();
  const places = {
    rows: layout.float32(total * width),
    columns: layout.float32(count * width),
    lengths: layout.float32(count),
    ids: layout.int32(count),
    places: layout.int32(count),
    indptr: layout.int32(total + 1),
    indices: layout.int32(seen.indices.length),
    scores: layout.float32(total * k),
    found: layout.int32(total * k),
    marks: layout.int32(count * (pool?.threads ?? 1)),
  };
  const workspace = openWorkspace(topForAllKernel, layout, pool);
  copyRows(rows, factors, workspace.float32(places.rows), width);
  const lengths = lengthsOf(columns, factors);
  const order = Int32Array.from({ length: count }, (_, column) => column).sort(
    (a, b) => lengths[b] - lengths[a] || a - b,
  );
  const y = workspace.float32(places.columns);
  order.forEach((column, place) => {
    y.set(columns.subarray(column * factors, (column + 1) * factors), place * width);
  });
  workspace.float32(places.lengths).set(Float32Array.from(order, (column) => lengths[column]));
  workspace.int32(places.ids).set(order);
  const placeOf = workspace.int32(places.places);
  for (let place = 0; place < count; place++) placeOf[order[place]] = place;
  workspace.int32(places.indptr).set(seen.indptr);
  workspace.int32(places.indices).set(seen.indices);
  const fixed = [
    places.rows.at,
    places.columns.at,
    width * 4,
    count,
    places.lengths.at,
    places.ids.at,
    places.places.at,
  ];
  const results = [places.scores.at, places.found.at, places.marks.at];
  const tasks = evenBlocks(total, BLOCK).map(([from, to]) => [
    ...fixed,
    ...[places.indptr.at, places.indices.at, from, to, k],
    ...results,
  ]);
  await workspace.run("topForAll", tasks);
  workspace.close();
  const scores = workspace.float32(places.scores).slice();
  const best = workspace.int32(places.found).map((row, at) => (scores[at] === Number.NEGATIVE_INFINITY ? -1 : row));
  return { k, rows: new Int32Array(best), scores };
}

/** A hair above the true length, so that rounding never stops a row early: float32 sums of d products are off by less than d units of 6e-8. */
const ROUNDED_UP = 1 + 1e-4;

function lengthsOf(vectors: Float32Array, width: number): Float32Array {
  const lengths = new Float32Array(vectors.length / width);
  for (let row = 0; row < lengths.length; row++) {
    let square = 0;
    for (let at = row * width; at < (row + 1) * width; at++) square += vectors[at] ** 2;
    lengths[row] = Math.sqrt(square) * ROUNDED_UP;
  }
  return lengths;
}
