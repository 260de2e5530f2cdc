/** The tags of a joined PDF, by which a screen reader reads it: the parts' trees as one, keys and names told apart. */

import type { PdfPart } from "./pdf-part.ts";
import { listOf, numberIn, textOf } from "./pdf-part.ts";
import { array, changed, dictionary, type PdfDictionary, type PdfValue, plain, reference } from "./pdf-value.ts";

/** The numbers of the joined root and of the one document below it. */
export interface TagNumbers {
  readonly root: number;
  readonly document: number;
}

/** How many keys the tags of a part take. */
export function keysOf({ tags }: PdfPart): number {
  return tags === undefined ? 0 : numberIn(tags.root.of.get("ParentTreeNextKey"));
}

/** The root of all tags, and the document whose parts the parts are. */
export function joinedTags(
  parts: readonly PdfPart[],
  { root, document }: TagNumbers,
): { readonly root: PdfDictionary; readonly document: PdfDictionary } {
  const entriesOf = (part: PdfPart, tree: string, list: string): readonly PdfValue[] => {
    const value = part.tags?.root.of.get(tree);
    if (value === undefined) return [];
    const found = part.file.entries(value).of;
    if (found.has("Kids")) throw new Error(`the ${tree} of a part of the PDF has branches`);
    return listOf(found.get(list)).map((one) => part.led(one));
  };
  const keyed = parts.flatMap((part) =>
    entriesOf(part, "ParentTree", "Nums").map((one, i) => (i % 2 === 0 ? shifted(part, one) : one)),
  );
  const named = parts
    .flatMap((part) => pairs(entriesOf(part, "IDTree", "Names")).map(([id, one]) => [renamed(part, id), one] as const))
    .sort(([a], [b]) => ((textOf(a) ?? "") < (textOf(b) ?? "") ? -1 : 1));
  const roles = parts.map((part) => part.tags?.root.of.get("RoleMap")).flatMap(entries);
  return {
    root: dictionary([
      ["Type", plain("/StructTreeRoot")],
      ["RoleMap", dictionary(roles)],
      ["K", array([reference(document)])],
      ["ParentTree", dictionary([["Nums", array(keyed)]])],
      ["IDTree", dictionary([["Names", array(named.flat())]])],
      ["ParentTreeNextKey", plain(parts.reduce((sum, part) => sum + keysOf(part), 0))],
    ]),
    document: dictionary([
      ["Type", plain("/StructElem")],
      ["S", plain("/Document")],
      ["P", reference(root)],
      ["K", array(parts.flatMap((part) => listOf(part.tags?.root.of.get("K")).map((one) => part.led(one))))],
    ]),
  };
}

/** One tag as it stands in the whole; `value` is what the part says. */
export function joinedTag(part: PdfPart, value: PdfDictionary, { document }: TagNumbers): PdfDictionary {
  const parent = value.of.get("P");
  const isTop = parent?.kind === "reference" && parent.to === part.tags?.number;
  const led = part.led(changed(value, isTop ? { P: undefined } : {}));
  if (led.kind !== "dictionary") return value;
  const id = value.of.get("ID");
  const attributes = led.of.get("A");
  return changed(led, {
    ...(isTop ? { P: reference(document), S: plain("/Part") } : {}),
    ...(id === undefined ? {} : { ID: renamed(part, id) }),
    ...(attributes === undefined ? {} : { A: withHeads(part, attributes) }),
  });
}

/** A key of a page or of a link, behind those of the parts before. */
export function shifted({ firstKey }: PdfPart, key: PdfValue): PdfValue {
  return plain(numberIn(key) + firstKey);
}

/** A cell names the heads of its column and its row. */
function withHeads(part: PdfPart, value: PdfValue): PdfValue {
  if (value.kind === "array") return array(value.of.map((one) => withHeads(part, one)));
  const heads = value.kind === "dictionary" ? value.of.get("Headers") : undefined;
  return value.kind !== "dictionary" || heads === undefined
    ? value
    : changed(value, { Headers: array(listOf(heads).map((one) => renamed(part, one))) });
}

function renamed({ prefix }: PdfPart, id: PdfValue): PdfValue {
  return plain((textOf(id) ?? "()").replace(/^\(/u, `(${prefix}`));
}

function pairs(values: readonly PdfValue[]): (readonly [PdfValue, PdfValue])[] {
  return values.flatMap((one, i) => (i % 2 === 0 ? [[one, values[i + 1]] as const] : []));
}

function entries(value: PdfValue | undefined): (readonly [string, PdfValue])[] {
  return value?.kind === "dictionary" ? [...value.of] : [];
}
