/** The text of a note that a tab has typed and the disk does not hold yet, as the browser keeps it. */

import { dropOfTab, keepOfTab, keptOfTabs } from "../../parts/kept-text.ts";

export interface Kept {
  readonly text: string;
  readonly seen: string;
  /** The text of that version, where it is known. */
  readonly base: string;
  /** What was sent since and not answered. */
  readonly sent: readonly string[];
}

export function keepNote(path: string, kept: Kept): void {
  keepOfTab(nameOf(path), JSON.stringify(kept));
}

export function dropNote(path: string): void {
  dropOfTab(nameOf(path));
}

/** The first text of a tab that is not what the disk holds. It is this tab's from now on: what is chosen here is chosen. */
export function leftBehind(path: string, onDisk: string | undefined): Kept | undefined {
  for (const { tab, text } of keptOfTabs(nameOf(path))) {
    dropOfTab(nameOf(path), tab);
    const kept = readKept(text);
    if (kept !== undefined && kept.text !== onDisk) return kept;
  }
  return undefined;
}

/** What this tab shows of the disk, so that it can be shown again where nobody answers; the browser forgets it with the tab. */
export function keepShown(path: string, { text, version }: { readonly text: string; readonly version: string }): void {
  try {
    sessionStorage.setItem(nameOf(path), JSON.stringify({ text, seen: version, base: text, sent: [] } satisfies Kept));
  } catch {
    // A full or closed store: after a reload without the server it is read when that is there.
  }
}

export function shownLast(path: string): Kept | undefined {
  try {
    return readKept(sessionStorage.getItem(nameOf(path)) ?? undefined);
  } catch {
    return undefined;
  }
}

function readKept(kept: string | undefined): Kept | undefined {
  try {
    const read = JSON.parse(kept ?? "null");
    if (typeof read?.text !== "string" || typeof read?.seen !== "string") return undefined;
    const sent: unknown[] = Array.isArray(read.sent) ? read.sent : [];
    return {
      text: read.text,
      seen: read.seen,
      base: typeof read.base === "string" ? read.base : "",
      sent: sent.filter((one) => typeof one === "string"),
    };
  } catch {
    return undefined;
  }
}

function nameOf(path: string): string {
  return `note:${path}`;
}
