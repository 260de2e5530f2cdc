/** Every key of a note, changed: the note's text once for each key, with a value there that the format accepts. */

import { type Document, isMap, isScalar, isSeq, type Pair, parseDocument, type Scalar, visit } from "yaml";
import { designJsonSchema } from "../src/note/json-schema.ts";
import { parseDesign } from "../src/steps/design.ts";

export interface ChangedNote {
  /** The section, and the keys down to the one that was changed: `4 stages 2 diversity`. */
  readonly key: string;
  /** The texts that the format accepts, one after the other: smaller numbers first, the key left out last. */
  texts(): Iterable<string>;
}

/** One entry for each key of each section, in the order of the note. */
export function changedNotes(note: string): ChangedNote[] {
  const words = enumerations(designJsonSchema());
  return [...note.matchAll(BLOCK)].flatMap((block, at) => {
    const [whole, source] = block;
    const write = (change: (document: Document) => void): string => {
      const document = parseDocument(source);
      change(document);
      const start = block.index;
      return `${note.slice(0, start)}\`\`\`yaml\n${document.toString({ lineWidth: 0 })}\`\`\`${note.slice(start + whole.length)}`;
    };
    return pathsOf(source).map(({ path, pair }) => ({
      key: `${at + 1} ${path.join(" ")}`,
      *texts() {
        const changes = otherValues(pair, words).map(
          (value) => (document: Document) => document.setIn(path, document.createNode(value)),
        );
        for (const change of [...changes, (document: Document) => document.deleteIn(path)]) {
          const text = write(change);
          if (text !== note && parseDesign(text, "note.md").findings.length === 0) yield text;
        }
      },
    }));
  });
}

const BLOCK = /```yaml\n(?<source>[\s\S]*?)```/gu;

type Path = readonly (string | number)[];

function pathsOf(source: string): { readonly path: Path; readonly pair: Pair }[] {
  const found: { path: Path; pair: Pair }[] = [];
  const document = parseDocument(source);
  visit(document, {
    Pair(_, pair, ancestors) {
      const chain = [...ancestors, pair];
      const path = chain.flatMap((one, at): (string | number)[] => {
        const above = chain[at - 1];
        if (isSeq(above)) return [above.items.indexOf(one)];
        return one instanceof Object && "key" in one && isScalar(one.key) ? [String(one.key.value)] : [];
      });
      found.push({ path, pair });
    },
  });
  return found;
}

/** Values of the same kind as the one that stands there, likely ones first. */
function otherValues({ key, value }: Pair, words: ReadonlyMap<string, readonly string[]>): unknown[] {
  if (isSeq(value)) {
    const items: unknown[] = value.toJSON();
    return items.length > 1 ? [items.slice(1), [...items].reverse()] : [];
  }
  if (isMap(value) || !isScalar(value)) return [];
  return scalars(value, words.get(isScalar(key) ? String(key.value) : "") ?? []);
}

function scalars({ value }: Scalar, words: readonly string[]): unknown[] {
  if (typeof value === "boolean") return [!value];
  if (typeof value === "number") return [...scaled(value), value === 0 ? 1 : 0];
  const text = String(value);
  const number = /\d+(?:\.\d+)?/u.exec(text);
  const quantities =
    number === null ? [] : scaled(Number(number[0])).map((other) => text.replace(number[0], String(other)));
  return [...quantities, ...words.filter((word) => word !== text), `${text} too`];
}

function scaled(value: number): number[] {
  const half = Number.isInteger(value) ? Math.max(1, Math.floor(value / 2)) : value / 2;
  return [half, value * 2].filter((other) => other !== value);
}

/** Every word that the format lists for a key of that name, wherever the key may stand. */
function enumerations(schema: unknown, found = new Map<string, string[]>(), name = ""): Map<string, string[]> {
  if (typeof schema !== "object" || schema === null) return found;
  for (const [key, inner] of Object.entries(schema)) {
    if (key === "enum" && Array.isArray(inner)) found.set(name, [...(found.get(name) ?? []), ...inner.map(String)]);
    else if (key === "properties")
      for (const [property, one] of Object.entries(inner)) enumerations(one, found, property);
    else enumerations(inner, found, name);
  }
  return found;
}
