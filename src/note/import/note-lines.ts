/** The lines of a note's prose, each with the step and the heading that it stands under: what facts are read from. */

import { withoutEscapes } from "../../design/prose-heading.ts";
import { placeOf, type Source } from "./note-source.ts";
import { firstLineFrom, textOfNote } from "./note-text.ts";
import type { ProseLine } from "./proposal.ts";
import { BELOW_HEADER, cellsOf } from "./table-row.ts";
import { calloutOf, isOwnCallout, withoutWikiMarks } from "./wiki-words.ts";

export interface LineInPart extends ProseLine {
  readonly asks: boolean;
  /** With what is no prose of it, such as the target of a link. */
  readonly written: string;
  readonly english: boolean;
}

/** Lines of prose outside fences, with the step and the heading they stand under. */
export function linesOf(source: Source): LineInPart[] {
  const { note, parts, fileSteps } = source;
  const { english, hidden, lines: all } = textOfNote(note);
  const from = source.parts[0]?.heading.start ?? 0;
  const begin = source.lead === "" && source.front === "" ? from : source.front.length;
  const end = parts.at(-1)?.body.end ?? note.text.length;
  const title = parts.findLast(({ how }) => how === "title")?.heading.text ?? "";
  const titled = `${title} ${note.file.split(/[\\/]/u).at(-1) ?? ""}`.toLowerCase();
  const lines: LineInPart[] = [];
  const first = firstLineFrom(all, begin);
  let inHidden = 0;
  let inPart = -1;
  let columns: string[] | undefined;
  let callout: string | undefined;
  for (let i = first; i < all.length && all[i].start < end; i++) {
    const { start, end: at } = all[i];
    const whole = note.text.slice(start, at);
    const number = i + 1;
    while (inHidden < hidden.length && hidden[inHidden].end <= start) inHidden++;
    if (inHidden < hidden.length && hidden[inHidden].start <= start) continue;
    while (inPart + 1 < parts.length && parts[inPart + 1].heading.start < at) inPart++;
    const part = inPart < 0 ? undefined : parts[inPart];
    const written = withoutEscapes(whole.replace(/[\r\n]+$/u, ""));
    const text = withoutWikiMarks(written);
    callout = calloutOf(text) ?? (/^\s*>/u.test(text) ? callout : undefined);
    if (!text.includes("|")) columns = undefined;
    else if (BELOW_HEADER.test(text)) columns = cellsOf(lines.at(-1)?.text ?? "");
    if (text.trim() === "" || text.length > MOST_CHARACTERS) continue;
    const form = part !== undefined && start < part.heading.end ? part.heading.form : undefined;
    lines.push({
      ...(form === "bold" || form === "question" ? { heads: true } : {}),
      text,
      written,
      steps: part === undefined ? fileSteps : placeOf(part, fileSteps).steps,
      under: part?.heading.text.toLowerCase() ?? "",
      place: { file: note.file, line: number, quote: written.trim() },
      titled,
      ...(columns === undefined ? {} : { columns }),
      asks:
        (part?.how !== "beside" || part.isSetAside === true) &&
        part?.how !== "title" &&
        form !== "signs" &&
        form !== "html" &&
        form !== "underlined" &&
        form !== "fold",
      english: english && (callout === undefined || isOwnCallout(callout)),
    });
  }
  return lines;
}

/** Longer lines are data. */
const MOST_CHARACTERS = 2000;
