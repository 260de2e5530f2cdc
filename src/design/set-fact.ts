/** Changes one fact of a note and nothing else: prose, comments, the order of keys and every other fact stay as written; only the mark of where the old value came from goes. */

import { isCollection, isMap, isScalar, isSeq, parseDocument } from "yaml";
import { type Failure, fail, type Outcome, succeed } from "../core/outcome.ts";
import { type FactPath, resolvePath } from "./fact-path.ts";
import type { FactNode } from "./fact-tree.ts";
import { nodeAt } from "./fact-tree.ts";
import { readFacts } from "./facts.ts";
import { endWithMark, keepMarks } from "./kept-marks.ts";
import { type Addressed, addressSection, type NoteForm } from "./note-form.ts";
import { endOfLine, newlineOf, startOfLine } from "./text-lines.ts";
import { readYaml } from "./yaml-tree.ts";

/** One replacement in the text. */
export interface FactEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * The text with the fact at `path` set: `4.stages.candidates.factors` to `32`. `value` is written as in a note (`32`, `2M`,
 * `[a, b]`, `{ ttl: 60 s }`); text that YAML would read differently is put in quotes. An absent fact is added at the end of its
 * map. Fails where the path is unknown, the section is absent, or the value is wrong for the fact.
 */
export function setFact(text: string, path: string, value: string | number | boolean, form: NoteForm): Outcome<string> {
  const addressed = addressSection(text, path, form);
  if (!addressed.ok) return addressed;
  const { block, schema, rest } = addressed.value;
  const root = block === undefined ? EMPTY : readYaml(block).root;
  if (root === undefined)
    return failAt(path, "unreadable-facts", "the facts of this section have errors of form", "mend them first");
  const resolved = resolvePath(rest, root, schema);
  if (!resolved.ok) return fail({ ...resolved.failure, where: path });
  const kept = keepMarks(text, root, resolved.value);
  if (kept !== text) return setFact(kept, path, value, form);
  const plain = tryValue(text, path, writeValue(String(value)), {
    root,
    resolved: resolved.value,
    addressed: addressed.value,
    form,
  });
  if (plain.ok) return plain;
  // Text that looks like a number or a flag is text where text belongs.
  const quoted = tryValue(text, path, JSON.stringify(String(value)), {
    root,
    resolved: resolved.value,
    addressed: addressed.value,
    form,
  });
  return quoted.ok ? quoted : plain;
}

interface Setting {
  readonly root: FactNode;
  readonly resolved: FactPath;
  readonly addressed: Addressed;
  readonly form: NoteForm;
}

function tryValue(
  text: string,
  path: string,
  written: string,
  { root, resolved, addressed, form }: Setting,
): Outcome<string> {
  const edit = editFor(text, root, resolved, written, addressed);
  if (!edit.ok) return fail({ ...edit.failure, where: path });
  const { start, end, text: inserted } = edit.value;
  const result = text.slice(0, start) + inserted + text.slice(end);
  const wrong = checkResult(result, path, [start, start + inserted.length], resolved, form);
  return wrong === undefined ? succeed(result) : fail({ ...wrong, where: path });
}

const EMPTY: FactNode = { start: 0, end: 0, key: { start: 0, end: 0 }, flow: false, entries: new Map() };

function failAt(where: string, code: string, message: string, fix: string): { ok: false; failure: Failure } {
  return { ok: false, failure: { code, message, where, fix } };
}

/** As it may stand behind a key and inside brackets alike; quoted where it would be read as something else. */
export function writeValue(value: string): string {
  const written = value.trim();
  return written !== "" && !/[\r\n]/u.test(written) && readsAlone(written) ? written : JSON.stringify(value);
}

