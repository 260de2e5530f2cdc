/** Which windows of a browser hold a stream of events: those used last, so that connections are left for what is read and written. */

/** A browser opens six connections to a host at most, over HTTP/1.1. */
const MOST_STREAMS = 4;

/** Hidden windows hold none; of those that are shown, the ones used last do, and the others wait. */
export type Turn = "mine" | "waiting" | "hidden";

interface Word {
  readonly id: string;
  readonly takes: boolean;
}

/** Calls back now and at each change. */
export function followTurns(changed: (turn: Turn) => void): void {
  const id = `${Date.now()} ${Math.random()}`;
  /** Windows that took a stream after this one did, and have it still. */
  const later = new Set<string>();
  const channel = new BroadcastChannel("heptad-streams");
  let isShown = false;
  const say = (takes: boolean): void => {
    const word: Word = { id, takes };
    channel.postMessage(word);
  };
  const decide = (): void => changed(!isShown ? "hidden" : later.size < MOST_STREAMS ? "mine" : "waiting");
  const look = (): void => {
    isShown = document.visibilityState === "visible";
    if (isShown) later.clear();
    say(isShown);
    decide();
  };
  channel.onmessage = (event) => {
    const word: Word = event.data;
    if (word.takes) later.add(word.id);
    else later.delete(word.id);
    decide();
  };
  addEventListener("focus", look);
  addEventListener("pageshow", ({ persisted }) => persisted && look());
  addEventListener("pagehide", () => {
    isShown = false;
    say(false);
    decide();
  });
  document.addEventListener("visibilitychange", look);
  look();
}
