/** Puts a schema's complaint into words for the person who wrote the note. */

import type { z } from "zod";
import { nearest } from "../core/nearest.ts";
import { nestedFact } from "../core/nested-fact.ts";
import { pointDoubt } from "../core/number-text.ts";
import { parseQuantity } from "../core/quantity.ts";
import type { FactNode } from "./fact-tree.ts";
import { nodeAt } from "./fact-tree.ts";
import type { Stretch } from "./markdown.ts";
import { describeKeys, kindOf, knownKeys, schemasAt } from "./schema-keys.ts";

export interface IssueWords {
  readonly name: "unknown-key" | "wrong-value" | "missing-key";
  readonly message: string;
  readonly at: Stretch;
  readonly fix?: string;
  /** The mend, where there is just one: this text in place of what stands there. */
  readonly edit?: Stretch & { readonly text: string };
}

/** Another block of the note, as it is called: `section 1 (clarify)`. */
export interface OtherBlock {
  readonly called: string;
  readonly schema: z.ZodType;
}

/** One complaint may speak of several keys. `root` is the tree that the schema was given. */
export function describeIssue(
  issue: z.core.$ZodIssue,
  schema: z.ZodType,
  root: FactNode,
  others: readonly OtherBlock[] = [],
): IssueWords[] {
  if (issue.code === "unrecognized_keys")
    return issue.keys.slice(0, MAXIMUM_KEYS).map((key) => unknownKey(key, issue.path, schema, root, others));
  if (issue.code === "invalid_union") {
    const closest = closestBranch(issue.errors, nodeAt(root, issue.path));
    if (closest !== undefined) {
      return closest.flatMap((inner) =>
        describeIssue({ ...inner, path: [...issue.path, ...inner.path] }, schema, root),
      );
    }
  }
  const node = nodeAt(root, issue.path);
  if (node === undefined) return [missingKey(issue.path, schema, root)];
  const name = "wrong-value";
  const key = String(issue.path.findLast((part) => typeof part === "string") ?? "");
  if (issue.code === "custom") {
    const fix: unknown = issue.params?.fix;
    return [{ name, message: issue.message, at: node, fix: typeof fix === "string" ? fix : undefined }];
  }
  if (issue.code === "invalid_value") return [unknownValue(key, issue.values.map(String), node)];
  if (node.scalar === null && node.start === node.end) {
    return [
      {
        name,
        message: `\`${key}\` has no value`,
        at: node.key,
        fix: `write \`${key}: …\`, ${belongs(issue.path, schema)}`,
      },
    ];
  }
  if (issue.code === "too_small" || issue.code === "too_big") {
    const small = issue.code === "too_small";
    const limit = small ? issue.minimum : issue.maximum;
    const strictly = issue.inclusive === false ? (small ? "more than" : "less than") : small ? "at least" : "at most";
    const message = `\`${shown(node)}\` is too ${small ? "small" : "large"}: \`${key}\` is ${strictly} ${String(limit)}${reasonOf(issue)}`;
    return [{ name, message, at: node, fix: `write a number that is ${strictly} ${String(limit)}` }];
  }
  const expected = kindsAt(issue.path, schema);
  // The reader keeps such a number as text, so that nobody's decimals become thousands.
  const doubt =
    typeof node.scalar === "string" && /\bnumber\b/u.test(expected) ? pointDoubt(node.scalar, true) : undefined;
  if (doubt !== undefined)
    return [
      {
        name,
        message: doubt.message,
        at: node,
        fix: `write \`${node.scalar}0\` or \`${String(node.scalar).replace(".", "")}\``,
      },
    ];
  const message = `\`${key}\` is ${whatIs(node)}, but ${expected} ${expected.endsWith("facts") ? "belong" : "belongs"} here`;
  return [{ name, message, at: node, fix: wrongKindFix(expected, node, knownKeys(schema, issue.path)) }];
}

/** What a schema says of its own limit; the schema language's words for any limit are left out. */
function reasonOf({ message }: z.core.$ZodIssue): string {
  return /^(?:Too |Invalid )/u.test(message) ? "" : `, since ${message}`;
}

/** A map with more unknown keys than this is wrong as a whole. */
const MAXIMUM_KEYS = 30;

