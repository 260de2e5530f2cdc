/** Spark as the engine of a run: tables are handed over as Parquet in a folder that both see, and answers come back as Arrow. */

import { rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import type { Table } from "../../core/table.ts";
import type { EngineStatement, Progress, Sql, SqlEngine } from "../../system/environment.ts";
import { makeFolder } from "../make-folder.ts";
import { writeParquet } from "../sql/write-parquet.ts";
import { columnsFromArrow } from "./arrow-columns.ts";
import { connectAddress } from "./connect-address.ts";
import {
  type ClientOptions,
  type ConnectClient,
  JobLost,
  type JobProgress,
  openConnectClient,
  SparkError,
} from "./connect-client.ts";

export interface SparkOptions {
  /** `sc://host:15002`. */
  readonly url: string;
  /** A folder that this machine writes and the server reads, under one path. */
  readonly exchange: string;
  readonly sql: Sql;
  /** How long a broken line is waited for. */
  readonly client?: ClientOptions;
}

/** Asks the server at once whether it is there. Throws a `FailureError`. */
export async function openSparkEngine({
  url,
  exchange,
  sql,
  client: patience,
}: SparkOptions): Promise<SqlEngine & { close(): Promise<void> }> {
  const client = await openConnectClient(connectAddress(url), patience);
  const written: string[] = [];
  const handed: string[] = [];
  return {
    name: "Spark",
    dialect: "spark",
    async share(name, table) {
      const folder = resolve(exchange);
      makeFolder(folder);
      const path = join(folder, `${name}-${process.pid}.parquet`);
      await writeParquet(sql, table, path);
      written.push(path);
      handed.push(`${count(table.rows)} rows of ${name}`);
      return path;
    },
    answer: (statements, query, progress) => answer(client, { statements, query, handed }, progress, exchange),
    async close() {
      for (const path of written) rmSync(path, { force: true });
      await client.close();
    },
  };
}

/** Times that a whole answer is asked for, where the server has lost the job or its session on the way. */
const ATTEMPTS = 3;

interface Asked {
  readonly statements: readonly EngineStatement[];
  readonly query: string;
  /** What was handed over before, for whoever has to find out what went wrong. */
  readonly handed: readonly string[];
}

async function answer(client: ConnectClient, asked: Asked, progress: Progress, exchange: string): Promise<Table> {
  for (let attempt = 1; ; attempt++) {
    const reached = { stage: "the first statement", rows: 0, jobs: "" };
    try {
      return await answerOnce(client, asked, progress, reached);
    } catch (error) {
      if (error instanceof JobLost && attempt < ATTEMPTS) {
        progress("Spark lost the job: asking again");
        continue;
      }
      const { stage, rows, jobs } = reached;
      const handed = `it was given ${asked.handed.join(", ") || "no rows"}, and ${count(rows)} rows had come back`;
      // A server that has gone is a failure of its own already; how far it was is known here alone.
      if (error instanceof FailureError)
        throw new FailureError({ ...error.failure, message: `${error.failure.message}; at ${stage}${jobs} ${handed}` });
      if (!(error instanceof SparkError)) throw error;
      const lost = error instanceof JobLost ? `, ${ATTEMPTS} times` : "";
      throw new FailureError({
        code: "engine-failed",
        message: `Spark gave up at ${stage}${jobs}${lost}: ${handed}: ${error.message.split("\n")[0]}`,
        where: "--engine spark",
        fix: /PATH_NOT_FOUND|[Nn]o such file|not found|does not exist|UNABLE_TO_INFER_SCHEMA/u.test(error.message)
          ? `the server must see the folder ${resolve(exchange)} under that path: name one that both see with \`--exchange\``
          : "look into the server's log; `heptad sql NOTE --dialect spark` prints what was asked",
      });
    }
  }
}

async function answerOnce(
  client: ConnectClient,
  { statements, query }: Asked,
  progress: Progress,
  reached: { stage: string; rows: number; jobs: string },
): Promise<Table> {
  for (const { sql, says } of statements) {
    reached.stage = says;
    await client.execute(sql);
  }
  reached.stage = "the rows of the answer";
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  const onProgress = ({ done, total, stages }: JobProgress): void => {
    reached.jobs = `, ${stages[0]} of ${stages[1]} stages and ${count(done)} of ${count(total)} tasks done`;
    progress("Spark, tasks", done, total);
  };
  for await (const { data, rows } of client.query(query, onProgress)) {
    pieces.push(data);
    bytes += data.length;
    reached.rows += rows;
    progress(`Spark, ${Math.round(bytes / 1e6)} MB of rows`);
  }
  return columnsFromArrow(pieces);
}

function count(rows: number): string {
  return rows.toLocaleString("en-US");
}
