/** What the server tells without being asked: how a run goes on, that a note changed on the disk, and whether it is there. */

import { useEffect, useRef, useState } from "react";
import { isExport } from "../api.ts";

export type Listeners = Readonly<Record<string, (data: unknown) => void>>;

/** True while the server is there. */
export function useEvents(path: string | undefined, listeners: Listeners): boolean {
  const [isThere, setThere] = useState(true);
  const current = useRef(listeners);
  current.current = listeners;
  const names = Object.keys(listeners).join(",");
  useEffect(() => {
    // Files tell nothing by themselves.
    if (isExport()) return;
    const query = path === undefined ? "" : `?path=${encodeURIComponent(path)}`;
    const source = new EventSource(`/api/events${query}`);
    let wasAway = false;
    source.onopen = () => {
      setThere(true);
      if (wasAway) current.current.back?.(undefined);
    };
    source.onerror = () => {
      wasAway = true;
      setThere(false);
    };
    for (const name of names.split(","))
      source.addEventListener(name, (event) => current.current[name]?.(JSON.parse(event.data)));
    return () => source.close();
  }, [path, names]);
  return isThere;
}
