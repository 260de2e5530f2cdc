/** Parts of a large SQL table, one after the other: what groups or sorts each of them fits into memory where the whole would be written to disk. */

import { numbers } from "../../../core/table.ts";
import type { Sql } from "../../../system/environment.ts";

/** Rows that are sorted or grouped at once: about half a gigabyte. */
const ROWS_AT_ONCE = 10_000_000;

/**
 * Conditions on `time`, in its order, of which each row meets exactly one; one that all meet where the table is small. Rows of one moment stay
 * together, and a table that is sorted by time is read once in all.
 */
export async function timeSlices(sql: Sql, table: string, most = ROWS_AT_ONCE): Promise<readonly string[]> {
  const parts = await partsOf(sql, table, most);
  if (parts === 1) return ["true"];
  const quantiles = Array.from(
    { length: parts - 1 },
    (_, at) => `approx_quantile(time, ${(at + 1) / parts}) AS q${at}`,
  );
  // Every thousandth row tells where to cut: all of them would take as long as a pass.
  const found = await sql.query(
    `SELECT ${quantiles.join(", ")} FROM ${table} WHERE row % ${Math.ceil(most / 10_000)} = 0`,
  );
  const all = quantiles.map((_, at) => numbers(found, `q${at}`)[0]);
  const bounds = [...new Set(all)].filter(Number.isFinite).sort((a, b) => a - b);
  const least = (at: number): string => `time >= CAST('${bounds[at]}' AS DOUBLE)`;
  const below = (at: number): string => `time < CAST('${bounds[at]}' AS DOUBLE)`;
  if (bounds.length === 0) return ["true"];
  return [
    below(0),
    ...bounds.slice(1).map((_, at) => `${least(at)} AND ${below(at + 1)}`),
    `(${least(bounds.length - 1)} OR time IS NULL)`,
  ];
}

/** Conditions of which each row meets exactly one, equal `keys` the same. */
export async function keySlices(
  sql: Sql,
  table: string,
  keys: string,
  most = ROWS_AT_ONCE,
): Promise<readonly string[]> {
  const parts = await partsOf(sql, table, most);
  if (parts === 1) return ["true"];
  return Array.from({ length: parts }, (_, at) => `hash(${keys}) % ${parts} = ${at}`);
}

async function partsOf(sql: Sql, table: string, most: number): Promise<number> {
  const found = await sql.query(`SELECT count(*) AS count FROM ${table}`);
  return Math.max(1, Math.ceil(numbers(found, "count")[0] / most));
}
