/** How many rows of a table have been seen before in every cell. */

import { numbers } from "../../../core/table.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";

/** All rows are compared up to this many; a share of them beyond. */
export const COUNTED_EXACTLY = 3_000_000;

/** Beyond `exactly` rows by those whose hash falls in a share of all: the same rows fall together, so that where none repeats the answer is 0. */
export async function countRepeated(
  environment: SourceEnvironment,
  table: SourceTable,
  rows: number,
  exactly = COUNTED_EXACTLY,
): Promise<number> {
  const cells = table.columns.map((_, at) => `c${at}`).join(", ");
  const share = Math.max(1, Math.ceil(rows / exactly));
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) - count(DISTINCT h) AS repeated FROM (SELECT hash(${cells}) AS h FROM ${table.from}) WHERE h % ${share} = 0`,
  );
  return numbers(found, "repeated")[0] * share;
}
