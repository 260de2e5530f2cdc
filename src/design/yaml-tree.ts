/** Reads a YAML block into a tree of values with their places, and says in plain words what is no YAML. */

import { isAlias, isMap, isScalar, isSeq, type Pair, parseDocument } from "yaml";
import { isPointBeforeThree } from "../core/number-text.ts";
import type { FactNode } from "./fact-tree.ts";
import type { Stretch } from "./markdown.ts";
import { readPlainYaml } from "./plain-yaml.ts";
import type { YamlBlock } from "./sections.ts";
import { withYamlEdits, yamlEdits } from "./yaml-edits.ts";
import { mendYaml } from "./yaml-mend.ts";

export interface YamlProblem {
  readonly name: "unreadable-facts" | "alias-in-facts" | "duplicate-key";
  readonly message: string;
  readonly at: Stretch;
  readonly fix?: string;
  /** The first of two. */
  readonly related?: Stretch;
  /** An error unless told. */
  readonly severity?: "error" | "warning";
  readonly edits?: readonly (Stretch & { readonly text: string })[];
}

export interface YamlRead {
  /** Undefined where the block is no YAML at all; an empty block is an empty map. */
  readonly root: FactNode | undefined;
  readonly problems: readonly YamlProblem[];
}

/** All facts of a note together, in characters: the YAML reader needs half a second for this many brackets and commas. */
export const MAXIMUM_FACTS = 40_000;
const MAXIMUM_DEPTH = 40;
const MAXIMUM_PROBLEMS = 50;
/** No key is longer; what is gets cut, so that the paths below it stay short. */
const MAXIMUM_KEY = 80;

/** Never throws. */
export function readYaml(block: YamlBlock): YamlRead {
  // A lone CR ends a line in Markdown but not in YAML.
  const written = block.source.replaceAll(/\r(?!\n)/gu, "\n");
  const foreign = foreignSpaces(written, block.offset);
  const source = foreign === undefined ? written : written.replaceAll(FOREIGN_SPACE, " ");
  const read = readSource(block, source);
  return foreign === undefined ? read : { root: read.root, problems: [foreign, ...read.problems] };
}

/** A no-break space is none to YAML: where it indents or parts, keys and values would be others. Copied text is full of them. */
const FOREIGN_SPACE = /[\u00a0\u2007\u202f]/gu;

