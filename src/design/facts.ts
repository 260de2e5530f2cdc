/** Reads a YAML block against a schema: typed facts, the place of each, and every error with its mend. */

import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, parseDocument, visit } from "yaml";
import type { z } from "zod";
import type { Finding } from "../core/finding.ts";
import { nearest } from "../core/nearest.ts";
import type { Span } from "../core/span.ts";
import type { YamlBlock } from "./markdown.ts";
import { knownKeys } from "./schema-keys.ts";

/** Where a fact stands: its key and its value. List elements have no key of their own. */
export interface FactPlace {
  readonly key: Span;
  readonly value: Span;
}

export interface FactsRead<Facts> {
  /** The valid part; facts with an error are left out. Undefined when the block is no map at all. */
  readonly facts: Facts | undefined;
  /** By path: `stages[0].factors`. */
  readonly places: ReadonlyMap<string, FactPlace>;
  readonly findings: readonly Finding[];
}

type Path = readonly (string | number)[];

const MAXIMUM_BLOCK = 200_000;
const MAXIMUM_DEPTH = 40;

/** `["stages", 0, "factors"]` as `stages[0].factors`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : `${i === 0 ? "" : "."}${String(part)}`))
    .join("");
}

export function readFacts<Schema extends z.ZodType>(
  block: YamlBlock,
  schema: Schema,
  spanAt: (start: number, end: number) => Span,
): FactsRead<z.output<Schema>> {
  const findings: Finding[] = [];
  const places = new Map<string, FactPlace>();
  const report = (name: string, message: string, at: Span, fix?: string): void => {
    findings.push({ code: CODES[name] ?? "HP010", name, severity: "error", message, at, fix });
  };
  const refused = refuseUnread(block.source);
  if (refused !== undefined) {
    report("unreadable-facts", refused, block.span, "keep facts short and flat; put prose under the block");
    return { facts: undefined, places, findings };
  }
  const document = parseDocument(block.source, { uniqueKeys: true, keepSourceTokens: false, strict: true });
  for (const error of document.errors) {
    const at = spanAt(block.offset + error.pos[0], block.offset + error.pos[1]);
    const message = error.message.split("\n")[0].replace(/ at line \d+, column \d+:?$/u, "");
    report("unreadable-facts", message.charAt(0).toLowerCase() + message.slice(1), at, yamlMend(error.code));
  }
  if (document.errors.length > 0) return { facts: undefined, places, findings };
  const raw = document.contents === null ? {} : toPlain(document.contents, [], 0);
  const aliases = findAlias(document.contents);
  if (aliases !== undefined) {
    const [start, end] = rangeOf(aliases);
    report(
      "alias-in-facts",
      "anchors and aliases are not read",
      spanAt(block.offset + start, block.offset + end),
      "write the value out",
    );
    return { facts: undefined, places, findings };
  }
  if (!isMap(document.contents) && document.contents !== null) {
    report("unreadable-facts", "facts are `key: value` lines", block.span, "write `goal: …` and so on");
    return { facts: undefined, places, findings };
  }
  const facts = validate(raw, schema, { places, report, fallback: block.span });
  return { facts, places, findings };

  function toPlain(node: unknown, path: Path, depth: number): unknown {
    if (depth > MAXIMUM_DEPTH) return null;
    if (isMap(node)) {
      const entries = node.items.flatMap((pair: Pair): [string, unknown][] => {
        const key = isScalar(pair.key) ? String(pair.key.value) : String(pair.key);
        const inner = [...path, key];
        record(inner, pair.key, pair.value);
        return [[key, toPlain(pair.value, inner, depth + 1)]];
      });
      return Object.fromEntries(entries.filter(([key]) => key !== "__proto__"));
    }
    if (isSeq(node)) {
      return node.items.map((item, i) => {
        record([...path, i], item, item);
        return toPlain(item, [...path, i], depth + 1);
      });
    }
    if (isScalar(node)) return scalarValue(node);
    return null;
  }

  function record(path: Path, key: unknown, value: unknown): void {
    const [keyStart, keyEnd] = rangeOf(key);
    const [valueStart, valueEnd] = value === null ? [keyStart, keyEnd] : rangeOf(value);
    places.set(formatPath(path), {
      key: spanAt(block.offset + keyStart, block.offset + keyEnd),
      value: spanAt(block.offset + valueStart, block.offset + valueEnd),
    });
  }
}

const CODES: Readonly<Record<string, string>> = {
  "unreadable-facts": "HP010",
  "unknown-key": "HP011",
  "wrong-value": "HP012",
  "missing-key": "HP013",
  "alias-in-facts": "HP014",
};

interface Reporting {
  readonly places: ReadonlyMap<string, FactPlace>;
  readonly report: (name: string, message: string, at: Span, fix?: string) => void;
  readonly fallback: Span;
}

/** Reports every issue, then takes the offending parts out until the rest is valid. */
function validate<Schema extends z.ZodType>(
  raw: unknown,
  schema: Schema,
  reporting: Reporting,
): z.output<Schema> | undefined {
  let value = raw;
  for (let round = 0; round < MAXIMUM_DEPTH; round++) {
    const parsed = schema.safeParse(value);
    if (parsed.success) return parsed.data;
    for (const issue of parsed.error.issues) {
      reportIssue(issue, schema, reporting);
      const removed = issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path];
      for (const path of removed) value = without(value, path);
    }
    if (value === undefined) return undefined;
  }
  return undefined;
}

