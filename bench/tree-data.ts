/** Made-up rows for the tree benchmarks, written once to the work folder for both sides to read. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { createTable, type Table } from "../src/core/table.ts";

/** Columns of float32, one after the other in the file, the label last. */
export interface TreeData {
  readonly file: string;
  readonly features: number;
  readonly rows: number;
  /** The feature columns of rows [from, to). */
  table(from: number, to: number): Table;
  labels(from: number, to: number): Float64Array;
}

/** Gaussian features; the log-odds are sines of single features and products of pairs, so that no tree is ever done. */
export function classificationData(folder: string, rows: number, features: number): TreeData {
  return load(folder, `trees-${rows}-${features}`, rows, features, (columns, label) => {
    const random = createRandom(5);
    for (const column of columns) for (let row = 0; row < rows; row++) column[row] = random.normal();
    for (let row = 0; row < rows; row++) {
      let odds = 0;
      for (let f = 0; f < features; f++) {
        const x = columns[f][row];
        odds += 0.3 * Math.sin(((f % 5) + 1) * 0.5 * x + f) + 0.22 * x * columns[(7 * f + 3) % features][row];
      }
      label[row] = random.uniform() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
    }
  });
}

/** Queries of `perQuery` rows with grades 0 to 4: relevance is partly noise, so that the best order is never certain. */
export function rankingData(folder: string, queries: number, perQuery: number, features: number): TreeData {
  const rows = queries * perQuery;
  return load(folder, `ranking-${queries}-${perQuery}-${features}`, rows, features, (columns, label) => {
    const random = createRandom(6);
    for (const column of columns) for (let row = 0; row < rows; row++) column[row] = random.normal();
    for (let row = 0; row < rows; row++) {
      let relevance = 1.2 * random.normal();
      for (let f = 0; f < features; f++) {
        relevance +=
          0.5 * Math.tanh(columns[f][row]) * (f % 3) + 0.4 * columns[f][row] * columns[(f + 1) % features][row];
      }
      label[row] = Math.max(0, Math.min(4, Math.floor(relevance / 1.5)));
    }
  });
}

function load(
  folder: string,
  name: string,
  rows: number,
  features: number,
  fill: (columns: readonly Float32Array[], label: Float32Array) => void,
): TreeData {
  const file = join(folder, `${name}.f32`);
  if (!existsSync(file)) {
    const made = new Float32Array(rows * (features + 1));
    const columns = Array.from({ length: features + 1 }, (_, f) => made.subarray(f * rows, (f + 1) * rows));
    fill(columns.slice(0, features), columns[features]);
    writeFileSync(file, new Uint8Array(made.buffer));
  }
  const bytes = readFileSync(file);
  const all = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const slice = (f: number, from: number, to: number) => all.subarray(f * rows + from, f * rows + to);
  return {
    file,
    features,
    rows,
    table: (from, to) =>
      createTable(Object.fromEntries(Array.from({ length: features }, (_, f) => [`f${f}`, slice(f, from, to)]))),
    labels: (from, to) => Float64Array.from(slice(features, from, to)),
  };
}