function unknownKey(
  key: string,
  path: readonly PropertyKey[],
  schema: z.ZodType,
  root: FactNode,
  others: readonly OtherBlock[],
): IssueWords {
  const name = "unknown-key";
  const parent = nodeAt(root, path);
  const node = parent?.entries?.get(key);
  const at = node?.key ?? parent ?? root;
  if (parent?.flow === true && node?.scalar === null && node.start === node.end) {
    const message = `\`${shorten(key)}\` has no value: a comma ends a value inside { }`;
    return {
      name,
      message,
      at,
      fix: "put the whole text that holds the comma in quotes",
      edit: quoteWithComma(parent, key),
    };
  }
  const known = knownKeys(schema, path);
  const similar = suggest(key, known);
  const mayStandElsewhere = path.length === 0 && !isAnotherForm(key, similar);
  const homes = mayStandElsewhere ? homesOf(key, schema) : [];
  const blocks = mayStandElsewhere ? others.filter((other) => knownKeys(other.schema, []).includes(key)) : [];
  if (blocks.length > 0) {
    const called = blocks.map((block) => block.called).join(" or ");
    const also = homes.length === 0 ? "" : `; here \`${shorten(key)}\` stands inside ${orOf(homes)} only`;
    return {
      name,
      message: `\`${shorten(key)}\` is a fact of ${called}, not of this block`,
      at,
      fix: `move it to the facts of ${called}${also}`,
    };
  }
  if (homes.length > 0) {
    const [first] = homes;
    const message = `\`${shorten(key)}\` stands inside ${orOf(homes)}, not here`;
    return {
      name,
      message,
      at,
      fix: `write it below \`${first}:\`, as in \`${nestedFact(first.split("."), `${key}: …`)}\``,
    };
  }
  const edit =
    similar === undefined || node === undefined || parent?.entries?.has(similar)
      ? undefined
      : { ...node.key, text: similar };
  const suggestion = similar ?? (path.length === 0 ? suggestPath(key, schema) : undefined);
  const where =
    path.length === 0 ? "here" : `in \`${String(path.findLast((part) => typeof part === "string") ?? "")}\``;
  const message = `unknown key \`${shorten(key)}\` ${where}`.trimEnd();
  return {
    name,
    message,
    at,
    fix: suggestion === undefined ? `known ${where}: ${known.join(", ")}` : `did you mean \`${suggestion}\`?`,
    edit,
  };
}

/** The maps of a section, each below the section itself, that know a key by just this name: `serving` for `fallback`. */
function homesOf(key: string, schema: z.ZodType): readonly string[] {
  const found = describeKeys(schema).flatMap(({ path }) => {
    const at = path.lastIndexOf(".");
    return at > 0 && path.slice(at + 1) === key ? [path.slice(0, at)] : [];
  });
  return [...new Set(found)].filter((home) => !/[[\]]/u.test(home)).slice(0, 3);
}

function orOf(names: readonly string[]): string {
  return names.map((name) => `\`${name}\``).join(" or ");
}

/** One word as one and as several: `metric` and `metrics`, `time_zone` and `time-zone`. */
function isAnotherForm(written: string, known: string | undefined): boolean {
  const bare = (word: string): string =>
    word
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}]/gu, "")
      .replace(/s$/u, "");
  return known !== undefined && bare(written) === bare(known);
}

/** The text before the comma and what stands behind it, in quotes; nothing for the second comma of one text. */
function quoteWithComma(parent: FactNode, key: string): IssueWords["edit"] {
  const entries = [...(parent.entries ?? [])];
  const isEmpty = ([, node]: [string, FactNode]): boolean => node.scalar === null && node.start === node.end;
  const first = entries.findIndex(([name]) => name === key);
  const before = entries[first - 1];
  if (before === undefined || isEmpty(before) || typeof before[1].scalar !== "string") return undefined;
  let last = first;
  while (last + 1 < entries.length && isEmpty(entries[last + 1])) last++;
  const words = [before[1].scalar, ...entries.slice(first, last + 1).map(([name]) => name)];
  return { start: before[1].start, end: entries[last][1].key.end, text: JSON.stringify(words.join(", ")) };
}

function missingKey(path: readonly PropertyKey[], schema: z.ZodType, root: FactNode): IssueWords {
  const key = String(path.at(-1) ?? "");
  const holder = nodeAt(root, path.slice(0, -1)) ?? root;
  return {
    name: "missing-key",
    message: `\`${key}\` is missing`,
    at: holder,
    fix: `add \`${key}: …\`, ${belongs(path, schema)}`,
  };
}

