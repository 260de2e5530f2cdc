/** Cuts a note into pieces for the seven sections: each to the letter, with nothing in it that could be taken for ours. */

import type { StepNumber } from "../../core/figure.ts";
import { readOutline } from "../../design/markdown.ts";
import type { ProsePart } from "../../review/prose-placement.ts";
import { type ForeignNote, leadTitle, placeOf, type Source } from "./note-source.ts";

/** A stretch of a note and the step it goes to; 0 is *Unsorted*. */
export interface Piece {
  readonly step: StepNumber | 0;
  readonly text: string;
}

export interface Pieces {
  readonly pieces: readonly Piece[];
  /** Fences that got another word in front, as they would be taken for facts. */
  readonly renamed: number;
}

/** The parts of a note in order, each for its step; neighbours for one step stay together. */
export function piecesOf(source: Source, title: string): Pieces {
  const { note, lead, parts, fileSteps } = source;
  const pieces: Piece[] = [];
  let renamed = 0;
  const mild = (text: string): string => {
    const made = withoutFacts(text);
    renamed += made.renamed;
    return made.text;
  };
  const first = fileSteps[0] ?? 0;
  const opening = lead.replace(/^\ufeff/u, "");
  // A first line that has become the title stands there.
  if (opening.trim() !== "" && leadTitle(lead) !== title)
    pieces.push({ step: first, text: closed(mild(edges(opening))) });
  let table: ProsePart["heading"]["head"];
  for (const part of parts) {
    const step = placeOf(part, fileSteps).steps[0] ?? 0;
    const body = note.text.slice(part.body.start, part.body.end);
    const isTitle = part.how === "title";
    const { form, head } = part.heading;
    // The lines above the rows of a table stand above those of each step.
    if (form === "row" && part.heading.text === "") continue;
    const isLoose = form !== "signs" && form !== "underlined" && form !== "html";
    const raw = isTitle
      ? [titleOf(note, part, title), mild(edges(body))].filter((one) => one !== "").join("\n\n")
      : isLoose
        ? mild(edges(note.text.slice(part.heading.start, part.body.end)))
        : [headingOf(note.text.slice(part.heading.start, part.heading.end), part), mild(edges(body))]
            .filter((one) => one !== "")
            .join("\n\n");
    const before = pieces.at(-1);
    if (raw.trim() === "") continue;
    const isOfTable = form === "row" && table !== undefined && head?.start === table.start && before?.step === step;
    const whole = head === undefined || isOfTable ? raw : `${edges(note.text.slice(head.start, head.end))}\n${raw}`;
    table = head;
    const isNextLine = isOfTable || form === "item";
    if (before !== undefined && before.step === step)
      pieces[pieces.length - 1] = { step, text: `${before.text}${isNextLine ? "\n" : "\n\n"}${closed(whole)}` };
    else pieces.push({ step, text: closed(dedented(whole)) });
  }
  return { pieces, renamed };
}

/** The line of a title where it holds more than its words: emphasis, links, tags. */
function titleOf(note: ForeignNote, part: ProsePart, title: string): string {
  const written = headingOf(note.text.slice(part.heading.start, part.heading.end), part);
  return wordsIn(written).join(" ") === wordsIn(title).join(" ") ? "" : written;
}

/** Headings with signs go below those of the sections, underlined ones get signs; HTML stays as it is. */
function headingOf(written: string, { heading }: ProsePart): string {
  if (heading.form === "html") return written.trim();
  const words =
    heading.form === "underlined"
      ? written.replace(/[\r\n][^\r\n]*$/u, "").trim()
      : written.replace(/^\s*#+\s*/u, "").trim();
  return `${"#".repeat(Math.min(6, Math.max(3, heading.depth + 1)))} ${words}`.trim();
}

/** Fences that would be taken for facts of ours get the word `text` in front of theirs; what they hold stays to the letter. */
function withoutFacts(text: string): { readonly text: string; readonly renamed: number } {
  let made = "";
  let at = 0;
  let renamed = 0;
  for (const block of readOutline(text).blocks) {
    const isYaml = block.language === "yaml" || block.language === "yml";
    const looksSo =
      block.language === "" && /^[a-z][a-z-]*:(?:\s|$)/u.test(text.slice(block.body.start, block.body.end));
    if (!isYaml && !looksSo) continue;
    const mark = /^(?:`{3,}|~{3,})[ \t]*/u.exec(text.slice(block.start))?.[0] ?? "";
    made += `${text.slice(at, block.start)}${mark}text${isYaml ? " " : ""}`;
    at = block.start + mark.length;
    renamed++;
  }
  return { text: made + text.slice(at), renamed };
}

/** Without empty lines at both ends; what stands inside stays to the letter. */
function edges(text: string): string {
  return text.replace(/^(?:[ \t]*(?:\r\n|\n|\r))+/u, "").trimEnd();
}

/** A list that comes from deep inside another begins at the left edge again. */
function dedented(text: string): string {
  const indent = /^[ \t]*/u.exec(text)?.[0] ?? "";
  if (indent.length < 2 || text.includes("```") || text.includes("~~~")) return text;
  return text
    .split("\n")
    .map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line))
    .join("\n");
}

/** With an end for a fence and a comment that have none: what follows is not theirs. */
function closed(text: string): string {
  const outline = readOutline(`${text}\n`);
  const open = outline.blocks.findLast((block) => !block.closed && !block.nested && block.end >= text.length);
  if (open !== undefined)
    return `${text}\n${/^[ \t]*(?<mark>`{3,}|~{3,})/u.exec(text.slice(open.start))?.groups?.mark ?? "```"}`;
  const comment = outline.comments.at(-1);
  const isOpen = comment !== undefined && /^<!--(?![\s\S]*-->)/u.test(text.slice(comment.start).trimStart());
  return isOpen && comment.end >= text.length ? `${text}\n-->` : text;
}

/** In a fence longer than any inside. */
export function fenced(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`{3,}/gu)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${text.replace(/^\ufeff/u, "").replace(/(?:\r\n|\n|\r)$/u, "")}\n${fence}`;
}

/** Runs of anything but space: figures, formulas and marks too. Signs of headings and underlines are form. */
export function wordsIn(text: string): string[] {
  const words = (text.match(/[^\s\ufeff]+/gu) ?? []).map((word) => word.replace(/^(?:`{3,}|~{3,})/u, ""));
  return words.filter((word) => !/^(?:#{0,6}|=+|-+)$/u.test(word));
}
