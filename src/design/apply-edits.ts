/** Applies text edits to a text: what `--fix` does with the edits that findings carry. */

import type { TextEdit } from "../core/finding.ts";

export interface EditsApplied {
  readonly text: string;
  /** Edits that overlap an earlier one: apply them to the new text, where they may no longer be needed. */
  readonly skipped: readonly TextEdit[];
}

/** Edits are offsets into `text`, in any order; where two overlap, the one that begins first is applied. */
export function applyEdits(text: string, edits: readonly TextEdit[]): EditsApplied {
  const skipped: TextEdit[] = [];
  let result = "";
  let at = 0;
  const ordered = edits.toSorted((a, b) => a.at.start.offset - b.at.start.offset || a.at.end.offset - b.at.end.offset);
  for (const edit of ordered) {
    const { start, end } = edit.at;
    if (start.offset < at) {
      skipped.push(edit);
      continue;
    }
    result += text.slice(at, start.offset) + edit.text;
    at = end.offset;
  }
  return { text: result + text.slice(at), skipped };
}
