/** Maximum inner product search over rows quantized to 8 bits: a quarter of the bytes, so about four times the speed. */

import { type KernelPath, probeKernelPath } from "./feature-probe.ts";
import { int8ScanKernel } from "./generated/int8-scan.wasm.gen.ts";
import { type Int8Rows, type Int16Queries, scanInt8Scalar } from "./int8-scan.scalar.ts";
import { createLayout } from "./layout.ts";
import { createTopLists, type TopLists } from "./top-list.ts";
import { openWorkspace } from "./workspace.ts";

export interface Int8Scan {
  readonly path: KernelPath;
  /** The k best rows for each query, by the quantized rows' inner products. k is at most `mostResults`. */
  search(queries: Float32Array, k: number): TopLists;
}

export interface Int8ScanOptions {
  /** The largest k that will be asked for. Default 1,000. */
  readonly mostResults?: number;
  readonly path?: KernelPath;
}

const BATCH = 8;
/** Eight 16-bit lanes of a query meet eight 8-bit numbers of a row; rows are taken four at a time. */
const LANES = 8;
const ROWS = 4;

/** Copies the rows into the scan's own memory. */
export function createInt8Scan(
  rows: Int8Rows,
  { mostResults = 1000, path = probeKernelPath() }: Int8ScanOptions = {},
): Int8Scan {
  const { dimensions, values, scales } = rows;
  const count = scales.length;
  if (values.length !== count * dimensions) {
    throw new RangeError(`${values.length} numbers and ${count} scales are no rows of ${dimensions}`);
  }
  const largest = largestQueryValue(dimensions);
  const width = Math.ceil(dimensions / LANES) * LANES;
  const padded = Math.ceil(count / ROWS) * ROWS;
  const search = path === "scalar" ? scanInt8Scalar : openSimd(rows, width, padded, mostResults);
  return {
    path,
    search(queries, k) {
      const total = queries.length / dimensions;
      if (!Number.isInteger(total))
        throw new RangeError(`${queries.length} numbers are no whole queries of ${dimensions}`);
      if (!Number.isInteger(k) || k < 1 || k > mostResults) {
        throw new RangeError(`k is ${k}; this scan was made for 1 to ${mostResults}`);
      }
      const lists = createTopLists(total, k);
      if (count > 0) search(rows, quantizeQueries(queries, dimensions, largest), lists);
      return lists;
    },
  };
}

/** Sums of `dimensions` products with 8-bit numbers must fit 32 bits, and the value itself 16. */
function largestQueryValue(dimensions: number): number {
  return Math.min(32_767, Math.floor((2 ** 31 - 1) / (127 * dimensions)));
}

function quantizeQueries(queries: Float32Array, dimensions: number, largest: number): Int16Queries {
  const values = new Int16Array(queries.length);
  const scales = new Float32Array(queries.length / dimensions);
  for (let query = 0; query < scales.length; query++) {
    const own = queries.subarray(query * dimensions, (query + 1) * dimensions);
    const size = own.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    scales[query] = size === 0 ? 1 : size / largest;
    for (let d = 0; d < dimensions; d++) {
      values[query * dimensions + d] = Math.max(-largest, Math.min(largest, Math.round(own[d] / scales[query])));
    }
  }
  return { values, scales };
}

function openSimd({ values, scales, dimensions }: Int8Rows, width: number, padded: number, mostResults: number) {
  const count = scales.length;
  const layout = createLayout();
  const places = {
    base: layout.int8(padded * width),
    scales: layout.float32(padded),
    queries: layout.int16(BATCH * width),
    scores: layout.float32(BATCH * mostResults),
    rows: layout.int32(BATCH * mostResults),
  };
  const workspace = openWorkspace(int8ScanKernel, layout);
  const base = workspace.int8(places.base);
  for (let row = 0; row < count; row++)
    base.set(values.subarray(row * dimensions, (row + 1) * dimensions), row * width);
  workspace.float32(places.scales).set(scales);
  const query = workspace.int16(places.queries);
  const scores = workspace.float32(places.scores);
  const found = workspace.int32(places.rows);
  return (_: Int8Rows, asked: Int16Queries, lists: TopLists): void => {
    const k = Math.min(lists.k, count);
    for (let first = 0; first < asked.scales.length; first += BATCH) {
      const some = Math.min(BATCH, asked.scales.length - first);
      for (let one = 0; one < some; one++) {
        const from = (first + one) * dimensions;
        query.set(asked.values.subarray(from, from + dimensions), one * width);
      }
      const at = [places.queries.at, some, k, places.scores.at, places.rows.at];
      workspace.call("scan", places.base.at, width, places.scales.at, padded, count, ...at);
      for (let one = 0; one < some; one++) {
        const scale = asked.scales[first + one];
        lists.rows.set(found.subarray(one * k, (one + 1) * k), (first + one) * lists.k);
        lists.scores.set(
          scores.subarray(one * k, (one + 1) * k).map((score) => score * scale),
          (first + one) * lists.k,
        );
      }
    }
  };
}
