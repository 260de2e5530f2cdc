/** What a run may touch of this machine: database, files, threads, pictures, its clock and its memory. */

import { createHash } from "node:crypto";
import type { Environment, Progress, Sql, SqlEngine } from "../system/environment.ts";
import type { Machine } from "../system/need.ts";
import type { Duckdb } from "./duckdb.ts";
import { createInputFiles } from "./input-files.ts";
import { createKernelPool, defaultThreads, type NodeKernelPool } from "./kernel-pool.ts";
import { readMachine } from "./machine.ts";
import { createOnnxRuntime } from "./onnx-runtime.ts";
import { createPictureReader } from "./pictures.ts";
import { createScratch } from "./scratch-files.ts";

/** What a run may touch: database and threads are opened when they are first asked for. */
export async function openEnvironment(
  { progress, threads }: { readonly progress?: Progress; readonly threads?: number },
  openEngine?: (sql: Sql) => Promise<SqlEngine & { close(): Promise<void> }>,
): Promise<{ environment: Environment; close: () => Promise<void> }> {
  // A run whose results are all known needs neither a database nor threads, and should not wait for them.
  let database: Promise<Duckdb> | undefined;
  let workers: NodeKernelPool | undefined;
  const sql = (): Promise<Duckdb> => {
    database ??= openDatabase();
    return database;
  };
  const machine = readMachine(threads);
  // Its library, too, takes a good part of the time in which a run whose results are known ends.
  const openDatabase = async (): Promise<Duckdb> => {
    const { openDuckdb } = await import("./duckdb.ts");
    return openDuckdb({ threads: threads ?? defaultThreads(), memoryLimit: sqlMemory(machine) });
  };
  const lazy: Sql = {
    query: async (text, parameters, options) => (await sql()).query(text, parameters, options),
    register: async (name, table) => (await sql()).register(name, table),
    release: async () => (await database)?.release?.(),
  };
  const engine = await openEngine?.(lazy);
  const environment: Environment = {
    sql: lazy,
    ...(engine === undefined ? {} : { engine }),
    files: createInputFiles(),
    scratch: createScratch(),
    get pool() {
      workers ??= createKernelPool(threads);
      return workers;
    },
    pictures: createPictureReader(),
    onnx: createOnnxRuntime(),
    progress: progress ?? (() => undefined),
    stopwatch: { now: () => performance.now() / 1000, worked: processorSeconds },
    machine,
    digest: async (text) => createHash("sha256").update(text).digest("hex"),
    peakMemory: () => process.resourceUsage().maxRSS * 1024,
  };
  return {
    environment,
    close: async () => {
      await engine?.close();
      (await database)?.close();
      await workers?.close();
    },
  };
}

/** An eighth for queries, which write to disk what is more, and 1 GB at least: columns and models are held beside them. */
function sqlMemory({ memory }: Machine): string {
  return `${Math.max(1, Math.floor(memory / 8e9))}GB`;
}

/** Of all threads of this process, in the kernel too. */
export function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}
