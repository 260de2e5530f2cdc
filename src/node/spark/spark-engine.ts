/** Spark as the engine of a run: tables are handed over as Parquet in a folder that both see, and answers come back as Arrow. */

import { rmSync } from "node:fs";
import { resolve } from "node:path";
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
import { cannotHandOver, exchangeFile, removeLeft, requireExchange } from "./exchange-folder.ts";
import { letGoOnSignal } from "./let-go-on-signal.ts";
import { missesFiles, missesOneOf, viewMadeBy } from "./what-failed.ts";

export interface SparkOptions {
  /** `sc://host:15002`. */
  readonly url: string;
  /** A folder that this machine writes and the server reads, under one path. */
  readonly exchange: string;
  /** Whether the folder is the project's own, and is made where it is missing. One that somebody named has to be there. */
  readonly isOwn?: boolean;
  readonly sql: Sql;
  /** How long a broken line is waited for. */
  readonly client?: ClientOptions;
}

/** Asks the server at once whether it is there. Throws a `FailureError`. */
export async function openSparkEngine({
  url,
  exchange,
  isOwn = false,
  sql,
  client: patience,
}: SparkOptions): Promise<SqlEngine & { close(): Promise<void> }> {
  const folder = resolve(exchange);
  const address = connectAddress(url);
  if (!isOwn) requireExchange(folder);
  removeLeft(folder);
  const client = await openConnectClient(address, patience);
  const written = new Set<string>();
  const handed: string[] = [];
  const removeWritten = (): void => {
    for (const path of written) rmSync(path, { force: true });
    written.clear();
  };
  process.once("exit", removeWritten);
  let isLeaving = false;
  const leave = async (): Promise<void> => {
    isLeaving = true;
    removeWritten();
    await client.release();
  };
  return {
    name: "Spark",
    dialect: "spark",
    async share(name, table) {
      if (isOwn) makeFolder(folder);
      const path = exchangeFile(folder, name);
      written.add(path);
      try {
        await writeParquet(sql, table, path);
      } catch (error) {
        throw cannotHandOver(folder, error);
      }
      handed.push(`${count(table.rows)} rows of ${name}`);
      return path;
    },
    async answer(statements, query, progress) {
      const asked = { statements, query, handed, folder, isLeaving: () => isLeaving };
      const rows = await letGoOnSignal(answer(client, asked, progress), leave);
      // Its views are of no use to what follows, which may train for hours.
      await client.release();
      return rows;
    },
    async close() {
      process.removeListener("exit", removeWritten);
      removeWritten();
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
  /** Where it was handed over. */
  readonly folder: string;
  /** Whether somebody has stopped the run. */
  isLeaving(): boolean;
}

async function answer(client: ConnectClient, asked: Asked, progress: Progress): Promise<Table> {
  for (let attempt = 1; ; attempt++) {
    const reached: Reached = { stage: "the first statement", rows: 0, jobs: "", made: [] };
    try {
      return await answerOnce(client, asked, progress, reached);
    } catch (error) {
      const isLost =
        error instanceof JobLost || (error instanceof SparkError && missesOneOf(reached.made, error.message));
      if (isLost && attempt < ATTEMPTS && !asked.isLeaving()) {
        progress("Spark lost the job: asking again");
        continue;
      }
      const { stage, rows, jobs } = reached;
      const handed = `it was given ${asked.handed.join(", ") || "no rows"}, and ${count(rows)} rows had come back`;
      // A server that has gone is a failure of its own already; how far it was is known here alone.
      if (error instanceof FailureError)
        throw new FailureError({ ...error.failure, message: `${error.failure.message}; at ${stage}${jobs} ${handed}` });
      if (!(error instanceof SparkError)) throw error;
      throw new FailureError({
        code: "engine-failed",
        message: `Spark gave up at ${stage}${jobs}${isLost ? `, ${ATTEMPTS} times` : ""}: ${handed}: ${error.message.split("\n")[0]}`,
        where: "--engine spark",
        fix: mendOf(error, isLost, asked.folder),
      });
    }
  }
}

function mendOf(error: SparkError, isLost: boolean, folder: string): string {
  if (isLost) return "the server forgot what it was asked: see in its log whether it was restarted, and run again";
  if (missesFiles(error.message, folder))
    return `the server must see the folder ${folder} under that path: name one that both see with \`--exchange\``;
  return "look into the server's log; `heptad sql NOTE --dialect spark` prints what was asked";
}

/** How far an answer came. */
interface Reached {
  stage: string;
  rows: number;
  jobs: string;
  /** Views that the server has said are made. */
  readonly made: string[];
}

async function answerOnce(
  client: ConnectClient,
  { statements, query }: Asked,
  progress: Progress,
  reached: Reached,
): Promise<Table> {
  for (const { sql, says } of statements) {
    reached.stage = says;
    await client.execute(sql);
    const view = viewMadeBy(sql);
    if (view !== undefined) reached.made.push(view);
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
