/** Takes one fact out of a note and nothing else. */

import { type Failure, fail, type Outcome, succeed } from "../core/outcome.ts";
import { type FactPath, resolvePath } from "./fact-path.ts";
import type { FactNode } from "./fact-tree.ts";
import { nodeAt } from "./fact-tree.ts";
import { addressSection, type NoteForm } from "./note-form.ts";
import { endOfLine, lineAfter, startOfLine } from "./text-lines.ts";
import { readYaml } from "./yaml-tree.ts";

/**
 * The text without the fact at `path`; with it go the comment behind it and the maps and lists that would be left empty. Fails
 * where there is no such fact.
 */
export function removeFact(text: string, path: string, form: NoteForm): Outcome<string> {
  const addressed = addressSection(text, path, form);
  if (!addressed.ok) return addressed;
  const { block, schema, rest } = addressed.value;
  const root = block === undefined ? undefined : readYaml(block).root;
  if (root === undefined) return fail(absent(path));
  const resolved = resolvePath(rest, root, schema);
  if (!resolved.ok) return fail({ ...resolved.failure, where: path });
  if (nodeAt(root, resolved.value) === undefined) return fail(absent(path));
  const cut = stretchOf(text, root, resolved.value);
  if (cut === undefined) {
    return fail({
      code: "cannot-remove",
      message: "the fact shares its line with others",
      where: path,
      fix: "remove it by hand",
    });
  }
  return succeed(text.slice(0, cut.start) + text.slice(cut.end));
}

function absent(where: string): Failure {
  return { code: "no-such-fact", message: "the note does not hold this fact", where };
}

interface Cut {
  readonly start: number;
  readonly end: number;
}

function stretchOf(text: string, root: FactNode, path: FactPath): Cut | undefined {
  const holder = nodeAt(root, path.slice(0, -1));
  const siblings = [...(holder?.entries?.values() ?? holder?.items ?? [])];
  const node = nodeAt(root, path);
  const at = node === undefined ? -1 : siblings.indexOf(node);
  if (holder === undefined || node === undefined || at < 0) return undefined;
  if (siblings.length === 1 && path.length > 1) return stretchOf(text, root, path.slice(0, -1));
  const whole = wholeOf(node);
  if (holder.flow) {
    if (at > 0) return { start: wholeOf(siblings[at - 1]).end, end: whole.end };
    return { start: whole.start, end: wholeOf(siblings[1] ?? node).start };
  }
  const lead = text.slice(startOfLine(text, whole.start), whole.start);
  const ownLine = holder.items === undefined ? /^[ \t]*$/u : /^[ \t]*-[ \t]+$/u;
  if (ownLine.test(lead)) return { start: whole.start - lead.length, end: lineAfter(text, endOfLine(text, whole.end)) };
  // The first fact behind a dash: the next one takes its place.
  return at === 0 && siblings.length > 1 ? { start: whole.start, end: wholeOf(siblings[1]).start } : undefined;
}

/** From its key to the end of its value. */
function wholeOf(node: FactNode): Cut {
  return { start: Math.min(node.key.start, node.start), end: Math.max(node.key.end, node.end) };
}