/** One problem for all of a block, or undefined where such spaces stand only inside words. */
function foreignSpaces(source: string, offset: number): YamlProblem | undefined {
  const parting =
    /^[ \u00a0\u2007\u202f]*[\u00a0\u2007\u202f]|[:,[{-][\u00a0\u2007\u202f]|[\u00a0\u2007\u202f][}\]#]/mu.exec(source);
  if (parting === null) return undefined;
  const places = [...source.matchAll(FOREIGN_SPACE)].map(({ index }) => ({
    start: offset + index,
    end: offset + index + 1,
  }));
  return {
    name: "unreadable-facts",
    severity: "warning",
    message: `${places.length} no-break ${places.length === 1 ? "space stands" : "spaces stand"} where YAML needs plain ones; read as plain ones`,
    at: places[0],
    fix: "put plain spaces in their place",
    edits: places.slice(0, MAXIMUM_EDITS).map((place) => ({ ...place, text: " " })),
  };
}

const MAXIMUM_EDITS = 2000;

function readSource(block: YamlBlock, source: string): YamlRead {
  const whole = { start: block.span.start.offset, end: block.span.end.offset };
  const plain = source.length > MAXIMUM_FACTS ? undefined : readPlainYaml(source, block.offset);
  if (plain !== undefined) return { root: plain, problems: [] };
  const refused = refuseUnread(source);
  if (refused !== undefined) {
    return { root: undefined, problems: [{ name: "unreadable-facts", message: refused, at: whole, fix: FLAT }] };
  }
  return readFullYaml(block, source);
}

/** What `readYaml` does with text that is not plain: all of YAML is read, and what is wrong is said. */
export function readFullYaml(block: YamlBlock, source: string): YamlRead {
  const whole = { start: block.span.start.offset, end: block.span.end.offset };
  const document = parseSafely(source);
  if (document === undefined) {
    const message = "the facts are nested too deeply to be read; none of this block is read";
    return { root: undefined, problems: [{ name: "unreadable-facts", message, at: whole, fix: FLAT }] };
  }
  const problems: YamlProblem[] = [];
  // What follows the first error is mostly its echo. A tab is named first: it is not seen.
  const { errors } = document;
  const error = errors.find(({ code }) => code === "TAB_AS_INDENT") ?? errors[0];
  if (error !== undefined) {
    const { message, fix, from, to } = mendYaml(error.code, error.message, source, error.pos);
    const at = { start: block.offset + from, end: block.offset + to };
    const said = `${message}; none of this block is read`;
    const edits = readableEdits(source, from, to, block.offset);
    return { root: undefined, problems: [{ name: "unreadable-facts", message: said, at, fix, ...edits }] };
  }
  const place = (node: unknown): Stretch => {
    const range = isMap(node) || isSeq(node) || isScalar(node) || isAlias(node) ? node.range : undefined;
    return range ? { start: block.offset + range[0], end: block.offset + range[1] } : whole;
  };
  const report = (problem: YamlProblem): void => {
    if (problems.length < MAXIMUM_PROBLEMS) problems.push(problem);
  };
  const empty: FactNode = { ...whole, key: whole, flow: false, entries: new Map() };
  const isEmpty = document.contents === null || (isScalar(document.contents) && document.contents.value === null);
  const root = isEmpty
    ? empty
    : toNode(document.contents, undefined, 0, { place, report, source, offset: block.offset });
  if (root.entries !== undefined) return { root, problems };
  const { message, fix, from, to } = mendYaml("NOT_A_MAP", "", source, [0, 0]);
  const edits = readableEdits(source, from, to, block.offset);
  return { root: undefined, problems: [...problems, { name: "unreadable-facts", message, at: root, fix, ...edits }] };
}

/** Edits after which all of the block is read as facts, or what is wrong stands further down; none where the reader does not agree. */
function readableEdits(source: string, from: number, to: number, offset: number): Pick<YamlProblem, "edits"> {
  const edits = yamlEdits(source, from, to);
  if (edits.length === 0 || edits.length > MAXIMUM_EDITS) return {};
  const mended = parseSafely(withYamlEdits(source, edits));
  const last = edits[edits.length - 1];
  // A mark that is closed in the wrong place leaves an error further down too; a space does not.
  const mayGoOn = edits.every(({ text }) => text.trim() === "");
  const isRead =
    mended !== undefined &&
    (mended.errors.length === 0
      ? isMap(mended.contents)
      : mayGoOn && mended.errors.every(({ pos }) => pos[0] > last.to + 1));
  return isRead
    ? { edits: edits.map((one) => ({ start: offset + one.from, end: offset + one.to, text: one.text })) }
    : {};
}

/** The reader calls itself for each level; what would take all of its stack is no fact. */
function parseSafely(source: string) {
  try {
    return parseDocument(source, { uniqueKeys: false, prettyErrors: false, strict: true, logLevel: "error" });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const FLAT = "keep facts short and flat, and put prose under the block";

interface Building {
  readonly place: (node: unknown) => Stretch;
  readonly report: (problem: YamlProblem) => void;
  readonly source: string;
  readonly offset: number;
}

function toNode(node: unknown, key: Stretch | undefined, depth: number, building: Building): FactNode {
  const { place, report, source, offset } = building;
  reportProperties(node, building);
  const at = trimEnd(place(node), source, offset);
  const base = { ...at, key: key ?? at, flow: false };
  if (depth > MAXIMUM_DEPTH) {
    report({
      name: "unreadable-facts",
      message: `facts are nested deeper than ${MAXIMUM_DEPTH} levels`,
      at,
      fix: "keep facts flat",
    });
    return { ...base, scalar: null };
  }
  if (isMap(node)) return { ...base, flow: node.flow === true, entries: toEntries(node.items, depth, building) };
  if (isSeq(node)) {
    return {
      ...base,
      flow: node.flow === true,
      items: node.items
        .filter((item) => isRead(item, building))
        .map((item) => toNode(item, undefined, depth + 1, building)),
    };
  }
  if (!isScalar(node)) return { ...base, scalar: null };
  return { ...base, scalar: scalarValue(node.value, node.source) };
}

/** Anchors and tags change what a value is without a reader of the note seeing it. */
function reportProperties(node: unknown, { place, report, source, offset }: Building): void {
  if (!isMap(node) && !isSeq(node) && !isScalar(node)) return;
  if (node.anchor === undefined && node.tag === undefined) return;
  const at = place(node);
  const mark = node.anchor === undefined ? "!" : "&";
  const found = source.lastIndexOf(mark, at.start - offset);
  const start = found < 0 ? at.start : offset + found;
  const message =
    node.anchor === undefined ? "tags (`!`) are not read" : "anchors (`&`) and aliases (`*`) are not read";
  report({ name: "alias-in-facts", message, at: { start, end: Math.max(at.start, start + 1) }, fix: WRITE_OUT });
}

const WRITE_OUT = "write the value out, or put it in quotes where it is text";

/** Aliases are left out: what they stand for may be as large as the world. */
function isRead(node: unknown, { place, report }: Building): boolean {
  if (!isAlias(node)) return true;
  report({
    name: "alias-in-facts",
    message: "anchors (`&`) and aliases (`*`) are not read",
    at: place(node),
    fix: WRITE_OUT,
  });
  return false;
}

function toEntries(pairs: readonly Pair[], depth: number, building: Building): Map<string, FactNode> {
  const { place, report } = building;
  const entries = new Map<string, FactNode>();
  for (const pair of pairs) {
    if (!isRead(pair.value, building)) continue;
    const at = place(pair.key);
    const written = isScalar(pair.key) ? keyText(pair.key.value, pair.key.source) : "?";
    const key = written.slice(0, MAXIMUM_KEY);
    const first = entries.get(key);
    // Without a value the place of the value is the end of its key.
    const missing = { start: at.end, end: at.end, key: at, flow: false, scalar: null };
    const value = pair.value === null ? missing : toNode(pair.value, at, depth + 1, building);
    if (first === undefined) entries.set(key, value);
    else {
      const fix = "keep one of the two";
      report({ name: "duplicate-key", message: `the key \`${key}\` stands twice`, at, fix, related: first.key });
    }
  }
  return entries;
}

/** Keys are text as written: `31` and `0x1f` are two keys. */
function keyText(value: unknown, source: string | undefined): string {
  return typeof value === "string" ? value : (source ?? String(value));
}

/** Numbers that lose digits as doubles stay text; quantities read them again. */
function scalarValue(value: unknown, source: string | undefined): string | number | boolean | null {
  if (typeof value === "number") {
    return Number.isFinite(value) && !isPointBeforeThree(source ?? "") ? value : (source ?? String(value));
  }
  if (typeof value === "string" || typeof value === "boolean") return value;
  return value === null || value === undefined ? null : (source ?? String(value));
}

/** Block collections end where their last line ends, not where the next one begins. */
function trimEnd(at: Stretch, source: string, offset: number): Stretch {
  let end = at.end;
  while (end > at.start && /\s/u.test(source[end - 1 - offset] ?? "")) end--;
  return { start: at.start, end };
}

/** Texts that would take the full reader long or deep are refused before it sees them. */
function refuseUnread(source: string): string | undefined {
  if (source.length > MAXIMUM_FACTS) return `the block is longer than ${MAXIMUM_FACTS / 1000} kB`;
  const tooDeep = `facts are nested deeper than ${MAXIMUM_DEPTH} levels`;
  if (/^[ \t]*(?:[-?:][ \t]+){20}/mu.test(source) || /^ {400}/mu.test(source)) return tooDeep;
  // `a: a: a: …` on one line: each colon would open a map inside the one before.
  if (/(?:[^\s,{}[\]:"']{0,80}:[ \t]+){30}/u.test(source)) return tooDeep;
  let depth = 0;
  let strays = 0;
  let before = "";
  for (const character of source) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") {
      if (depth === 0) strays++;
      depth = Math.max(0, depth - 1);
    } else if (character === "," && EMPTY_BEFORE.has(before)) strays++;
    if (depth > MAXIMUM_BRACKETS) return tooDeep;
    if (strays > MAXIMUM_BRACKETS) return "the block is full of commas and brackets without values";
    if (character > " ") before = character;
  }
  return undefined;
}

/** A comma behind one of these separates nothing. */
const EMPTY_BEFORE = new Set(["[", "{", ","]);
/** Brackets in text are counted too, so the limit is far above what facts need and far below what the reader's stack bears. */
const MAXIMUM_BRACKETS = 400;
