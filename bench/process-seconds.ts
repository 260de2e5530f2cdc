/** Processor seconds that another process has had. */

import { readFileSync } from "node:fs";

const TICKS = 100;

/** Of all threads of the process so far. Where there is a `/proc`. */
export function processSeconds(pid: number): number {
  const [, fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = fields.split(" ").slice(11, 13);
  return (Number(user) + Number(system)) / TICKS;
}
