/** What the server tells without being asked: how a run goes on, that a note changed on the disk, and whether it is there. */

import { useEffect, useRef, useState } from "react";
import { isExport } from "../api.ts";
import { type Contact, listen } from "./one-stream.ts";

export type Listeners = Readonly<Record<string, (data: unknown) => void>>;

export function useEvents(path: string | undefined, listeners: Listeners): Contact {
  const [contact, setContact] = useState<Contact>("there");
  const current = useRef(listeners);
  current.current = listeners;
  const names = Object.keys(listeners).join(",");
  useEffect(() => {
    // Files tell nothing by themselves.
    if (isExport()) return;
    return listen({
      path,
      names: names === "" ? [] : names.split(","),
      hear: (name, data) => current.current[name]?.(data),
      told: setContact,
    });
  }, [path, names]);
  return contact;
}