function reportIssue(issue: z.core.$ZodIssue, schema: z.ZodType, { places, report, fallback }: Reporting): void {
  const place = places.get(formatPath(issue.path));
  const at = place?.value ?? fallback;
  if (issue.code === "unrecognized_keys") {
    for (const key of issue.keys) {
      const known = knownKeys(schema, issue.path);
      const suggestion = nearest(key, known);
      const where = places.get(formatPath([...issue.path, key]))?.key ?? at;
      report(
        "unknown-key",
        `unknown key \`${key.slice(0, 60)}\``,
        where,
        suggestion === undefined ? `known here: ${known.join(", ")}` : `did you mean \`${suggestion}\`?`,
      );
    }
    return;
  }
  if (issue.code === "invalid_union") {
    const closest = closestBranch(issue.errors);
    if (closest !== undefined) {
      for (const inner of closest) {
        reportIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, { places, report, fallback: at });
      }
      return;
    }
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const suggestion = issue.input === undefined ? undefined : nearest(String(issue.input), values);
    const fix = `one of ${values.join(", ")}`;
    report(
      "wrong-value",
      "this value is not known",
      at,
      suggestion === undefined ? fix : `did you mean \`${suggestion}\`? ${fix}`,
    );
    return;
  }
  if (issue.code === "invalid_type" && place === undefined) {
    const key = String(issue.path.at(-1) ?? "");
    report(
      "missing-key",
      `\`${key}\` is missing`,
      places.get(formatPath(issue.path.slice(0, -1)))?.value ?? fallback,
      `add \`${key}:\``,
    );
    return;
  }
  const fix = issue.code === "custom" ? fixOf(issue.params) : undefined;
  report("wrong-value", plainMessage(issue), at, fix);
}

function fixOf(params: Record<string, unknown> | undefined): string | undefined {
  return typeof params?.fix === "string" ? params.fix : undefined;
}

function plainMessage(issue: z.core.$ZodIssue): string {
  const message = issue.message.replace(/^Invalid input: /u, "");
  return message.charAt(0).toLowerCase() + message.slice(1);
}

/** The branch of a union that the user most likely meant: the one whose first complaint lies deepest, else a custom one. */
function closestBranch(branches: readonly (readonly z.core.$ZodIssue[])[]): readonly z.core.$ZodIssue[] | undefined {
  const scored = branches
    .filter((issues) => issues.length > 0)
    .map((issues) => ({ issues, score: branchScore(issues) }));
  scored.sort((a, b) => b.score - a.score);
  return scored[0]?.issues;
}

function branchScore(issues: readonly z.core.$ZodIssue[]): number {
  const depth = Math.max(...issues.map((issue) => issue.path.length));
  const custom = issues.some((issue) => issue.code === "custom" || issue.code === "unrecognized_keys") ? 1 : 0;
  return depth * 2 + custom;
}

/** A copy without the value at `path`; list elements are removed, the whole is undefined for an empty path. */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  if (path.length === 0) return undefined;
  const [head, ...rest] = path;
  if (Array.isArray(value)) {
    const at = Number(head);
    if (rest.length === 0) return value.filter((_, i) => i !== at);
    return value.map((item, i) => (i === at ? without(item, rest) : item));
  }
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => {
      if (key !== String(head)) return [[key, inner]];
      return rest.length === 0 ? [] : [[key, without(inner, rest)]];
    }),
  );
}

function scalarValue(node: { value: unknown; source?: string }): unknown {
  // `1_000`, dates and numbers beyond double precision are kept as written; quantities read them again.
  if (typeof node.value === "bigint") return node.source ?? String(node.value);
  return node.value;
}

function rangeOf(node: unknown): [number, number] {
  const range = isNode(node) ? node.range : undefined;
  return range ? [range[0], range[1]] : [0, 0];
}

function isNode(node: unknown): node is Node {
  return isMap(node) || isSeq(node) || isScalar(node) || isAlias(node);
}

function findAlias(contents: unknown): unknown {
  let found: unknown;
  if (isNode(contents)) {
    visit(contents, {
      Alias: (_, node) => {
        found = node;
        return visit.BREAK;
      },
    });
  }
  return found;
}

/** Texts that would take the parser long or deep are refused before it sees them. */
function refuseUnread(source: string): string | undefined {
  if (source.length > MAXIMUM_BLOCK) return `the block is longer than ${MAXIMUM_BLOCK / 1000} kB`;
  let depth = 0;
  for (const character of source) {
    if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
    if (depth > MAXIMUM_DEPTH) return `facts are nested deeper than ${MAXIMUM_DEPTH} levels`;
  }
  const indent = /^ *(?:- ){41,}|^ {400,}/mu.test(source);
  return indent ? `facts are nested deeper than ${MAXIMUM_DEPTH} levels` : undefined;
}

function yamlMend(code: string): string | undefined {
  if (code === "DUPLICATE_KEY") return "keep one of the two";
  if (code === "TAB_AS_INDENT") return "indent with spaces";
  if (code === "BAD_INDENT" || code === "MULTILINE_IMPLICIT_KEY")
    return "check the indentation, and quote text that holds `: `";
  return undefined;
}
