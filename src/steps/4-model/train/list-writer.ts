/** Ranked lists as they are made, one request after the other, in pieces that are joined at the end: an array of plain numbers ends at 134 million. */

import type { Lists } from "../../3-data/row-lists.ts";

/** Places in a piece; a list that is longer gets one of its own. */
const PIECE = 2 ** 20;

export interface ListWriter {
  /** The list of the next request. */
  add(items: ArrayLike<number>, scores: ArrayLike<number>): void;
  /** All that were added; nothing is added after that. */
  lists(): Lists & { readonly scores: Float32Array };
}

interface Piece {
  readonly items: Int32Array;
  readonly scores: Float32Array;
  filled: number;
}

/** For so many requests, each of which is added. */
export function createListWriter(requests: number, size = PIECE): ListWriter {
  const offsets = new Int32Array(requests + 1);
  const pieces: Piece[] = [];
  let request = 0;
  return {
    add(items, scores) {
      let piece = pieces.at(-1);
      if (piece === undefined || piece.filled + items.length > piece.items.length) {
        const length = Math.max(size, items.length);
        piece = { items: new Int32Array(length), scores: new Float32Array(length), filled: 0 };
        pieces.push(piece);
      }
      piece.items.set(items, piece.filled);
      piece.scores.set(scores, piece.filled);
      piece.filled += items.length;
      offsets[request + 1] = offsets[request] + items.length;
      request++;
    },
    lists() {
      if (request !== requests) throw new Error(`${request} of ${requests} requests have a list`);
      const joined = { items: new Int32Array(offsets[requests]), scores: new Float32Array(offsets[requests]) };
      let at = 0;
      for (const { items, scores, filled } of pieces) {
        joined.items.set(items.subarray(0, filled), at);
        joined.scores.set(scores.subarray(0, filled), at);
        at += filled;
      }
      return { offsets, ...joined };
    },
  };
}
