/** A few rows in the form of each protocol's files, under the names that a table gives them. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { openDuckdb } from "../src/node/duckdb.ts";
import type { PublishedTable } from "../src/node/reproduce/table.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export type TableFiles = Readonly<Record<string, string | Uint8Array>>;

/** IDX of this many items of these sizes, all values 1 or those given. */
export function idx(
  [count, ...sizes]: readonly number[],
  values = new Uint8Array([count, ...sizes].reduce((a, b) => a * b, 1)).fill(1),
): Uint8Array {
  const all = [count, ...sizes];
  const header = new DataView(new ArrayBuffer(4 + 4 * all.length));
  header.setUint8(2, 8);
  header.setUint8(3, all.length);
  for (const [at, size] of all.entries()) header.setUint32(4 + 4 * at, size);
  return gzipSync(new Uint8Array([...new Uint8Array(header.buffer), ...values]));
}

export const LOG = "timestamp,item_id,position,click,propensity_score\nt,0,1,1,0.5\nt,1,1,0,0.5";

/** Of each protocol that reads no Parquet. */
export const CUT: Readonly<Record<string, TableFiles>> = {
  "given-split": { train: "0 1 2 3\n1 2 3 4", test: "0 5\n1 5" },
  "graded-documents": { train: "0 1:0\n1 1:1", "train-sizes": "2", test: "0 1:0\n1 1:1", "test-sizes": "2" },
  "labelled-photos": {
    "train-images": idx([12, 4, 4]),
    "train-labels": idx([12]),
    "test-images": idx([4, 4, 4]),
    "test-labels": idx([4]),
  },
  "next-item": { lists: "1 1 2 3 4\n2 2 3 4 5" },
  "other-log": { "men-own": LOG, "men-other": LOG, "women-own": LOG, "women-other": LOG },
  "random-quarter": {
    ratings: Array.from(
      { length: 40 },
      (_, at) => `${1 + (at % 4)}\t${1 + Math.floor(at / 4)}\t3\t${900000000 + at}`,
    ).join("\n"),
    titles: Array.from(
      { length: 10 },
      (_, at) => `${at + 1}|Film ${at} (1995)|01-Jan-1995||u|${Array(19).fill(0).join("|")}`,
    ).join("\n"),
    people: Array.from({ length: 4 }, (_, at) => `${at + 1}|30|M|other|12345`).join("\n"),
  },
};

/** A folder with these files where the table looks for them. */
export function writeTable({ data }: PublishedTable, files: TableFiles): string {
  const folder = temporaryFolder();
  for (const [key, text] of Object.entries(files)) {
    const path = join(folder, data[key]);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return folder;
}

/** Writes 500 payments; `amount` is an expression of the row's number `i`. */
export async function writePayments(path: string, amount = "10.0 + i"): Promise<void> {
  const sql = await openDuckdb();
  await sql.query(
    `COPY (SELECT i AS TRANSACTION_ID, TIMESTAMP '2018-06-01' + to_hours(5 * i) AS TX_DATETIME, i % 5 AS CUSTOMER_ID, i % 3 AS TERMINAL_ID,
       ${amount} AS TX_AMOUNT, (i % 7 = 0)::INTEGER AS TX_FRAUD FROM range(500) t(i)) TO '${path}' (FORMAT parquet)`,
  );
  sql.close();
}
