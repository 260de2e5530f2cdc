/** The entries of a sparse matrix by blocks of rows, read one block at a time: all of them need not lie in memory at once. */

import type { SparseMatrix } from "../core/sparse-matrix.ts";
import type { RowBlock } from "./row-blocks.ts";

/** The entries of one block's rows, row after row with columns ascending. */
export interface BlockEntries {
  readonly indices: Int32Array;
  readonly values: Float32Array;
}

/** A matrix whose entries come by blocks. */
export interface EntryBlocks extends Pick<SparseMatrix, "rows" | "columns" | "indptr"> {
  /** In order, each row in one of them. */
  readonly blocks: readonly RowBlock[];
  /** May be asked for one block while another is at work, as often as passes need it; the next may be written where this one lies. */
  read(block: number): Promise<BlockEntries>;
}

/** Blocks of at most `most` entries; a row with more is a block of its own. */
export function blocksOfEntries(indptr: Int32Array, most: number): RowBlock[] {
  const rows = indptr.length - 1;
  const blocks: RowBlock[] = [];
  let from = 0;
  for (let row = 1; row <= rows; row++) {
    if (row < rows && indptr[row + 1] - indptr[from] <= most) continue;
    blocks.push([from, row]);
    from = row;
  }
  return blocks;
}

/** The entries of the largest block. */
export function mostEntries({ blocks, indptr }: Pick<EntryBlocks, "blocks" | "indptr">): number {
  return blocks.reduce((most, [from, to]) => Math.max(most, indptr[to] - indptr[from]), 0);
}

/** A matrix in memory, read by blocks of at most `most` entries: views, not copies. */
export function entryBlocksOf(matrix: SparseMatrix, most = Number.POSITIVE_INFINITY): EntryBlocks {
  const { rows, columns, indptr, indices, values } = matrix;
  const blocks = blocksOfEntries(indptr, most);
  return {
    ...{ rows, columns, indptr, blocks },
    read: async (block) => {
      const [from, to] = blocks[block];
      return {
        indices: indices.subarray(indptr[from], indptr[to]),
        values: values.subarray(indptr[from], indptr[to]),
      };
    },
  };
}
