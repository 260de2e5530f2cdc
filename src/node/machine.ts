/** What there is to run on: the memory that this process may hold, of the machine or of the container that it runs in, and its cores. */

import { totalmem } from "node:os";
import type { Machine } from "../system/need.ts";
import { defaultThreads } from "./kernel-pool.ts";

/** `constrained`: the bytes that a container allows, 0 or more than there are where none does (`process.constrainedMemory`). */
export function readMachine(
  threads: number = defaultThreads(),
  total: number = totalmem(),
  constrained: number = process.constrainedMemory(),
): Machine {
  return { memory: constrained > 0 ? Math.min(total, constrained) : total, cores: threads };
}
