/** One memory laid out for one job, with a kernel loaded over it: how typed arrays get in and out, on one thread or many. */

import { type KernelBinary, loadKernel } from "./kernel.ts";
import type { Layout, Region } from "./layout.ts";
import type { KernelPool } from "./pool.ts";
import { createMemory, instantiateKernel } from "./webassembly.ts";

export interface Workspace {
  /** How many threads `run` uses: the size to give per-thread scratch. */
  readonly threads: number;
  int8(region: Region): Int8Array;
  int16(region: Region): Int16Array;
  int32(region: Region): Int32Array;
  float32(region: Region): Float32Array;
  float64(region: Region): Float64Array;
  /** Calls an export here and now. */
  call(name: string, ...parameters: number[]): number;
  /** The export itself, for calls so short that looking it up would show. */
  function(name: string): (...parameters: number[]) => number;
  /** Calls an export once per task, on the pool's threads when there is a pool; the thread's index comes as the last argument. */
  run(name: string, tasks: readonly (readonly number[])[]): Promise<void>;
  /** Lets the pool's threads go of the memory. The views stay readable. */
  close(): void;
}

/** Makes the memory the layout asks for (zeroed) and loads the kernel over it; shared with the pool's threads when there is a pool. */
export function openWorkspace(binary: KernelBinary, layout: Layout, pool?: KernelPool): Workspace {
  const shared = pool !== undefined;
  const module = loadKernel(binary, shared);
  const memory = createMemory(layout.bytes(), shared);
  const kernel = instantiateKernel(module, memory);
  const team = pool?.join(module, memory);
  const { buffer } = memory;
  return {
    threads: pool?.threads ?? 1,
    int8: ({ at, length }) => new Int8Array(buffer, at, length),
    int16: ({ at, length }) => new Int16Array(buffer, at, length),
    int32: ({ at, length }) => new Int32Array(buffer, at, length),
    float32: ({ at, length }) => new Float32Array(buffer, at, length),
    float64: ({ at, length }) => new Float64Array(buffer, at, length),
    call: (name, ...parameters) => kernel[name](...parameters),
    function: (name) => kernel[name],
    async run(name, tasks) {
      if (team !== undefined) return team.run(name, tasks);
      for (const task of tasks) kernel[name](...task, 0);
    },
    close: () => team?.leave(),
  };
}