/** Words and numbers without a mark of YAML: read as they stand wherever they stand, and most values are of this kind. */
const PLAIN = /^\p{L}(?:[\p{L}\p{N} ./()'?%+-]*[\p{L}\p{N})?%])?$/u;

function readsAlone(written: string): boolean {
  if (PLAIN.test(written)) return true;
  const inList = parseDocument(`[${written}]`, { prettyErrors: false });
  const behindKey = parseDocument(`k: ${written}`, { prettyErrors: false });
  if (inList.errors.length + behindKey.errors.length > 0) return false;
  const element = isSeq(inList.contents) && inList.contents.items.length === 1 ? inList.contents.items[0] : undefined;
  const value =
    isMap(behindKey.contents) && behindKey.contents.items.length === 1 ? behindKey.contents.items[0].value : undefined;
  const spans = (node: unknown, from: number): boolean =>
    (isScalar(node) || (isCollection(node) && node.flow === true)) &&
    node.range?.[0] === from &&
    node.range[1] === from + written.length;
  return spans(element, 1) && spans(value, 3);
}

function editFor(
  text: string,
  root: FactNode,
  path: FactPath,
  written: string,
  { block, structure, number }: Addressed,
): Outcome<FactEdit> {
  const present = nodeAt(root, path);
  if (present !== undefined) return succeed(replaceValue(text, present, written));
  let depth = path.length - 1;
  while (depth > 0 && nodeAt(root, path.slice(0, depth)) === undefined) depth--;
  const holder = nodeAt(root, path.slice(0, depth)) ?? root;
  const key = path[depth];
  const inner = path.slice(depth + 1).reduceRight<string>((value, part) => `{ ${String(part)}: ${value} }`, written);
  if (holder.items !== undefined) return succeed(addElement(text, holder, holder.items, inner));
  const line = `${String(key)}: ${inner}`;
  if (holder.entries !== undefined && holder !== root) return succeed(addEntry(text, holder, line));
  if (holder.entries === undefined) {
    if (holder.scalar === null) return succeed(replaceValue(text, holder, `{ ${line} }`));
    const short = text.slice(holder.start, holder.end);
    const message = `\`${path.slice(0, depth).join(".")}\` is written in its short form, \`${short.slice(0, 60)}\``;
    return fail({ code: "short-form", message, fix: "set the whole fact as `{ … }`" });
  }
  if (block !== undefined && root.entries?.size !== 0) return succeed(addEntry(text, root, line));
  if (block !== undefined)
    return succeed({ start: block.offset, end: block.offset, text: `${line}${newlineOf(text)}` });
  const heading = structure.sections.find((section) => section.step === number)?.heading.end.offset ?? text.length;
  const newline = newlineOf(text);
  const fenced = ["", "", "```yaml", line, "```"].join(newline);
  return succeed({ start: heading, end: heading, text: fenced });
}

function replaceValue(text: string, node: FactNode, written: string): FactEdit {
  if (node.start < node.end) return { start: node.start, end: endWithMark(text, node.end), text: written };
  const colon = /^[ \t]*:/u.exec(text.slice(node.key.end, node.key.end + 100));
  const at = node.key.end + (colon?.[0].length ?? 0);
  return { start: at, end: at, text: colon === null ? `: ${written}` : ` ${written}` };
}

function addEntry(text: string, holder: FactNode, line: string): FactEdit {
  const entries = [...(holder.entries?.values() ?? [])];
  const last = entries.at(-1);
  if (last === undefined) return { start: holder.start, end: holder.end, text: `{ ${line} }` };
  const end = Math.max(last.end, last.key.end);
  if (holder.flow) return { start: end, end, text: `, ${line}` };
  const after = endOfLine(text, end);
  const indent = text.slice(startOfLine(text, entries[0].key.start), entries[0].key.start).replaceAll(/[^\s]/gu, " ");
  return { start: after, end: after, text: `${newlineOf(text)}${indent}${line}` };
}

function addElement(text: string, list: FactNode, items: readonly FactNode[], written: string): FactEdit {
  const last = items.at(-1);
  if (last === undefined) return { start: list.start, end: list.end, text: `[${written}]` };
  if (list.flow) return { start: last.end, end: last.end, text: `, ${written}` };
  const after = endOfLine(text, last.end);
  const lead = text.slice(startOfLine(text, last.start), last.start);
  return { start: after, end: after, text: `${newlineOf(text)}${lead}${written}` };
}

/** What the schema says of the new value, or of a text that no longer reads as it should. */
function checkResult(
  text: string,
  path: string,
  [from, to]: readonly [number, number],
  resolved: FactPath,
  form: NoteForm,
): Failure | undefined {
  const again = addressSection(text, path, form);
  if (!again.ok) return again.failure;
  const { block, schema, structure } = again.value;
  const root = block === undefined ? undefined : readYaml(block).root;
  if (block === undefined || root === undefined || nodeAt(root, resolved) === undefined) {
    return { code: "cannot-set", message: "the fact cannot be set where it stands", fix: "write it by hand" };
  }
  const { findings } = readFacts(block, schema, structure.spanAt);
  const finding = findings.find(({ at }) => at.start.offset < to && at.end.offset > from);
  return finding === undefined ? undefined : { code: finding.name, message: finding.message, fix: finding.fix };
}
