/** The entry of a kernel thread: holds kernels over shared memories and calls them until the task list is empty. */

import { parentPort } from "node:worker_threads";
import { instantiateKernel, type KernelExports } from "../kernels/webassembly.ts";
import { collectGarbage } from "./collect-garbage.ts";
import type { KernelReply, KernelRequest } from "./kernel-pool.ts";

interface Job {
  readonly kernel: KernelExports;
  /** The index of the next task, shared by all threads of the job. */
  readonly counter: Int32Array;
}

const jobs = new Map<number, Job>();

parentPort?.on("message", (request: KernelRequest) => {
  if (request.do === "join") {
    const kernel = instantiateKernel(request.module, request.memory);
    jobs.set(request.job, { kernel, counter: new Int32Array(request.memory.buffer, 0, 1) });
  } else if (request.do === "leave") {
    jobs.delete(request.job);
    // An idle worker makes no garbage, so it would never collect any and would hold on to the memory of every job it has left.
    collectGarbage();
  } else {
    parentPort?.postMessage(work(request));
  }
});

function work({ job, ticket, name, tasks, thread }: Extract<KernelRequest, { do: "run" }>): KernelReply {
  const joined = jobs.get(job);
  if (joined === undefined) return { ticket, error: `kernel job ${job} was left before ${name} was called` };
  const { kernel, counter } = joined;
  try {
    for (let next = Atomics.add(counter, 0, 1); next < tasks.length; next = Atomics.add(counter, 0, 1)) {
      kernel[name](...tasks[next], thread);
    }
    return { ticket };
  } catch (error) {
    return { ticket, error: `kernel ${name}: ${error instanceof Error ? error.message : String(error)}` };
  }
}
