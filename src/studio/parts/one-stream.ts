/** The one stream of events of a window, shared by all that listens in it, and let go while the window is hidden. */

import { followTurns, type Turn } from "./stream-turns.ts";

/** Whether the server tells: it does, nobody answers, it lets this page in no more, or too many pages are told already. */
export type Contact = "there" | "away" | "shut-out" | "full";

export interface Listener {
  /** A note to watch: one page shows one note. */
  readonly path: string | undefined;
  readonly names: readonly string[];
  /** What the server told, or `back`: something may have been told while no stream was open. */
  hear(name: string, data: unknown): void;
  told(contact: Contact): void;
}

/** Before it is tried again where the browser does not do so itself: another tab may have been let in meanwhile. */
const AGAIN_MS = 2000;
/** Between two looks of a page that waits for its turn: nobody tells it that the server is gone, or is back. */
const LOOK_MS = 5000;

/** Whether each has been on a stream, and whether it may have missed something since. */
const listeners = new Map<Listener, { wasTold: boolean; isBehind: boolean }>();
const names = new Set<string>();
let source: EventSource | undefined;
let watched: string | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
let contact: Contact = "there";
let turn: Turn | undefined;
let isBroken = false;
let isDue = false;

/** Until what it returns is called. */
export function listen(listener: Listener): () => void {
  if (turn === undefined)
    followTurns((next) => {
      if (next === turn) return;
      turn = next;
      settleSoon();
    });
  listeners.set(listener, { wasTold: false, isBehind: isBroken || turn !== "mine" });
  for (const name of listener.names) {
    if (names.has(name)) continue;
    names.add(name);
    source?.addEventListener(name, tell);
  }
  listener.told(contact);
  settleSoon();
  return () => {
    listeners.delete(listener);
    settleSoon();
  };
}

/** A page that gives way to another ends several listeners and begins others: one stream is opened for all. */
function settleSoon(): void {
  if (isDue) return;
  isDue = true;
  queueMicrotask(settle);
}

function settle(): void {
  isDue = false;
  if (listeners.size === 0 || turn !== "mine") {
    letGo();
    if (listeners.size > 0 && turn === "waiting") void lookWhileWaiting();
    return;
  }
  const path = [...listeners.keys()].find((one) => one.path !== undefined)?.path;
  if (source === undefined || path !== watched) {
    letGo();
    watched = path;
    open();
  }
  for (const state of listeners.values()) state.wasTold = true;
}

/** Says whether the server is there, again and again; what was missed while it was gone is read then. */
async function lookWhileWaiting(): Promise<void> {
  const why = await whyNot();
  if (source !== undefined || turn !== "waiting" || listeners.size === 0) return;
  const isBack = contact === "away" && why !== "away";
  if (contact !== why) say(why);
  if (isBack) for (const listener of listeners.keys()) listener.hear("back", undefined);
  clearTimeout(timer);
  timer = setTimeout(() => void lookWhileWaiting(), LOOK_MS);
}

function letGo(): void {
  clearTimeout(timer);
  source?.close();
  source = undefined;
  for (const state of listeners.values()) state.isBehind ||= state.wasTold;
}

function open(): void {
  const opened = new EventSource(
    `/api/events${watched === undefined ? "" : `?${new URLSearchParams({ path: watched })}`}`,
  );
  source = opened;
  opened.onopen = () => {
    isBroken = false;
    say("there");
    for (const [listener, state] of listeners) {
      if (!state.isBehind) continue;
      state.isBehind = false;
      listener.hear("back", undefined);
    }
  };
  opened.onerror = () => {
    isBroken = true;
    for (const state of listeners.values()) state.isBehind = true;
    // A stream does not say why it ended; a question of its own does.
    void whyNot().then((why) => {
      if (opened !== source || opened.readyState === EventSource.OPEN) return;
      // Who answers by now is tried again at once by the browser, unless it refused.
      if (why !== "full" || opened.readyState === EventSource.CLOSED) say(why);
    });
    if (opened.readyState !== EventSource.CLOSED) return;
    clearTimeout(timer);
    timer = setTimeout(open, AGAIN_MS);
  };
  for (const name of names) opened.addEventListener(name, tell);
}

function tell(event: MessageEvent): void {
  const data: unknown = JSON.parse(event.data);
  for (const listener of listeners.keys()) listener.hear(event.type, data);
}

function say(next: Contact): void {
  contact = next;
  for (const listener of listeners.keys()) listener.told(next);
}

async function whyNot(): Promise<Contact> {
  try {
    const { status } = await fetch("/api/run", { credentials: "same-origin" });
    return status === 401 ? "shut-out" : "full";
  } catch {
    return "away";
  }
}
