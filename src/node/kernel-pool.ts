/** Worker threads for kernels: each loads the same code over the same shared memory and takes tasks off one list. */

import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import type { KernelPool } from "../kernels/pool.ts";
import type { KernelMemory, KernelModule } from "../kernels/webassembly.ts";
import { collectGarbage } from "./collect-garbage.ts";

/** What a worker is told. `job` numbers the memory it is about; every `run` is answered once. */
export type KernelRequest =
  | { readonly do: "join"; readonly job: number; readonly module: KernelModule; readonly memory: KernelMemory }
  | {
      readonly do: "run";
      readonly job: number;
      /** Comes back with the answer: several jobs may wait for one worker. */
      readonly ticket: number;
      readonly name: string;
      readonly tasks: readonly (readonly number[])[];
      readonly thread: number;
    }
  | { readonly do: "leave"; readonly job: number };

/** A worker's answer to `run`: the trap's message, if there was one. */
export interface KernelReply {
  readonly ticket: number;
  readonly error?: string;
}

/** A pool whose threads can be let go. They do not keep the process alive while idle. */
export interface NodeKernelPool extends KernelPool {
  close(): Promise<void>;
}

/** Shared memory does not press on the engine to collect what was left, so the pool counts it. */
const COLLECT_AFTER_BYTES = 256 * 1024 * 1024;

/** Threads worth starting on this machine when nobody says how many. */
export function defaultThreads(): number {
  return Math.max(1, availableParallelism());
}

/** Starts the workers. `threads` defaults to the number of processors this process may use. */
export function createKernelPool(threads: number = defaultThreads()): NodeKernelPool {
  const workers = Array.from({ length: threads }, startWorker);
  let jobs = 0;
  let tickets = 0;
  let uncollected = 0;
  return {
    threads,
    join(module, memory) {
      uncollected += memory.buffer.byteLength;
      if (uncollected > COLLECT_AFTER_BYTES) {
        collectGarbage();
        uncollected = memory.buffer.byteLength;
      }
      const job = jobs++;
      const counter = new Int32Array(memory.buffer, 0, 1);
      for (const { worker } of workers) post(worker, { do: "join", job, module, memory });
      let last: Promise<unknown> = Promise.resolve();
      return {
        run(name, tasks) {
          const start = async () => {
            Atomics.store(counter, 0, 0);
            const replies = await Promise.allSettled(
              workers.map((asked, thread) => ask(asked, { do: "run", job, ticket: tickets++, name, tasks, thread })),
            );
            for (const reply of replies) if (reply.status === "rejected") throw reply.reason;
          };
          const done = last.then(start);
          last = done.catch(() => undefined);
          return done;
        },
        leave() {
          for (const { worker } of workers) post(worker, { do: "leave", job });
        },
      };
    },
    async close() {
      await Promise.all(workers.map(({ worker }) => worker.terminate()));
    },
  };
}

/** A worker and the number of answers awaited from it: it keeps the process alive while there are any. */
interface Thread {
  readonly worker: Worker;
  awaited: number;
}

function startWorker(): Thread {
  const worker = new Worker(workerEntry());
  worker.unref();
  // One listener for every job that waits; there is no natural limit to those.
  worker.setMaxListeners(0);
  return { worker, awaited: 0 };
}

/** Node before 22.18 cannot start a worker from TypeScript: run from source, the pool uses the built worker. */
function workerEntry(): string {
  const here = import.meta.url;
  return fileURLToPath(
    here.endsWith(".ts") ? new URL("../../dist/src/node/kernel-worker.js", here) : new URL("./kernel-worker.js", here),
  );
}

function post(worker: Worker, request: KernelRequest): void {
  worker.postMessage(request);
}

function ask(thread: Thread, request: Extract<KernelRequest, { do: "run" }>): Promise<void> {
  const { worker } = thread;
  return new Promise((resolve, reject) => {
    const settle = (error?: Error) => {
      worker.off("message", onReply).off("error", settle).off("exit", onExit);
      if (--thread.awaited === 0) worker.unref();
      if (error === undefined) resolve();
      else reject(error);
    };
    const onReply = ({ ticket, error }: KernelReply) => {
      if (ticket === request.ticket) settle(error === undefined ? undefined : new Error(error));
    };
    const onExit = () => settle(new Error("a kernel thread ended before its work was done"));
    worker.on("message", onReply).on("error", settle).on("exit", onExit);
    if (thread.awaited++ === 0) worker.ref();
    post(worker, request);
  });
}
