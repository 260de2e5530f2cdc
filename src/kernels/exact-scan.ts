/** Exact maximum inner product search over float32 vectors: every row is scored, the k best are kept. */

import { scanScalar } from "./exact-scan.scalar.ts";
import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { exactScanKernel } from "./generated/exact-scan.wasm.gen.ts";
import { createLayout } from "./layout.ts";
import { createTopLists, type TopLists } from "./top-list.ts";
import { openWorkspace } from "./workspace.ts";

export interface ExactScan {
  readonly path: KernelPath;
  /** The k best rows for each query (queries lie one after the other). k is at most `mostResults`. */
  search(queries: Float32Array, k: number): TopLists;
}

export interface ExactScanOptions {
  /** The largest k that will be asked for. Default 1,000. */
  readonly mostResults?: number;
  readonly path?: KernelPath;
}

/** Queries that share one pass over the rows: beyond this many, their lists leave the first-level cache. */
const BATCH = 8;
/** Rows are padded with zeros to whole vectors of four floats. */
const LANES = 4;

/** Copies the rows (`vectors.length / dimensions` of them) into the scan's own memory. */
export function createExactScan(vectors: Float32Array, dimensions: number, options: ExactScanOptions = {}): ExactScan {
  const { mostResults = 1000, path = probeKernelPath() } = options;
  const count = vectors.length / dimensions;
  if (!Number.isInteger(count)) throw new RangeError(`${vectors.length} numbers are no whole rows of ${dimensions}`);
  const check = (queries: Float32Array, k: number) => checkSearch(queries, dimensions, k, mostResults);
  if (path === "scalar") {
    return { path, search: (queries, k) => scanScalar(vectors, dimensions, queries, check(queries, k)) };
  }
  const padded = Math.ceil(dimensions / LANES) * LANES;
  const layout = createLayout();
  const places = {
    base: layout.float32(count * padded),
    queries: layout.float32(BATCH * padded),
    scores: layout.float32(BATCH * mostResults),
    rows: layout.int32(BATCH * mostResults),
  };
  const workspace = openWorkspace(exactScanKernel, layout);
  const query = workspace.float32(places.queries);
  const scores = workspace.float32(places.scores);
  const rows = workspace.int32(places.rows);
  copyRows(vectors, dimensions, workspace.float32(places.base), padded);
  const { base } = places;
  return {
    path,
    search(queries, asked) {
      check(queries, asked);
      const k = Math.min(asked, count);
      const total = queries.length / dimensions;
      const lists = createTopLists(total, asked);
      if (k === 0) return lists;
      for (let first = 0; first < total; first += BATCH) {
        const some = Math.min(BATCH, total - first);
        copyRows(queries.subarray(first * dimensions, (first + some) * dimensions), dimensions, query, padded);
        const at = [places.queries.at, some, k, places.scores.at, places.rows.at, 0];
        workspace.call("scan", base.at, padded * 4, 0, count, ...at);
        for (let one = 0; one < some; one++) {
          lists.rows.set(rows.subarray(one * k, (one + 1) * k), (first + one) * asked);
          lists.scores.set(scores.subarray(one * k, (one + 1) * k), (first + one) * asked);
        }
      }
      return lists;
    },
  };
}

/** Copies rows of `width` numbers into rows of `padded`; the padding stays as it is (zero). */
export function copyRows(from: Float32Array, width: number, to: Float32Array, padded: number): void {
  if (width === padded) {
    to.set(from);
    return;
  }
  for (let at = 0, row = 0; at < from.length; at += width, row++) to.set(from.subarray(at, at + width), row * padded);
}

function checkSearch(queries: Float32Array, dimensions: number, k: number, mostResults: number): number {
  if (queries.length % dimensions !== 0) {
    throw new RangeError(`${queries.length} numbers are no whole queries of ${dimensions}`);
  }
  if (!Number.isInteger(k) || k < 1 || k > mostResults) {
    throw new RangeError(`k is ${k}; this scan was made for 1 to ${mostResults}`);
  }
  return k;
}
