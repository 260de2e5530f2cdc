/** The headings of a plain note in every form that people give them: signs, underlines, bold lines, bold words before a text, `<h2>`, folds, questions, rows of tables and items of lists. */

import { BYTE_ORDER_MARK } from "./locate.ts";
import { type Outline, readOutline, type Stretch } from "./markdown.ts";
import { folds } from "./prose-folds.ts";
import { ITEM_DEPTH, type ProseHeading, plainWords } from "./prose-heading.ts";
import {
  bold,
  capitals,
  html,
  item,
  type Line,
  label,
  linesOf,
  question,
  row,
  runIn,
  tableAround,
  underlined,
} from "./prose-line-forms.ts";

export interface ProseOutline {
  readonly outline: Outline;
  /** Front matter that is closed: between `---` and `---` or `...`, or between `+++`. */
  readonly front: Stretch | undefined;
  /** In the order of the text. */
  readonly headings: readonly ProseHeading[];
}

/**
 * Reads each line once. Every item of a list is given, whatever it says: only who knows the wordings can tell which of them are headings.
 * Fences, comments, front matter and quotes hold no headings.
 */
export function readProseOutline(text: string): ProseOutline {
  const foreign = fenced(text, "+++", "+++") ?? fenced(text, "---", "...");
  const outline = readOutline(text, foreign?.end ?? 0);
  const front = foreign ?? (outline.front?.closed === true ? outline.front : undefined);
  const headings: ProseHeading[] = outline.headings.map((heading) => ({
    ...heading,
    text: plainWords(heading.text),
    form: "signs",
  }));
  const closed = [...outline.blocks, ...outline.comments, ...(front === undefined ? [] : [front])].sort(
    (a, b) => a.start - b.start,
  );
  let next = 0;
  let numbered: number | undefined;
  let table: Stretch | undefined;
  let before: Line = { start: 0, end: 0, text: "" };
  let beforeThat = "";
  for (const line of linesOf(text)) {
    while (next < closed.length && closed[next].end <= line.start) next++;
    const hidden = next < closed.length && closed[next].start <= line.start + line.text.search(/\S|$/u);
    if (hidden) table = undefined;
    else {
      table = tableAround(table, before, line);
      const heading =
        underlined(before, beforeThat, line) ??
        html(line) ??
        bold(line, before) ??
        capitals(line, before) ??
        runIn(line, before) ??
        item(line);
      if (heading?.form === "item") {
        const columns = heading.depth - ITEM_DEPTH;
        const isNumber = /^\s*\d/u.test(line.text);
        // Bullets at the edge of a numbered item stand below it.
        const isBelow = !isNumber && numbered === columns;
        if (!isBelow) numbered = isNumber ? columns : undefined;
        headings.push(isBelow ? { ...heading, depth: heading.depth + 1 } : heading);
      } else if (heading !== undefined) {
        numbered = undefined;
        // What is bold and underlined is one heading.
        if (heading.form === "underlined") while (headings.at(-1)?.start === heading.start) headings.pop();
        headings.push(heading);
      }
      const beside = question(line, before) ?? (table === undefined ? label(line, before) : row(line, table));
      if (beside !== undefined) headings.push(beside);
    }
    beforeThat = before.text;
    before = hidden ? { ...line, text: "" } : line;
  }
  const byPlace = (a: Stretch, b: Stretch): number => a.start - b.start;
  headings.sort(byPlace);
  const folded = folds(text, headings, closed);
  if (folded.length > 0) headings.push(...folded);
  headings.sort(byPlace);
  return { outline, front, headings };
}

/** TOML as Hugo and Zola write it, or YAML that ends as YAML may; it has to be closed, and by no other mark before. */
function fenced(text: string, opening: string, closing: string): Stretch | undefined {
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0;
  if (!text.startsWith(opening, start)) return undefined;
  for (const line of linesOf(text)) {
    const words = line.text.replace(/^\ufeff/u, "").trimEnd();
    if (line.start === 0 && words !== opening) return undefined;
    if (line.start > 0 && words === closing) return { start, end: line.end };
    if (line.start > 0 && words === opening) return undefined;
  }
  return undefined;
}
