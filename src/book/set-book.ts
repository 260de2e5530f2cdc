/** Sets a book piece by piece and joins the pieces: what one takes is given back before the next begins. */

import { type JoinedPart, joinPdf, type PdfPlace } from "./pdf/join-pdf.ts";
import { pageCount } from "./pdf/pdf-part.ts";
import { DENSITIES, type Density, END_OF_PIECE } from "./typst-style.ts";
import type { TypstBook } from "./write-typst.ts";

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
  const { leastEnd, front, index } = book;
  const opening = front === undefined ? undefined : filled((density) => front(() => [], density), leastEnd, set);
  if (opening !== undefined) add(opening.set, 0);
  const ofFront = before;
  for (const { source, depth, isLaidByPage } of book.pieces) {
    const at = before;
    if (isLaidByPage) add(set(source(at)), depth);
    else add(filled((density) => source(at, density), leastEnd, set).set, depth);
  }
  const ofPieces = before;
  if (index !== undefined) add(filled((density) => index(ofPieces, pagesOf, density), leastEnd, set).set, 0);
  if (front !== undefined) parts[0] = { bytes: set(front(pagesOf, opening?.density)).bytes, depth: 0 };
  if (front !== undefined && pageCount(parts[0].bytes) !== ofFront)
    throw new Error("the contents of the book took other pages with their numbers");
  const bytes = joinPdf(parts, (name) => {
    const [id, which] = name.split(" ");
    return places.get(id)?.[Number(which ?? 0)];
  });
  return { bytes, pages: before };
}

interface Filled {
  readonly set: SetPiece;
  readonly density: Density;
}

/**
 * A piece is set in the first density whose last page is not nearly empty: closer takes that page away, looser brings more onto it. Where
 * none does, the one of the fewest pages with the fullest last one stands.
 */
function filled(source: (density: Density) => string, leastEnd: number, set: (source: string) => SetPiece): Filled {
  const [usual, ...others] = DENSITIES;
  const laid = (density: Density): Laid => {
    const piece = set(source(density));
    const pages = pageCount(piece.bytes);
    const end = piece.places.find(({ name }) => name === END_OF_PIECE)?.place;
    const isFull = end === undefined || pages === 1 || pages > MOST_AGAIN || end.page < pages || end.below > leastEnd;
    return { set: piece, density, pages, below: end?.below ?? 0, isFull };
  };
  let best = laid(usual);
  for (const density of others) {
    if (best.isFull) break;
    const one = laid(density);
    const isBetter = one.pages < best.pages || (one.pages === best.pages && one.below > best.below);
    if (one.isFull || isBetter) best = one;
  }
  return best;
}

/** A part of more pages is set once: again it takes the time and the memory of many designs, for one page of as many. */
const MOST_AGAIN = 120;

interface Laid extends Filled {
  readonly pages: number;
  /** Where it ends on its last page. */
  readonly below: number;
  /** That page is not nearly empty, or not worth setting the piece again. */
  readonly isFull: boolean;
}
