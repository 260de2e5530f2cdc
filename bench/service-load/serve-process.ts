/** Servers of a benchmark as processes of their own: a note's service, and the Python stack beside it. */

import { type ChildProcess, spawn } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { readMetrics, total } from "../../src/service/read-metrics.ts";
import { findPython } from "../peer.ts";

export interface ServerProcess {
  readonly url: string;
  /** One of the numbers that `/metrics` shows. */
  metric(name: string): Promise<number>;
  stop(): Promise<void>;
  /** Ends it as kill -9 does: nothing is written any more. */
  kill(): Promise<void>;
}

/** `heptad serve` of a note with a state of its own, which is thrown away at the start. */
export function serveNote(root: string, note: string, state: string, args: readonly string[]): Promise<ServerProcess> {
  rmSync(state, { recursive: true, force: true });
  return serveAgain(root, note, state, args);
}

/** The same with the state that an earlier one left. */
export function serveAgain(root: string, note: string, state: string, args: readonly string[]): Promise<ServerProcess> {
  const words = ["serve", join(root, "designs", note), "--port", "0", "--state", state, ...args];
  return startServer(process.execPath, [join(root, "bin", "heptad.js"), ...words], root);
}

/** A script of `bench/peers` that listens. */
export function servePython(root: string, script: string, args: readonly string[]): Promise<ServerProcess> {
  const variables = { OPENBLAS_NUM_THREADS: "1", OMP_NUM_THREADS: "1", PYTHONPATH: join(root, "bench", "peers") };
  return startServer(findPython(root), ["-u", join(root, "bench", "peers", script), ...args], root, variables);
}

/** Waits until it has said where it listens and answers there. */
export async function startServer(
  command: string,
  args: readonly string[],
  cwd: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const child = spawn(command, [...args], {
    cwd,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, ...variables },
  });
  const killed = (): void => void child.kill("SIGKILL");
  process.once("exit", killed);
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const url = await addressOf(child);
  while (!(await answers(`${url}/ready`))) await new Promise((resolve) => setTimeout(resolve, 20));
  return {
    url,
    metric: async (name) => total(readMetrics(await (await fetch(`${url}/metrics`)).text()), name),
    async stop() {
      process.removeListener("exit", killed);
      // A process that has workers ends them when it is asked to, and leaves them behind when it is killed.
      child.kill("SIGTERM");
      const late = setTimeout(killed, 20_000);
      await ended;
      clearTimeout(late);
    },
    async kill() {
      process.removeListener("exit", killed);
      child.kill("SIGKILL");
      await ended;
    },
  };
}

async function answers(url: string): Promise<boolean> {
  const answer = await fetch(url).catch(() => undefined);
  await answer?.arrayBuffer();
  return answer?.ok === true;
}

function addressOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    const hear = (text: string): void => {
      said = (said + text).slice(-4000);
      const url = /\bon (http:\S+)/u.exec(said)?.[1];
      if (url !== undefined) resolve(url);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
}
