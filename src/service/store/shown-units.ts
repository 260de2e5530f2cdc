/** Exposures on their way into a shared log: those that cannot be kept at the moment wait, and are tried again. */

import type { ExposureFile, ExposureLog } from "../exposure-log.ts";

export interface ShownUnits extends ExposureLog {
  /** Exposures that were shown and could not be written down yet. */
  readonly waiting: number;
  close(): void;
}

/** So many wait at most; more are lost, and the experiment knows less. */
const MOST_WAITING = 100_000;
const AGAIN_MS = 1000;
/** An answer waits so long for its exposure to be kept, and goes out then: the exposure follows. */
const PATIENCE_MS = 500;

/** `file` is what the log has told so far; `send` settles once it is kept. */
export function openShownUnits(
  file: () => ExposureFile,
  send: (unit: string, arm: string, moment: number) => Promise<void>,
): ShownUnits {
  const waiting = new Map<string, readonly [arm: string, moment: number]>();
  const underWay = new Map<string, Promise<void>>();
  const tell = (unit: string, arm: string, moment: number): void => {
    const sent = send(unit, arm, moment).then(
      () => void waiting.delete(unit),
      () => void (waiting.size < MOST_WAITING && waiting.set(unit, [arm, moment])),
    );
    underWay.set(unit, sent);
    void sent.then(() => underWay.delete(unit));
  };
  const again = setInterval(() => {
    for (const [unit, [arm, moment]] of waiting) if (!underWay.has(unit)) tell(unit, arm, moment);
  }, AGAIN_MS);
  return {
    get path() {
      return file().path;
    },
    expose(unit, arm, moment) {
      if (file().has(unit) || underWay.has(unit) || waiting.has(unit)) return false;
      tell(unit, arm, moment);
      return true;
    },
    // Everybody who acts on the log writes it down: no matter who was told.
    outcome: () => undefined,
    count: (arm) => file().count(arm),
    written() {
      if (underWay.size === 0) return undefined;
      const enough = new Promise<void>((resolve) => setTimeout(resolve, PATIENCE_MS).unref());
      return Promise.race([enough, Promise.all(underWay.values()).then(() => undefined)]);
    },
    get waiting() {
      return waiting.size;
    },
    close: () => clearInterval(again),
  };
}
