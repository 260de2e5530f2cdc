/** Ends this process when the one that started it is gone, also while it trains and hears nothing. */

import { Worker } from "node:worker_threads";
import type { Watch } from "./parent-watch.ts";
import { programBeside } from "./program-beside.ts";

/** Called before the work. `graceMs` is the time that is left to end in order; a thread of its own counts it, and keeps nothing alive. */
export function endWithParent(graceMs: number): void {
  const workerData: Watch = { parent: process.ppid, graceMs };
  new Worker(programBeside("parent-watch.js"), { workerData, execArgv: [] }).unref();
}