function unknownValue(key: string, values: readonly string[], node: FactNode): IssueWords {
  const written = shown(node);
  const suggestion =
    node.scalar === undefined || node.scalar === null
      ? undefined
      : suggest(SPOKEN.get(node.scalar) ?? String(node.scalar), values);
  const all = `one of ${values.join(", ")}`;
  return {
    name: "wrong-value",
    message: written === "" ? `\`${key}\` has no value` : `\`${written}\` is no known value of \`${key}\``,
    at: node.start === node.end ? node.key : node,
    fix: suggestion === undefined ? all : `did you mean \`${suggestion}\`? It is ${all}`,
    edit: suggestion === undefined ? undefined : { start: node.start, end: node.end, text: suggestion },
  };
}

/** A closed set of yes and no is text, where YAML has true and false. */
const SPOKEN: ReadonlyMap<unknown, string> = new Map([
  [true, "yes"],
  [false, "no"],
]);

/** The known name that was meant: the nearest one, or one that has the written word as a part. */
function suggest(written: string, known: readonly string[]): string | undefined {
  const wanted = written.slice(0, 80).replaceAll("_", "-").toLowerCase();
  return nearest(wanted, known) ?? known.find((name) => name.split("-").includes(wanted));
}

/** `users_daily` is `daily` inside `users`. */
function suggestPath(key: string, schema: z.ZodType): string | undefined {
  const paths = describeKeys(schema).map((one) => one.path);
  return nearest(
    key.slice(0, 80).replaceAll(/[_-]/gu, "."),
    paths.filter((path) => path.includes(".")),
  );
}

/** The branch of a union that was meant: maps for a map, lists for a list; then the one whose complaint lies deepest. */
function closestBranch(
  branches: readonly (readonly z.core.$ZodIssue[])[],
  node: FactNode | undefined,
): readonly z.core.$ZodIssue[] | undefined {
  const score = (issues: readonly z.core.$ZodIssue[]): number => {
    const depth = Math.max(...issues.map((issue) => issue.path.length));
    const typed = issues.some((issue) => issue.code === "invalid_type" && issue.path.length === 0);
    const speaks = issues.some((issue) => issue.code === "custom" || issue.code === "unrecognized_keys");
    return depth * 4 + (speaks ? 2 : 0) - (typed ? 8 : 0) - (node?.scalar !== undefined && !speaks ? 1 : 0);
  };
  const complaining = branches.filter((issues) => issues.length > 0);
  // A closed set among the branches says more than the kind beside it only where nothing else was meant.
  return complaining.toSorted((a, b) => score(b) - score(a))[0];
}

function belongs(path: readonly PropertyKey[], schema: z.ZodType): string {
  return `where ${kindsAt(path, schema)} belongs`;
}

function kindsAt(path: readonly PropertyKey[], schema: z.ZodType): string {
  const kinds = [...new Set(schemasAt(schema, path).map(kindOf))];
  return kinds.length === 0 ? "another value" : kinds.join(" or ");
}

function whatIs(node: FactNode): string {
  if (node.entries !== undefined) return "a map of facts";
  if (node.items !== undefined) return "a list";
  if (typeof node.scalar === "number") return "a number";
  if (typeof node.scalar === "boolean") return "true or false";
  return node.scalar === null ? "empty" : "text";
}

function wrongKindFix(expected: string, node: FactNode, keys: readonly string[]): string {
  const written = shown(node);
  if (/^text\b/u.test(expected) && node.scalar !== undefined) return `put it in quotes: \`"${written}"\``;
  if (expected.startsWith("a list of") && node.scalar !== undefined) return `write \`[${written}]\``;
  if (expected.startsWith("facts")) return `write \`{ ${keys[0] ?? "key"}: … }\`; known here: ${keys.join(", ")}`;
  // `100k` is a count of things; a setting is a number.
  const counted = expected.includes("whole number") ? parseQuantity(written, "count") : undefined;
  if (counted?.ok === true && Number.isInteger(counted.value.value))
    return `write it in digits: ${counted.value.value}`;
  return `write ${expected}`;
}

function shown(node: FactNode): string {
  return node.scalar === undefined || node.scalar === null ? "" : shorten(String(node.scalar));
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}
