/** Threads as the kernels see them: an environment passed in by whoever has threads. `src/node` implements it with workers. */

import type { KernelMemory, KernelModule } from "./webassembly.ts";

/** Threads that can run kernels. Results never depend on how many there are. */
export interface KernelPool {
  readonly threads: number;
  /** Loads a kernel over one shared memory on every thread. */
  join(module: KernelModule, memory: KernelMemory): KernelTeam;
}

/** The pool's threads over one memory. */
export interface KernelTeam {
  /**
   * Calls the export `name` once per task with the task's numbers and, last, the index of the thread that took it. Tasks are
   * taken in order by whichever thread is free. Rejects when a call traps.
   */
  run(name: string, tasks: readonly (readonly number[])[]): Promise<void>;
  /** Lets go of the memory on every thread. */
  leave(): void;
}
