/** Spark as the engine of a run: tables are handed over as Parquet in a folder that both see, and answers come back as Arrow. */

import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import type { Table } from "../../core/table.ts";
import type { EngineStatement, Sql, SqlEngine } from "../../system/environment.ts";
import { makeFolder } from "../make-folder.ts";
import { writeParquet } from "../sql/write-parquet.ts";
import { columnsFromArrow } from "./arrow-columns.ts";
import { connectAddress } from "./connect-address.ts";
import { type ConnectClient, openConnectClient, SparkError } from "./connect-client.ts";

export interface SparkOptions {
  /** `sc://host:15002`. */
  readonly url: string;
  /** A folder that this machine writes and the server reads, under one path. */
  readonly exchange: string;
  readonly sql: Sql;
}

/** Asks the server at once whether it is there. Throws a `FailureError`. */
export async function openSparkEngine({
  url,
  exchange,
  sql,
}: SparkOptions): Promise<SqlEngine & { close(): Promise<void> }> {
  const client = await openConnectClient(connectAddress(url));
  const written: string[] = [];
  return {
    name: "Spark",
    dialect: "spark",
    async share(name, table) {
      const folder = resolve(exchange);
      makeFolder(folder);
      const path = join(folder, `${name}-${process.pid}.parquet`);
      await writeParquet(sql, table, path);
      written.push(path);
      return path;
    },
    answer: (statements, query, progress) => answer(client, statements, query, progress, exchange),
    async close() {
      for (const path of written) rmSync(path, { force: true });
      await client.close();
    },
  };
}

async function answer(
  client: ConnectClient,
  statements: readonly EngineStatement[],
  query: string,
  progress: (message: string, done?: number, total?: number) => void,
  exchange: string,
): Promise<Table> {
  let stage = "the first statement";
  let rows = 0;
  try {
    for (const { sql, says } of statements) {
      stage = says;
      await client.execute(sql);
    }
    stage = "the rows of the answer";
    const pieces: Uint8Array[] = [];
    let bytes = 0;
    for await (const piece of client.query(query, ({ done, total }) => progress("Spark, tasks", done, total))) {
      pieces.push(piece);
      bytes += piece.length;
      rows = pieces.length;
      progress(`Spark, ${Math.round(bytes / 1e6)} MB of rows`);
    }
    return columnsFromArrow(pieces);
  } catch (error) {
    if (!(error instanceof SparkError)) throw error;
    throw new FailureError({
      code: "engine-failed",
      message: `Spark gave up at ${stage}, after ${rows} pieces of the answer: ${error.message.split("\n")[0]}`,
      where: "--engine spark",
      fix: /PATH_NOT_FOUND|[Nn]o such file|not found|does not exist|UNABLE_TO_INFER_SCHEMA/u.test(error.message)
        ? `the server must see the folder ${resolve(exchange)} under that path: name one that both see with \`--exchange\``
        : "look into the server's log; `heptad sql NOTE --dialect spark` prints what was asked",
    });
  }
}
