/** Finds in shared code the words of one kind of system: a payment, a card, a member, a kind's name. Kinds bring such words in their task. */

import { readdirSync, readFileSync } from "node:fs";
import { parseAst } from "rolldown/parseAst";
import { parse } from "yaml";
import { z } from "zod";

/** A word found in code: in a name, in a text, or compared as a kind's name. */
export interface KindWord {
  readonly file: string;
  readonly line: number;
  readonly word: string;
  /** The name or the text it stands in. */
  readonly context: string;
}

const allowedSchema = z.strictObject({
  /** A file, or a folder with its slash at the end. */
  path: z.string(),
  words: z.array(z.string()).nonempty(),
  reason: z.string().min(1),
});

/** Words that may stand in a file, and why. */
export type AllowedWord = z.infer<typeof allowedSchema>;

/** Words by which one kind speaks of its own things, in the singular; `titles` too, for everything else has one title. A photo is a form of data. */
export const KIND_WORDS = [
  "payment",
  "card",
  "terminal",
  "merchant",
  "fraud",
  "fraudster",
  "movie",
  "member",
  "customer",
  "garment",
] as const;

/** Engines and what steps share. Rules, questions and estimates speak to readers of notes, and give examples of many kinds. */
const SHARED = /^src\/(?:system|report|node|service|steps)\//u;
const EXAMPLES = /^src\/steps\/[^/]+\/(?:rules|questions|estimates)\//u;

/** One sentence for each word of a kind in shared files; `files` from the root. */
export function checkFilesForKindWords(files: readonly string[]): string[] {
  const kinds = readdirSync("src/kinds", { withFileTypes: true }).flatMap((one) =>
    one.isDirectory() ? [one.name] : [],
  );
  const allowed = z.array(allowedSchema).parse(parse(readFileSync("tools/kind-words.yaml", "utf8")));
  const shared = files.filter((file) => SHARED.test(file) && !EXAMPLES.test(file) && !file.includes(".gen."));
  return checkKindWords(
    shared.flatMap((file) => findKindWords(file, readFileSync(file, "utf8"), kinds)),
    allowed,
  );
}

/** Every word of a kind in names and texts of a file, and every comparison with a kind's name. Comments are left alone. */
export function findKindWords(file: string, text: string, kinds: readonly string[]): KindWord[] {
  const found: KindWord[] = [];
  const lineAt = (offset: number): number => text.slice(0, offset).split("\n").length;
  walk(parseAst(text, { lang: file.endsWith("x") ? "tsx" : "ts" }, file), (node) => {
    const name = node.type === "Identifier" || node.type === "PrivateIdentifier" ? textOf(node.name) : undefined;
    const written = writtenText(node);
    const context = name ?? written;
    if (context === undefined) return;
    for (const word of wordsOf(context)) {
      found.push({ file, line: lineAt(node.start), word, context: context.trim() });
    }
    if (written !== undefined && kinds.includes(written)) {
      found.push({ file, line: lineAt(node.start), word: written, context: written });
    }
  });
  return found;
}

/** One sentence per word that is not allowed where it stands, and per allowance that nothing needs any more. */
export function checkKindWords(found: readonly KindWord[], allowed: readonly AllowedWord[]): string[] {
  const allows = ({ path, words }: AllowedWord, { file, word }: KindWord): boolean =>
    (path.endsWith("/") ? file.startsWith(path) : file === path) && words.includes(word);
  const refused = found
    .filter((one) => !allowed.some((allowance) => allows(allowance, one)))
    .map(
      ({ file, line, word, context }) =>
        `${file}:${line} says "${word}" in ${JSON.stringify(context.slice(0, 80))}: shared code takes the words of a kind from its task`,
    );
  const stale = allowed.flatMap((allowance) =>
    allowance.words
      .filter((word) => !found.some((one) => one.word === word && allows({ ...allowance, words: [word] }, one)))
      .map(
        (word) => `tools/kind-words.yaml allows "${word}" in ${allowance.path}, where it no longer stands: take it out`,
      ),
  );
  return [...refused, ...stale];
}

/** Words of a kind, in the singular, among the words of a name or a text. */
function wordsOf(context: string): string[] {
  const parts = context
    .replace(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/u);
  const known = parts.flatMap((part) =>
    part === "titles" ? "title" : (KIND_WORDS.find((word) => part === word || part === `${word}s`) ?? []),
  );
  return [...new Set(known)];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && "start" in value;
}

function textOf(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The text of a string, of a piece of a template, or between tags; where an import comes from is no text. */
function writtenText(node: Node): string | undefined {
  if (node.type === "Literal" || node.type === "JSXText") return textOf(node.value);
  if (node.type !== "TemplateElement" || typeof node.value !== "object" || node.value === null) return undefined;
  return "cooked" in node.value ? textOf(node.value.cooked) : undefined;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const one of value) walk(one, visit);
    return;
  }
  if (!isNode(value)) return;
  visit(value);
  const skipsSource = value.type === "ImportDeclaration" || value.type.startsWith("Export");
  for (const [key, child] of Object.entries(value)) {
    if (skipsSource && key === "source") continue;
    walk(child, visit);
  }
}
