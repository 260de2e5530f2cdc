/** A Python peer: a process that is asked one thing a line and answers in JSON, so that data and libraries load only once. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

export interface Peer {
  /** Sends one request; the reply's field of that name, a number. Rejects when Python raises, with its message. */
  ask(
    command: string,
    parameters?: Readonly<Record<string, number | string>>,
  ): Promise<Readonly<Record<string, number>>>;
  close(): void;
}

/** The interpreter with the peers' libraries: HEPTAD_PEERS_PYTHON, or the repository's own `.venv`. */
export function findPython(root: string): string {
  const python = process.env.HEPTAD_PEERS_PYTHON ?? join(root, ".venv", "bin", "python");
  if (existsSync(python)) return python;
  throw new Error(
    `the peers need Python with their libraries, and ${python} is not there. Make it once:\n` +
      "  python3 -m venv .venv && .venv/bin/pip install -r bench/peers/requirements.txt\n" +
      "or point HEPTAD_PEERS_PYTHON at an interpreter that has them.",
  );
}

/** Starts `bench/peers/<script>`. What it prints to standard error is shown. */
export function startPeer(root: string, script: string, variables: Readonly<Record<string, string>> = {}): Peer {
  const child = spawn(findPython(root), ["-u", join(root, "bench", "peers", script)], {
    cwd: root,
    stdio: ["pipe", "pipe", "inherit"],
    env: { ...process.env, OPENBLAS_NUM_THREADS: "1", PYTHONPATH: join(root, "bench", "peers"), ...variables },
  });
  const lines = createInterface({ input: child.stdout });
  let last: Promise<unknown> = Promise.resolve();
  return {
    ask(command, parameters = {}) {
      const answer = last.then(() => exchange(child, lines, script, { command, ...parameters }));
      last = answer.catch(() => undefined);
      return answer;
    },
    close() {
      child.stdin.end();
      child.kill();
    },
  };
}

function exchange(
  child: ChildProcess,
  lines: ReturnType<typeof createInterface>,
  script: string,
  request: Readonly<Record<string, unknown>>,
): Promise<Readonly<Record<string, number>>> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error(`${script} ended before it answered ${String(request.command)}`));
    child.once("exit", onExit);
    lines.once("line", (line) => {
      child.off("exit", onExit);
      const reply: { error?: string; result?: Record<string, number> } = JSON.parse(line);
      if (reply.result === undefined) reject(new Error(`${script}: ${reply.error ?? "no result"}`));
      else resolve(reply.result);
    });
    child.stdin?.write(`${JSON.stringify(request)}\n`);
  });
}
