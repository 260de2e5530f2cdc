/** Turns a mechanical mend into an edit of the note's text, in the style of the map it stands in. */

import type { TextEdit } from "../core/finding.ts";
import type { FactPath } from "../design/fact-path.ts";
import type { FactNode, FactPlace } from "../design/fact-tree.ts";
import { nodeAt } from "../design/fact-tree.ts";
import { endWithMark, keepMarks } from "../design/kept-marks.ts";
import type { YamlBlock } from "../design/sections.ts";
import { readYaml } from "../design/yaml-tree.ts";
import type { Design } from "../steps/design.ts";
import type { Repair } from "./rule.ts";

interface PlainEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Undefined where the place of the mend is not in the note: nothing is guessed. */
export function editOf(repair: Repair, design: Design): TextEdit | undefined {
  const place = design.places.get("replace" in repair ? repair.replace : repair.addTo);
  if (place === undefined) return undefined;
  const edit = marked(repair, design, place) ?? plain(repair, design.text, place);
  return edit === undefined ? undefined : { at: design.spanAt(edit.start, edit.end), text: edit.text };
}

function plain(repair: Repair, text: string, { start, end }: FactPlace): PlainEdit | undefined {
  if ("replace" in repair) return { start, end: endWithMark(text, end), text: repair.by };
  const added = `${repair.key}: ${repair.value}`;
  const inFlow = /^\{(?<body>[\s\S]*?)(?<space>\s*)\}\s*$/u.exec(text.slice(start, end))?.groups;
  if (inFlow === undefined) return { start, end: start, text: `${added}\n${indentOf(text, start)}` };
  if (inFlow.body.includes("\n")) return undefined;
  const at = start + 1 + inFlow.body.length;
  return { start: at, end: at, text: inFlow.body.trim() === "" ? ` ${added}` : `, ${added}` };
}

/** Where a mark says something of other facts of the line, they keep it and the new value stands without; undefined where none does. */
function marked(repair: Repair, { text, sections }: Design, place: FactPlace): PlainEdit | undefined {
  const block = sections.find(({ facts }) => facts !== undefined && isWithin(place, facts))?.facts;
  const root = block === undefined ? undefined : readYaml(block).root;
  const path = root === undefined ? undefined : pathOf(root, place);
  if (block === undefined || root === undefined || path === undefined) return undefined;
  const whole = "replace" in repair ? path : [...path, repair.key];
  let [kept, tree]: [string, FactNode] = [text, root];
  for (;;) {
    const next = keepMarks(kept, tree, whole);
    const length = block.source.length + next.length - text.length;
    const read = readYaml({ ...block, source: next.slice(block.offset, block.offset + length) }).root;
    if (next === kept || read === undefined) break;
    [kept, tree] = [next, read];
  }
  const node = kept === text ? undefined : nodeAt(tree, path);
  const edit = node === undefined ? undefined : plain(repair, kept, node);
  return edit && changeFrom(text, kept.slice(0, edit.start) + edit.text + kept.slice(edit.end));
}

function isWithin({ start, end }: FactPlace, { offset, source }: YamlBlock): boolean {
  return start >= offset && end <= offset + source.length;
}

/** The path of the fact that stands at a place. */
function pathOf(node: FactNode, { start, end, key }: FactPlace): FactPath | undefined {
  for (const [name, one] of [...(node.entries ?? []), ...(node.items?.entries() ?? [])]) {
    if (one.start === start && one.end === end && one.key.start === key.start) return [name];
    const below = pathOf(one, { start, end, key });
    if (below !== undefined) return [name, ...below];
  }
  return undefined;
}

/** The one replacement that makes one text of the other. */
function changeFrom(before: string, after: string): PlainEdit {
  let start = 0;
  while (start < before.length && before[start] === after[start]) start++;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end++;
  return { start, end: before.length - end, text: after.slice(start, after.length - end) };
}

/** Spaces from the start of the line, a list's dash counted as one of them. */
function indentOf(text: string, offset: number): string {
  const start = text.lastIndexOf("\n", offset - 1) + 1;
  return " ".repeat(offset - start);
}
