/** The thread that looks for the parent of its process, and ends the process as a power cut would when there is none. */

import { workerData } from "node:worker_threads";

export interface Watch {
  readonly parent: number;
  readonly graceMs: number;
}

const LOOK_MS = 500;
const { parent, graceMs }: Watch = workerData;

const timer = setInterval(() => {
  if (process.ppid === parent && isThere(parent)) return;
  clearInterval(timer);
  setTimeout(() => process.kill(process.pid, "SIGKILL"), graceMs);
}, LOOK_MS);

/** An orphan is given another parent, or, on Windows, keeps the number of the one that is gone. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // One that belongs to somebody else is there.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
