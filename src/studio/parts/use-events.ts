/** What the server tells without being asked: how a run goes on, that a note changed on the disk, and whether it is there. */

import { useEffect, useRef, useState } from "react";
import { isExport } from "../api.ts";

export type Listeners = Readonly<Record<string, (data: unknown) => void>>;

/** Whether the server tells: it does, nobody answers, it lets this page in no more, or it has too many to tell. */
export type Contact = "there" | "away" | "shut-out" | "full";

/** Before it is tried again where the browser does not do so itself: another tab may have been let in meanwhile. */
const AGAIN_MS = 2000;

export function useEvents(path: string | undefined, listeners: Listeners): Contact {
  const [contact, setContact] = useState<Contact>("there");
  const current = useRef(listeners);
  current.current = listeners;
  const names = Object.keys(listeners).join(",");
  useEffect(() => {
    // Files tell nothing by themselves.
    if (isExport()) return;
    const query = path === undefined ? "" : `?path=${encodeURIComponent(path)}`;
    let source: EventSource | undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isGone = false;
    let wasAway = false;
    const open = (): void => {
      const opened = new EventSource(`/api/events${query}`);
      source = opened;
      opened.onopen = () => {
        setContact("there");
        if (wasAway) current.current.back?.(undefined);
      };
      opened.onerror = () => {
        wasAway = true;
        // A stream does not say why it ended; a question of its own does.
        void whyNot().then((why) => {
          const { readyState } = opened;
          if (isGone || opened !== source || readyState === EventSource.OPEN) return;
          // Who answers by now is tried again at once by the browser, unless it refused.
          if (why !== "full" || readyState === EventSource.CLOSED) setContact(why);
        });
        if (opened.readyState !== EventSource.CLOSED) return;
        clearTimeout(timer);
        timer = setTimeout(open, AGAIN_MS);
      };
      for (const name of names.split(","))
        opened.addEventListener(name, (event) => current.current[name]?.(JSON.parse(event.data)));
    };
    open();
    return () => {
      isGone = true;
      clearTimeout(timer);
      source?.close();
    };
  }, [path, names]);
  return contact;
}

async function whyNot(): Promise<Contact> {
  try {
    const { status } = await fetch("/api/run", { credentials: "same-origin" });
    return status === 401 ? "shut-out" : "full";
  } catch {
    return "away";
  }
}
