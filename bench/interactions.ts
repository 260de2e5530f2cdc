/** A large made-up set of interactions with tastes in it, written once to the work folder for both sides to read. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createRandom } from "../src/core/random.ts";
import { type SparseMatrix, sparseFromEntries } from "../src/core/sparse-matrix.ts";

const GROUPS = 50;

/**
 * Members x titles from `draws` draws, fewer entries than that since some fall on one place. Activity is lognormal; within a group of titles and overall, popularity
 * falls as 1 / (rank + 20)^0.9; two entries in three come from the member's two groups. Values are confidences 1 + 2 * strength.
 */
export function largeInteractions(
  folder: string,
  members: number,
  titles: number,
  draws: number,
): { readonly matrix: SparseMatrix; readonly file: string } {
  const file = join(folder, `interactions-${members}-${titles}-${draws}`);
  if (!existsSync(`${file}.values`)) writeMatrix(file, generate(members, titles, draws));
  const read = (part: string) => {
    const bytes = readFileSync(`${file}.${part}`);
    return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
  };
  const indptr = new Int32Array(read("indptr"));
  const indices = new Int32Array(read("indices"));
  return {
    file,
    matrix: { rows: members, columns: titles, indptr, indices, values: new Float32Array(read("values")) },
  };
}

/** Writes a matrix as three raw arrays, for a peer to read. */
export function writeMatrix(name: string, matrix: SparseMatrix): void {
  writeFileSync(`${name}.indptr`, new Uint8Array(matrix.indptr.buffer));
  writeFileSync(`${name}.indices`, new Uint8Array(matrix.indices.buffer));
  writeFileSync(`${name}.values`, new Uint8Array(matrix.values.buffer));
}

function generate(members: number, titles: number, entries: number): SparseMatrix {
  const random = createRandom(7);
  const cumulative = new Float64Array(titles);
  let total = 0;
  for (let rank = 0; rank < titles; rank++) {
    total += (rank + 20) ** -0.9;
    cumulative[rank] = total;
  }
  const popular = () => lowerBound(cumulative, random.uniform() * total);
  const title = random.shuffle(Int32Array.from({ length: titles }, (_, i) => i));
  const rows = new Int32Array(entries);
  const columns = new Int32Array(entries);
  const values = new Float32Array(entries);
  let at = 0;
  const mean = entries / members;
  for (let member = 0; member < members && at < entries; member++) {
    const groups = [random.below(GROUPS), random.below(GROUPS)];
    const rest = (entries - at) / (members - member) / mean;
    const activity = Math.max(5, Math.round(rest * mean * Math.exp(0.9 * random.normal() - 0.405)));
    for (let i = 0; i < activity && at < entries; i++) {
      let rank = popular();
      if (random.uniform() < 2 / 3) rank = Math.min(titles - 1, rank - (rank % GROUPS) + groups[random.below(2)]);
      rows[at] = member;
      columns[at] = title[rank];
      values[at++] = 1 + 2 * (1 + random.below(3));
    }
  }
  const summed = sparseFromEntries(
    members,
    titles,
    rows.subarray(0, at),
    columns.subarray(0, at),
    values.subarray(0, at),
  );
  return { ...summed, values: summed.values.map((value) => Math.min(value, 21)) };
}

function lowerBound(sorted: Float64Array, value: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
