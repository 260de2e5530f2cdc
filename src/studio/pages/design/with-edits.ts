/** The text of a note with what a mend puts into it. */

import type { PlainFinding } from "../../worker/messages.ts";

/** From the last to the first, so that places stay true. */
export function withEdits(text: string, edits: PlainFinding["edits"]): string {
  return [...edits]
    .sort((a, b) => b.from - a.from)
    .reduce((done, { from, to, text: put }) => done.slice(0, from) + put + done.slice(to), text);
}
