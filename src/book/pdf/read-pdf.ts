/** Reads the objects of a PDF whose table of objects is text, as our compiler writes it: each value, and its stream where it has one. */

import { type PdfDictionary, type PdfValue, readPdfValue } from "./pdf-value.ts";

export interface PdfObject {
  readonly value: PdfValue;
  readonly stream: Uint8Array | undefined;
}

export interface PdfFile {
  readonly trailer: PdfDictionary;
  readonly numbers: readonly number[];
  /** Reads it anew each time: a large book has too many to keep. */
  object(number: number): PdfObject;
  /** The value of an object, which has to be a dictionary. */
  entries(value: PdfValue | undefined): PdfDictionary;
}

export function readPdf(bytes: Uint8Array): PdfFile {
  const tail = latin1(bytes, Math.max(0, bytes.length - 2000));
  const start = Number(/startxref\s+(?<at>\d+)\s+%%EOF\s*$/u.exec(tail)?.groups?.at);
  const table = latin1(bytes, start);
  const head = /^xref\s+0\s+(?<count>\d+)\s+/u.exec(table);
  if (head === null) throw new Error("the PDF has no table of objects in text");
  const places = new Map<number, number>();
  for (let i = 0; i < Number(head.groups?.count); i++) {
    const line = table.slice(head[0].length + 20 * i, head[0].length + 20 * i + 20);
    if (line[17] === "n") places.set(i, Number(line.slice(0, 10)));
  }
  const inOrder = [...places.values(), start].sort((a, b) => a - b);
  const next = new Map(inOrder.map((place, i) => [place, inOrder[i + 1] ?? start]));
  const object = (number: number): PdfObject => {
    const place = places.get(number);
    if (place === undefined) throw new Error(`the PDF has no object ${number}`);
    return readObject(bytes, place, next.get(place) ?? start);
  };
  const entries = (value: PdfValue | undefined): PdfDictionary => {
    const found = value?.kind === "reference" ? object(value.to).value : value;
    if (found?.kind !== "dictionary") throw new Error("the PDF has no dictionary where one belongs");
    return found;
  };
  const trailer = entries(readPdfValue(table.slice(table.indexOf("trailer") + "trailer".length)));
  return { trailer, numbers: [...places.keys()], object, entries };
}

function readObject(bytes: Uint8Array, from: number, to: number): PdfObject {
  const opening = find(bytes, STREAM, from, to);
  const end = opening === undefined ? to : opening;
  const value = readPdfValue(latin1(bytes, from, end).replace(/^\s*\d+\s+\d+\s+obj\s/u, ""));
  if (opening === undefined) return { value, stream: undefined };
  const length = value.kind === "dictionary" ? value.of.get("Length") : undefined;
  if (length?.kind !== "plain") throw new Error("a stream of the PDF does not say how long it is");
  const begin = opening + STREAM.length;
  return { value, stream: bytes.subarray(begin, begin + Number(length.text)) };
}

const STREAM = [..."\nstream\n"].map((letter) => letter.charCodeAt(0));

/** The first place of the signs, or none. A string of the dictionary before them has no line of its own that says `stream`. */
function find(bytes: Uint8Array, signs: readonly number[], from: number, to: number): number | undefined {
  for (let at = bytes.indexOf(signs[0], from); at >= 0 && at < to; at = bytes.indexOf(signs[0], at + 1)) {
    if (signs.every((sign, i) => bytes[at + i] === sign)) return at;
  }
  return undefined;
}

/** Bytes as letters, one for one. */
export function latin1(bytes: Uint8Array, from: number, to = bytes.length): string {
  let text = "";
  for (let at = from; at < to; at += 8192) text += String.fromCharCode(...bytes.subarray(at, Math.min(to, at + 8192)));
  return text;
}

export function fromLatin1(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
