/** The kill switch of an experiment that several services share: stopped in one, it is stopped in all. */

import type { KV } from "@nats-io/kv";
import { type ExperimentSwitch, readStopped, type Stopped, stoppedText } from "../experiment-switch.ts";
import { type Nats, untilAnswered } from "./nats-connection.ts";

interface SharedSwitch extends ExperimentSwitch {
  refresh(): Promise<void>;
}

const EXPERIMENT = "experiment";
/** How long after it failed a stop is told again. */
const AGAIN_MS = 1000;

export async function openSharedSwitch(
  nats: Nats,
  keys: KV,
  onError: (message: string) => void,
): Promise<SharedSwitch> {
  let kept: Stopped | undefined;
  let isWriting = false;
  const refresh = async (): Promise<void> => {
    const entry = await untilAnswered(() => keys.get(EXPERIMENT), nats.place);
    if (entry?.operation === "PUT" && !isWriting) kept = readStopped(entry.string(), nats.place);
  };
  await refresh();
  return {
    refresh,
    stopped: (salt) => (kept?.salt === salt ? kept.stopped : undefined),
    stop(salt, stopped) {
      kept = { salt, stopped };
      const text = stoppedText(kept);
      isWriting = true;
      const write = (): void =>
        void untilAnswered(() => keys.put(EXPERIMENT, text), nats.place).then(
          () => {
            isWriting = false;
          },
          (error) => {
            onError(`the others were not told yet that the experiment was stopped: ${error.message}`);
            setTimeout(write, AGAIN_MS).unref();
          },
        );
      write();
    },
  };
}
