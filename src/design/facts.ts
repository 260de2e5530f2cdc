/** Reads a YAML block against a schema: typed facts, the place of each, and every error with its mend. */

import type { z } from "zod";
import type { Finding } from "../core/finding.ts";
import type { Span } from "../core/span.ts";
import type { FactNode } from "./fact-tree.ts";
import { nodeAt, plainValue } from "./fact-tree.ts";
import { describeIssue, type OtherBlock } from "./issue.ts";
import type { Locate } from "./locate.ts";
import type { Stretch } from "./markdown.ts";
import type { YamlBlock } from "./sections.ts";
import { readYaml, type YamlProblem } from "./yaml-tree.ts";

export interface FactsRead<Facts> {
  /** The valid part; facts with an error are left out. Undefined when the block is no map at all. */
  readonly facts: Facts | undefined;
  /** The valid part with the place of each fact. Of what was left out nothing is here, and later elements of its list move up. */
  readonly tree: FactNode | undefined;
  readonly findings: readonly Finding[];
  /** Paths of facts that were left out because they are wrong; the empty path where nothing could be read. */
  readonly refused: readonly string[];
}

/** The codes of errors of facts, permanent. */
const FACT_CODES = {
  "unreadable-facts": "HP010",
  "unknown-key": "HP011",
  "wrong-value": "HP012",
  "missing-key": "HP013",
  "alias-in-facts": "HP014",
  "duplicate-key": "HP015",
} as const satisfies Readonly<Record<YamlProblem["name"] | "unknown-key" | "wrong-value" | "missing-key", string>>;

/** More errors than this in one block say the same again. */
const MAXIMUM_FINDINGS = 100;
/** Each round takes wrong facts out; what is left can only be wrong for lack of them, and so on up the tree. */
const MAXIMUM_ROUNDS = 10;

/** `["stages", 0, "factors"]` as `stages[0].factors`. */
function formatPath(path: readonly PropertyKey[]): string {
  return path
    .map((part, i) => (typeof part === "number" ? `[${part}]` : `${i === 0 ? "" : "."}${String(part)}`))
    .join("");
}

/** Never throws. `others` are the blocks of the same note that a fact may belong to in place of this one. */
export function readFacts<Schema extends z.ZodType>(
  block: YamlBlock,
  schema: Schema,
  spanAt: Locate,
  others: readonly OtherBlock[] = [],
): FactsRead<z.output<Schema>> {
  const { root, problems } = readYaml(block);
  const span = (at: Stretch): Span => spanAt(at.start, at.end);
  const findings = problems.map(({ name, message, at, fix, related, severity = "error", edits }): Finding => {
    const places = related === undefined ? undefined : [{ at: span(related), message: "the first one" }];
    return {
      code: FACT_CODES[name],
      name,
      severity,
      message,
      at: span(at),
      fix,
      related: places,
      edits: edits?.map((edit) => ({ at: span(edit), text: edit.text })),
    };
  });
  if (root === undefined) return { facts: undefined, tree: undefined, findings, refused: [WHOLE] };
  let tree: FactNode | undefined = root;
  // What was wrong is taken out; that it is then missing is no second error.
  const taken = new Set<string>();
  const refused: string[] = [];
  for (let round = 0; round < MAXIMUM_ROUNDS && tree !== undefined; round++) {
    const parsed = schema.safeParse(plainValue(tree));
    if (parsed.success) return { facts: parsed.data, tree, findings, refused };
    const wrong: (readonly PropertyKey[])[] = [];
    for (const issue of parsed.error.issues) {
      wrong.push(
        ...(issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path]),
      );
      if (findings.length >= MAXIMUM_FINDINGS) continue;
      const holder = nodeAt(tree, issue.path.slice(0, -1));
      const identity = `${holder?.start ?? 0} ${String(issue.path.at(-1))}`;
      if (taken.has(identity)) continue;
      taken.add(identity);
      for (const { name, message, at, fix, edit } of describeIssue(issue, schema, tree, others)) {
        const edits = edit === undefined ? undefined : [{ at: span(edit), text: edit.text }];
        findings.push({ code: FACT_CODES[name], name, severity: "error", message, at: span(at), fix, edits });
      }
    }
    refused.push(...wrong.map(formatPath));
    tree = withoutAll(tree, wrong);
  }
  return { facts: undefined, tree: undefined, findings, refused: [...refused, WHOLE] };
}

/** The path of a whole block. */
const WHOLE = "";

/** What is to be taken out: everything (`null`), or parts of it by key. */
type Removal = null | Map<PropertyKey, Removal>;

/** The tree without the nodes at the paths. A path that leads nowhere speaks of something absent: what should hold it goes. */
function withoutAll(root: FactNode, paths: readonly (readonly PropertyKey[])[]): FactNode | undefined {
  const all = new Map<PropertyKey, Removal>();
  for (const path of paths) {
    let length = path.length;
    while (length > 0 && nodeAt(root, path.slice(0, length)) === undefined) length--;
    if (length < path.length && nodeAt(root, path.slice(0, length)) === undefined) length = 0;
    const there = path.slice(0, Math.max(length, 0));
    if (there.length === 0) return undefined;
    let at = all;
    for (const part of there.slice(0, -1)) {
      const inner = at.get(part) ?? new Map<PropertyKey, Removal>();
      if (inner === null) break;
      at.set(part, inner);
      at = inner;
    }
    at.set(there[there.length - 1], null);
  }
  return without(root, all);
}

function without(node: FactNode, removal: Map<PropertyKey, Removal>): FactNode {
  const keep = (key: PropertyKey, one: FactNode): FactNode[] => {
    const below = removal.get(key);
    if (below === null) return [];
    return [below === undefined ? one : without(one, below)];
  };
  if (node.entries !== undefined) {
    const entries = [...node.entries].flatMap(([key, one]) =>
      keep(key, one).map((kept): [string, FactNode] => [key, kept]),
    );
    return { ...node, entries: new Map(entries) };
  }
  return node.items === undefined ? node : { ...node, items: node.items.flatMap((one, i) => keep(i, one)) };
}
