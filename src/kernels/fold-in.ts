/** Folds a history into item factors that are fixed: what implicit ALS knows of a unit, a request after another. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { solveRow } from "./fold-in.scalar.ts";
import { foldInKernel } from "./generated/fold-in.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { openWorkspace } from "./workspace.ts";

export interface FoldInProblem {
  /** Rows of `factors` numbers. */
  readonly items: Float32Array;
  readonly factors: number;
  /** The confidence of an item that the history does not hold. */
  readonly unobserved: number;
  /** Steps of conjugate gradients from 0. */
  readonly steps: number;
}

export interface FoldIn {
  readonly path: KernelPath;
  /** A fresh vector x: (diag(diagonal) + sum of (c - unobserved) y y') x = sum of c y over the rows y that `rows` names, with confidences c. */
  fold(rows: Int32Array, confidences: Float32Array, diagonal: Float64Array): Float32Array;
}

/** Factors are padded with zeros to whole pairs of pairs. */
const LANES = 4;
/** Entries that the kernel has room for at first. */
const USUAL_ENTRIES = 256;

/** Nothing of the items is copied but the rows of a history. Both paths give the same bits. */
export function createFoldIn(problem: FoldInProblem, path: KernelPath = probeKernelPath()): FoldIn {
  const { items, factors, unobserved, steps } = problem;
  if (path === "scalar" || factors === 0)
    return {
      path: "scalar",
      fold(rows, confidences, diagonal) {
        const unit = new Float64Array(factors);
        solveRow(rows, confidences, items, diagonal, unobserved, steps, unit);
        return Float32Array.from(unit);
      },
    };
  const width = Math.ceil(factors / LANES) * LANES;
  let room = openRoom(width, USUAL_ENTRIES);
  return {
    path,
    fold(rows, confidences, diagonal) {
      const count = rows.length;
      if (count > room.entries) room = openRoom(width, Math.max(count, 2 * room.entries));
      const { at, rowList, call } = room;
      for (let entry = 0, to = 0; entry < count; entry++, to += width) {
        for (let d = 0, from = rows[entry] * factors; d < factors; d++, from++) rowList[to + d] = items[from];
      }
      room.confidences.set(confidences);
      room.diagonal.set(diagonal);
      call(at.rows, width, at.confidences, count, at.diagonal, unobserved, steps, at.x, at.scratch);
      const unit = new Float32Array(factors);
      for (let d = 0; d < factors; d++) unit[d] = room.x[d];
      return unit;
    },
  };
}

function openRoom(width: number, entries: number) {
  const layout = createLayout();
  const rows = layout.float32(entries * width);
  const confidences = layout.float32(entries);
  const diagonal = layout.float64(width);
  const x = layout.float64(width);
  const scratch = layout.float64(3 * width);
  const workspace = openWorkspace(foldInKernel, layout);
  return {
    entries,
    rowList: workspace.float32(rows),
    confidences: workspace.float32(confidences),
    // What pads a factor is divided by.
    diagonal: workspace.float64(diagonal).fill(1),
    x: workspace.float64(x),
    call: workspace.function("foldIn"),
    at: { rows: rows.at, confidences: confidences.at, diagonal: diagonal.at, x: x.at, scratch: scratch.at },
  };
}
