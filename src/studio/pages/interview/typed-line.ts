/** The line that is typed and not sent: what it was typed for, kept by the browser over a reload, a closed tab and a killed server. */

import { useEffect, useRef, useState } from "react";
import { dropText, keepText, keptText } from "../../parts/kept-text.ts";

export interface TypedLine {
  readonly text: string;
  /** What it was typed for, such as `section 3`: it must not go into anything else unasked. */
  readonly meant: string;
}

const NOTHING: TypedLine = { text: "", meant: "" };

/** Each tab has its own line; what a closed tab left is taken up by the next one. */
export function useTypedLine(session: string) {
  const name = `interview:${session}`;
  const [line, setLine] = useState<TypedLine>(() => read(ofTab(name)) ?? read(keptText(name)) ?? NOTHING);
  // A line that this tab took up, and that the tab it came from has sent meanwhile.
  useEffect(() => {
    const other = ({ key, oldValue, newValue }: StorageEvent): void => {
      if (key?.endsWith(name) !== true || newValue !== null || ofTab(name) !== undefined) return;
      setLine((before) => (read(oldValue ?? undefined)?.text === before.text ? NOTHING : before));
    };
    addEventListener("storage", other);
    return () => removeEventListener("storage", other);
  }, [name]);
  const latest = useRef(line);
  latest.current = line;
  const write = (next: TypedLine): void => {
    latest.current = next;
    setLine(next);
    if (next.text === "") drop(name);
    else keep(name, JSON.stringify(next));
  };
  return {
    line,
    write,
    /** Takes what was sent out of the field; what was typed behind it meanwhile stays. */
    sent(text: string, meant: string): void {
      write({ text: leftOf(latest.current.text, text), meant });
    },
  };
}

/** What of a field is left once `sent` was taken. */
export function leftOf(text: string, sent: string): string {
  return text.startsWith(sent) ? text.slice(sent.length).trimStart() : text;
}

function keep(name: string, line: string): void {
  keepOfTab(name, line);
  keepText(name, line);
}

function drop(name: string): void {
  const own = ofTab(name);
  keepOfTab(name, undefined);
  // Another tab's line stays.
  if (own === undefined || keptText(name) === own) dropText(name);
}

function read(kept: string | undefined): TypedLine | undefined {
  try {
    const line: unknown = JSON.parse(kept ?? "null");
    if (typeof line !== "object" || line === null || !("text" in line) || !("meant" in line)) return undefined;
    return typeof line.text === "string" && typeof line.meant === "string"
      ? { text: line.text, meant: line.meant }
      : undefined;
  } catch {
    // As an earlier studio kept it: the bare text.
    return kept === undefined || kept === "" ? undefined : { text: kept, meant: "an earlier moment" };
  }
}

/** Kept over a reload, and by no other tab. */
function ofTab(name: string): string | undefined {
  try {
    return sessionStorage.getItem(name) ?? undefined;
  } catch {
    return undefined;
  }
}

function keepOfTab(name: string, text: string | undefined): void {
  try {
    if (text === undefined) sessionStorage.removeItem(name);
    else sessionStorage.setItem(name, text);
  } catch {
    // A full or closed store: the text still stands in the field.
  }
}
