/** Waits until a document is quiet before work is done on it: one review for a burst of edits, and one now and then where it never ends. */

/** A person who types pauses longer than this between words. */
const QUIET_MILLISECONDS = 60;
/** However long the burst, what is shown is never older. */
const LONGEST_MILLISECONDS = 500;

export interface Settling {
  /** Something has changed: work follows. */
  touch(uri: string): void;
  /** Does now what waits, if anything. */
  settle(uri: string): void;
  /** Does no more about it. */
  forget(uri: string): void;
}

interface Waiting {
  readonly since: number;
  timer: ReturnType<typeof setTimeout>;
}

export function createSettling(work: (uri: string) => void): Settling {
  const waiting = new Map<string, Waiting>();
  const forget = (uri: string): boolean => {
    clearTimeout(waiting.get(uri)?.timer);
    return waiting.delete(uri);
  };
  const settle = (uri: string): void => {
    if (forget(uri)) work(uri);
  };
  return {
    touch(uri) {
      const now = performance.now();
      const since = waiting.get(uri)?.since ?? now;
      forget(uri);
      const left = Math.max(0, Math.min(QUIET_MILLISECONDS, since + LONGEST_MILLISECONDS - now));
      waiting.set(uri, { since, timer: setTimeout(() => settle(uri), left) });
    },
    settle,
    forget: (uri) => void forget(uri),
  };
}
