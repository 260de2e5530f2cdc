/**
 * Work that hears nothing while it goes on, in a process of its own, with one beside it that hears Ctrl-C: the work ends at once, and in one
 * line it is said what is kept and what goes on. A listener within the working process would be called only when the stage is over.
 */

import { spawn } from "node:child_process";
import { constants } from "node:os";

export interface AttendedWork {
  /** What follows the name of the program, as it was typed. */
  readonly args: readonly string[];
  /** What is said of work that was stopped: what is kept, and what goes on. */
  readonly stopped: string;
}

/** What of this process the attendant needs; another in tests. */
export interface AttendingProcess {
  readonly execPath: string;
  readonly execArgv: readonly string[];
  readonly argv: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly stderr: { readonly isTTY?: boolean; write(text: string): unknown };
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
  exit(code: number): void;
}

/** Tells the process that works that somebody listens in its place. */
const MARK = "HEPTAD_ATTENDED";

/** Whether this is the process that works. Those that it starts are not told so. */
export function isAttended(env: NodeJS.ProcessEnv): boolean {
  const isSo = env[MARK] !== undefined;
  delete env[MARK];
  return isSo;
}

/** The exit code of the work: its own, or 128 and the number of the signal that ended it, as shells count (130 for Ctrl-C). */
export async function attend(work: AttendedWork, self: AttendingProcess): Promise<number> {
  const child = spawn(self.execPath, [...self.execArgv, self.argv[1], ...work.args], {
    stdio: "inherit",
    env: { ...self.env, [MARK]: "1" },
  });
  let asked: NodeJS.Signals | undefined;
  const ends = SIGNALS.map((signal) => {
    const listener = (): void => {
      // Asked twice, it waits for nothing.
      if (asked !== undefined) {
        child.kill("SIGKILL");
        self.exit(codeOf(signal));
        return;
      }
      asked = signal;
      // A terminal tells both; whoever sends a signal by a number tells this one alone.
      child.kill(signal);
    };
    self.on(signal, listener);
    return (): unknown => self.off(signal, listener);
  });
  try {
    const [code, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((done, failed) => {
      child.once("error", failed);
      child.once("exit", (...how) => done(how));
    });
    if (signal === null) return code ?? 0;
    const line = self.stderr.isTTY === true ? "\r\u001b[2K" : "";
    const why =
      asked === undefined ? `ended from outside (${signal}; a machine does so that is out of memory)` : "stopped";
    self.stderr.write(`${line}${why}: ${work.stopped}\n`);
    return codeOf(asked ?? signal);
  } finally {
    for (const end of ends) end();
  }
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

function codeOf(signal: NodeJS.Signals): number {
  return 128 + constants.signals[signal];
}
