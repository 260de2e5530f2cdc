/** The k best-scored items of a catalogue, for a request after another: what `topK` gives, sooner. */

import { topK } from "../core/top-k.ts";
import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { topOfRowKernel } from "./generated/top-of-row.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { openWorkspace } from "./workspace.ts";

export interface TopOfRow {
  readonly path: KernelPath;
  /**
   * The largest of `scores`, best first, and ties in the order of the items. What `skip` names is left out, and so is every score that is
   * -Infinity or NaN.
   */
  best(scores: Float32Array, skip: ArrayLike<number>): Int32Array;
}

/** Scores are taken in whole vectors. */
const LANES = 4;
/** While the best are put in order they lie twice, as two numbers each. */
const FOUND = 4;

/** For rows of `items` scores, of which the best `k` are asked for. Both paths give the same lists. */
export function createTopOfRow(items: number, k: number, path: KernelPath = probeKernelPath()): TopOfRow {
  const check = (scores: Float32Array): Float32Array => {
    if (scores.length === items) return scores;
    throw new RangeError(`${scores.length} scores were given for ${items} items`);
  };
  const most = Math.max(0, Math.min(k, items));
  if (path === "scalar") return { path, best: (scores, skip) => topK(check(scores), most, skip) };
  const count = Math.ceil(items / LANES) * LANES;
  const layout = createLayout();
  const places = {
    scores: layout.float32(count),
    keys: layout.int32(count),
    found: layout.int32(FOUND * most),
    out: layout.int32(most),
  };
  const workspace = openWorkspace(topOfRowKernel, layout);
  // What fills the last vector is no item.
  const row = workspace.float32(places.scores).fill(Number.NEGATIVE_INFINITY);
  const out = workspace.int32(places.out);
  const topOfRow = workspace.function("topOfRow");
  return {
    path,
    best(scores, skip) {
      row.set(check(scores));
      for (let at = 0; at < skip.length; at++) row[skip[at]] = Number.NEGATIVE_INFINITY;
      return out.slice(0, topOfRow(places.scores.at, count, most, places.keys.at, places.found.at, places.out.at));
    },
  };
}
