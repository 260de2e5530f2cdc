/** While one waits for a server, Ctrl-C first lets go of what would stay behind elsewhere; then it ends the process as it would have. */

import { setTimeout as wait } from "node:timers/promises";

/** What of this process is needed; another in tests. */
export interface SignalledProcess {
  readonly pid: number;
  on(signal: NodeJS.Signals, listener: () => void): unknown;
  off(signal: NodeJS.Signals, listener: () => void): unknown;
  listenerCount(signal: NodeJS.Signals): number;
  kill(pid: number, signal: NodeJS.Signals): unknown;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Whoever stops a run does not wait for a server that hangs. */
const PATIENCE = 1000;

/** Only for work that leaves the process free to hear: a listener would make a long sum deaf to Ctrl-C. */
export async function letGoOnSignal<T>(
  work: Promise<T>,
  letGo: () => Promise<void>,
  self: SignalledProcess = process,
  patience = PATIENCE,
): Promise<T> {
  let ended: Promise<void> | undefined;
  const offs = SIGNALS.map((signal) => {
    // Somebody else who listens decides how the process ends.
    const isAlone = self.listenerCount(signal) === 0;
    const listener = (): void => {
      // A terminal tells the whole group, and who attends to this process tells it again.
      ended ??= Promise.race([letGo().catch(() => undefined), wait(patience)]).then(() => {
        for (const off of offs) off();
        if (isAlone) self.kill(self.pid, signal);
      });
    };
    self.on(signal, listener);
    return (): unknown => self.off(signal, listener);
  });
  try {
    return await work;
  } finally {
    // What was asked to end is ended by its signal, and not by what its server then says.
    await ended;
    for (const off of offs) off();
  }
}
