/** Reads the path of a fact as people write it: `stages.candidates.factors`, `stages[0].factors`, `latency.p99.9`. */

import { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { fail, type Outcome, succeed } from "../core/outcome.ts";
import type { FactNode } from "./fact-tree.ts";
import { knownKeys, schemasAt } from "./schema-keys.ts";

export type FactPath = readonly (string | number)[];

/**
 * The path in a section's facts. Elements of a list are addressed by index, by their `name`, or by their first fact where they
 * have no name. An index one past the last element is allowed: it means a new one. Unknown keys fail with the nearest known one.
 */
export function resolvePath(written: string, root: FactNode, schema: z.ZodType): Outcome<FactPath> {
  const path: (string | number)[] = [];
  let node: FactNode | undefined = root;
  let rest = written;
  while (rest !== "") {
    const step: Outcome<PathStep> =
      node?.items === undefined ? nextKey(rest, path, node, schema) : nextElement(rest, path, node.items);
    if (!step.ok) return step;
    const { part, length }: PathStep = step.value;
    path.push(part);
    node = typeof part === "number" ? node?.items?.[part] : node?.entries?.get(part);
    rest = rest.slice(length).replace(/^\.(?=.)/u, "");
  }
  return path.length > 0
    ? succeed(path)
    : fail({ code: "no-fact-named", message: "the path names no fact", fix: "write it like `4.stages[0].factors`" });
}

interface PathStep {
  readonly part: string | number;
  /** How much of the written path it took. */
  readonly length: number;
}

function nextKey(rest: string, path: FactPath, node: FactNode | undefined, schema: z.ZodType): Outcome<PathStep> {
  const known = [...(node?.entries?.keys() ?? []), ...knownKeys(schema, path)];
  const longest = longestPrefix(rest, known);
  if (longest !== undefined) return succeed({ part: longest, length: longest.length });
  const word = /^[^.[]*/u.exec(rest)?.[0] ?? rest;
  const schemas = schemasAt(schema, path);
  const where = path.length === 0 ? "" : ` in \`${path.join(".")}\``;
  if (schemas.some((one) => one instanceof z.ZodRecord) && word !== "")
    return succeed({ part: word, length: word.length });
  if (schemas.some((one) => one instanceof z.ZodArray)) {
    return fail({
      code: "no-such-element",
      message: `the list \`${path.join(".")}\` is not written in the note`,
      fix: "write the list first",
    });
  }
  const suggestion = nearest(word, known);
  const fix =
    suggestion === undefined
      ? known.length === 0
        ? "it holds one value"
        : `known: ${[...new Set(known)].join(", ")}`
      : `did you mean \`${suggestion}\`?`;
  return fail({ code: "unknown-fact", message: `there is no fact \`${word.slice(0, 60)}\`${where}`, fix });
}

function nextElement(rest: string, path: FactPath, items: readonly FactNode[]): Outcome<PathStep> {
  const index = /^(?:\[(?<bracketed>\d{1,6})\]|(?<bare>\d{1,6})(?=[.[]|$))/u.exec(rest);
  if (index?.groups !== undefined) {
    const part = Number(index.groups.bracketed ?? index.groups.bare);
    if (part <= items.length) return succeed({ part, length: index[0].length });
  }
  const elements = items.map(elementName);
  const longest = longestPrefix(rest, elements);
  if (longest !== undefined) return succeed({ part: elements.indexOf(longest), length: longest.length });
  const word = /^[^.]*/u.exec(rest)?.[0] ?? rest;
  const suggestion = nearest(word, elements);
  const there = elements.map((name, i) => (name === "" ? String(i) : name)).join(", ");
  const fix =
    suggestion === undefined ? `there are ${there === "" ? "none" : there}` : `did you mean \`${suggestion}\`?`;
  return fail({
    code: "no-such-element",
    message: `\`${path.join(".")}\` has no element \`${word.slice(0, 60)}\``,
    fix,
  });
}

function elementName(item: FactNode): string {
  const named = item.entries?.get("name") ?? item.entries?.values().next().value ?? item;
  return named.scalar === undefined || named.scalar === null ? "" : String(named.scalar);
}

/** The longest name that the rest begins with and that ends where a path may go on. */
function longestPrefix(rest: string, names: readonly string[]): string | undefined {
  const fitting = names.filter(
    (name) => name !== "" && rest.startsWith(name) && /^(?:$|[.[])/u.test(rest.slice(name.length)),
  );
  return fitting.toSorted((a, b) => b.length - a.length)[0];
}
