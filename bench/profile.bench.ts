/** Looking at ten million rows of five columns without a mapping, from Parquet and from CSV. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { profileFiles } from "../src/steps/3-data/profile/files-profile.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const ROWS = 10_000_000;
const TARGETS = { parquet: "<= 4", csv: "<= 12" } as const;

export const benchmark: Benchmark = {
  name: "profile",
  about:
    "profile of 10M rows x 5 columns from Parquet and CSV, two threads; wall and CPU seconds, beside DuckDB's SUMMARIZE of the same file",
  async *cases() {
    const folder = mkdtempSync(join(tmpdir(), "heptad-profile-"));
    const sql = await openDuckdb({ threads: 2 });
    const environment = { sql, files: createInputFiles() };
    const path = (format: string): string => join(folder, `events.${format}`);
    try {
      await sql.query(
        `COPY (SELECT CAST(hash(i) % 200000 AS INTEGER) AS user_id, CAST(hash(i + 7) % 50000 AS INTEGER) AS item_id,
           CASE hash(i + 3) % 10 WHEN 0 THEN 'buy' WHEN 1 THEN 'cart' ELSE 'view' END AS event,
           round((hash(i + 5) % 10000) / 100.0, 2) AS price, 1600000000 + i * 2 AS ts FROM range(${ROWS}) t(i)) TO '${path("parquet")}' (FORMAT parquet)`,
      );
      await sql.query(`COPY (SELECT * FROM '${path("parquet")}') TO '${path("csv")}' (HEADER)`);
      for (const format of ["parquet", "csv"] as const) {
        const look = () => profileFiles(environment, [path(format)]);
        const peer = () => sql.query(`SUMMARIZE SELECT * FROM '${path(format)}'`);
        const common = { unit: "s", runs: 3, peerName: "DuckDB's SUMMARIZE" };
        yield {
          case: `${format}, wall`,
          ...common,
          target: `ours ${TARGETS[format]} s`,
          ours: () => timed(look),
          peer: () => timed(peer),
        };
        yield { case: `${format}, CPU`, ...common, ours: () => cpuOf(look), peer: () => cpuOf(peer) };
      }
    } finally {
      sql.close();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

/** CPU seconds of all threads: what a loaded machine does not change. */
async function cpuOf(work: () => Promise<unknown>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
