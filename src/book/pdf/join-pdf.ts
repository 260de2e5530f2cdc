/** Joins PDFs that were set one by one into one: pages, outline, tags, and the links that lead from one into another. */

import { joinedTag, joinedTags, keysOf, shifted } from "./join-tags.ts";
import { outlineEntries, outlineTree } from "./outline.ts";
import { type PdfPart, readPart, textOf } from "./pdf-part.ts";
import { array, changed, dictionary, type PdfDictionary, type PdfValue, plain, reference } from "./pdf-value.ts";
import { PdfWriter } from "./pdf-writer.ts";
import { fromLatin1, latin1 } from "./read-pdf.ts";

/** A link to `heptad:NAME` leads to a place of the book. */
export const PLACE_SCHEME = "heptad:";

/** A place of the whole book: its page, counted from 1, and how far below the page's upper edge, in points. */
export interface PdfPlace {
  readonly page: number;
  readonly below: number;
}

export interface JoinedPart {
  readonly bytes: Uint8Array;
  /** How deep its first heading stands in the outline. */
  readonly depth: number;
}

/** Throws where a link leads to a name that `placeOf` does not know. */
export function joinPdf(joined: readonly JoinedPart[], placeOf: (name: string) => PdfPlace | undefined): Uint8Array {
  const parts = readParts(joined);
  const pages = parts.flatMap((part) => part.pages);
  const top = outlineTree(parts.flatMap((part) => part.outline));
  const inOutline = outlineEntries(top, OUTLINE);
  const writer = new PdfWriter();
  writeHead(writer, parts, pages.length);
  writer.object(
    OUTLINE,
    dictionary([
      ["Type", plain("/Outlines")],
      ...(top.length === 0
        ? []
        : ([
            ["First", reference(top[0].number)],
            ["Last", reference(top[top.length - 1].number)],
          ] as const)),
      ["Count", plain(top.length)],
    ]),
  );
  const leadsTo = (name: string): PdfValue => {
    const place = placeOf(name);
    const page = place === undefined ? undefined : pages[place.page - 1];
    if (place === undefined || page === undefined) throw new Error(`a link of the book leads nowhere: ${name}`);
    const height = Math.max(0, page.height - Math.max(0, place.below - ROOM_ABOVE));
    return array([reference(page.number), plain("/XYZ"), plain(0), plain(Math.round(height * 100) / 100), plain(0)]);
  };
  const entry = (part: PdfPart, old: number, value: PdfDictionary): PdfValue => {
    const neighbours = inOutline.get(part.renumbered.get(old) ?? 0);
    if (neighbours !== undefined) return neighbours(ledEntry(part, value, ["Parent"]));
    switch (textOf(value.of.get("Type"))) {
      case "/Pages":
        return old === part.pageTree ? changed(ledEntry(part, value), { Parent: reference(PAGES) }) : part.led(value);
      case "/Page":
        return withKey(part, ledEntry(part, value), "StructParents");
      case "/StructElem":
        return joinedTag(part, value, { root: TAGS, document: DOCUMENT });
      case "/Annot":
        return annotation(part, value, leadsTo, placeOf);
      default:
        return part.led(value);
    }
  };
  for (const part of parts) {
    for (const [old, number] of part.renumbered) {
      const { value, stream } = part.file.object(old);
      writer.object(number, value.kind === "dictionary" ? entry(part, old, value) : part.led(value), stream);
    }
  }
  return writer.ended(
    changed(parts[0].file.trailer, { Root: reference(CATALOG), Info: reference(INFO), Size: undefined }),
  );
}

/** Objects of the whole, before those of the parts. */
const CATALOG = 1;
const PAGES = 2;
const OUTLINE = 3;
const TAGS = 4;
const DOCUMENT = 5;
const METADATA = 6;
const INFO = 7;
const FIRST_OF_PARTS = 8;
/** What a link leads to stands a little below the window's edge, in points. */
const ROOM_ABOVE = 10;

function readParts(joined: readonly JoinedPart[]): PdfPart[] {
  const parts: PdfPart[] = [];
  let firstNumber = FIRST_OF_PARTS;
  let firstKey = 0;
  for (const [i, { bytes, depth }] of joined.entries()) {
    const part = readPart({ bytes, depth, firstNumber, firstKey, prefix: `p${i}-` });
    parts.push(part);
    firstNumber += part.renumbered.size;
    firstKey += keysOf(part);
  }
  return parts;
}

/** What a viewer reads first. Title, language and signature of the book are those of its first part. */
function writeHead(writer: PdfWriter, parts: readonly PdfPart[], pages: number): void {
  const [{ catalog, file }] = parts;
  const tagged = parts.filter((part) => part.tags !== undefined);
  writer.object(
    CATALOG,
    changed(catalog, {
      Pages: reference(PAGES),
      Metadata: catalog.of.has("Metadata") ? reference(METADATA) : undefined,
      Outlines: reference(OUTLINE),
      StructTreeRoot: tagged.length === 0 ? undefined : reference(TAGS),
    }),
  );
  writer.object(
    PAGES,
    dictionary([
      ["Type", plain("/Pages")],
      ["Count", plain(pages)],
      ["Kids", array(parts.map((part) => reference(part.renumbered.get(part.pageTree) ?? 0)))],
    ]),
  );
  if (tagged.length > 0) {
    const tags = joinedTags(tagged, { root: TAGS, document: DOCUMENT });
    writer.object(TAGS, tags.root);
    writer.object(DOCUMENT, tags.document);
  }
  const metadata = catalog.of.get("Metadata");
  if (metadata?.kind === "reference") {
    const { value, stream } = file.object(metadata.to);
    const words = latin1(stream ?? new Uint8Array(), 0).replace(/(?<=<xmpTPg:NPages>)\d+/u, String(pages));
    const bytes = fromLatin1(words);
    writer.object(
      METADATA,
      value.kind === "dictionary" ? changed(value, { Length: plain(bytes.length) }) : value,
      bytes,
    );
  }
  writer.object(INFO, file.entries(file.trailer.of.get("Info")));
}

/** A link to a place of the book leads there; its words for who hears it are the page. */
function annotation(
  part: PdfPart,
  value: PdfDictionary,
  leadsTo: (name: string) => PdfValue,
  placeOf: (name: string) => PdfPlace | undefined,
): PdfDictionary {
  const led = withKey(part, ledEntry(part, value), "StructParent");
  const action = value.of.get("A");
  const address = action?.kind === "dictionary" ? textOf(action.of.get("URI")) : undefined;
  if (address === undefined || !address.startsWith(`(${PLACE_SCHEME}`)) return led;
  const name = address.slice(PLACE_SCHEME.length + 1, -1);
  const Dest = leadsTo(name);
  return changed(led, { A: undefined, Dest, Contents: plain(`(Page ${placeOf(name)?.page})`) });
}

/** A page or a link, with the key of its tags where it has any. */
function withKey(part: PdfPart, led: PdfDictionary, name: "StructParent" | "StructParents"): PdfDictionary {
  const key = led.of.get(name);
  return key === undefined ? led : changed(led, { [name]: shifted(part, key) });
}

/** The dictionary with its references led to the whole, without the entries that are written anew. */
function ledEntry(part: PdfPart, value: PdfDictionary, without: readonly string[] = []): PdfDictionary {
  return dictionary([...value.of].filter(([key]) => !without.includes(key)).map(([key, one]) => [key, part.led(one)]));
}
