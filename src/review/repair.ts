/** Turns a mechanical mend into an edit of the note's text, in the style of the map it stands in. */

import type { TextEdit } from "../core/finding.ts";
import { placeOf } from "../design/place.ts";
import type { Design } from "../steps/design.ts";
import type { Repair } from "./rule.ts";

/** Undefined where the place of the mend is not in the note: nothing is guessed. */
export function editOf(repair: Repair, design: Design): TextEdit | undefined {
  if ("replace" in repair) {
    if (!design.places.has(repair.replace)) return undefined;
    return { at: placeOf(design, repair.replace).value, text: repair.by };
  }
  if (!design.places.has(repair.addTo)) return undefined;
  const map = placeOf(design, repair.addTo).value;
  const added = `${repair.key}: ${repair.value}`;
  const written = design.text.slice(map.start.offset, map.end.offset);
  const inFlow = /^\{(?<body>[\s\S]*?)(?<space>\s*)\}\s*$/u.exec(written)?.groups;
  if (inFlow === undefined)
    return { at: { ...map, end: map.start }, text: `${added}\n${indentOf(design.text, map.start.offset)}` };
  const offset = map.start.offset + 1 + inFlow.body.length;
  const column = map.start.column + 1 + inFlow.body.length;
  if (inFlow.body.includes("\n")) return undefined;
  const at = { line: map.start.line, column, offset };
  return { at: { file: map.file, start: at, end: at }, text: inFlow.body.trim() === "" ? ` ${added}` : `, ${added}` };
}

/** Spaces from the start of the line, a list's dash counted as one of them. */
function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return " ".repeat(offset - start);
}
