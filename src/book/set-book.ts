/** Sets a book piece by piece and joins the pieces: what one takes is given back before the next begins. */

import { type JoinedPart, joinPdf, type PdfPlace } from "./pdf/join-pdf.ts";
import { pageCount } from "./pdf/pdf-part.ts";
import { END_OF_PIECE } from "./typst-style.ts";
import type { TypstBook, TypstPiece } from "./write-typst.ts";

/** One piece set: its PDF, and for each name where it stands, in the order of the pages. */
export interface SetPiece {
  readonly bytes: Uint8Array;
  readonly places: readonly { readonly name: string; readonly place: PdfPlace }[];
}

export interface PdfBook {
  readonly bytes: Uint8Array;
  readonly pages: number;
}

export function setBook(book: TypstBook, set: (source: string) => SetPiece): PdfBook {
  const places = new Map<string, PdfPlace[]>();
  const parts: JoinedPart[] = [];
  let before = 0;
  const add = ({ bytes, places: found }: SetPiece, depth: number): void => {
    for (const { name, place } of found) {
      if (name === END_OF_PIECE) continue;
      const all = places.get(name) ?? [];
      const page = before + place.page;
      // Where a page speaks of a thing twice, the index leads to the first.
      if (all.at(-1)?.page !== page) places.set(name, [...all, { ...place, page }]);
    }
    parts.push({ bytes, depth });
    before += pageCount(bytes);
  };
  const pagesOf = (name: string): number[] => (places.get(name) ?? []).map(({ page }) => page);
  const opening = book.front(() => []);
  if (opening !== undefined) add(set(opening), 0);
  const ofFront = before;
  for (const piece of book.pieces) add(filled(piece, before, book.leastEnd, set), piece.depth);
  const index = book.index(before, pagesOf);
  if (index !== undefined) add(set(index), 0);
  const front = book.front(pagesOf);
  if (front !== undefined) parts[0] = { bytes: set(front).bytes, depth: 0 };
  if (front !== undefined && pageCount(parts[0].bytes) !== ofFront)
    throw new Error("the contents of the book took other pages with their numbers");
  const bytes = joinPdf(parts, (name) => {
    const [id, which] = name.split(" ");
    return places.get(id)?.[Number(which ?? 0)];
  });
  return { bytes, pages: before };
}

/** A piece whose last page would hold a few lines is set closer, and so without that page where it can be. */
function filled(piece: TypstPiece, before: number, leastEnd: number, set: (source: string) => SetPiece): SetPiece {
  const first = set(piece.source(before));
  const pages = pageCount(first.bytes);
  const end = first.places.find(({ name }) => name === END_OF_PIECE)?.place;
  if (end === undefined || pages === 1 || end.page < pages || end.below > leastEnd) return first;
  const closer = set(piece.source(before, true));
  return pageCount(closer.bytes) < pages ? closer : first;
}
