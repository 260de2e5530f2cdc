/** Work cut into tasks: blocks of rows of about equal cost. The cut depends on the data alone, never on the number of threads. */

/** A half-open range of rows. */
export type RowBlock = readonly [from: number, to: number];

/** Blocks of `size` rows; the last may be shorter. */
export function evenBlocks(rows: number, size: number): RowBlock[] {
  return Array.from({ length: Math.ceil(rows / size) }, (_, i) => [i * size, Math.min(rows, (i + 1) * size)]);
}

/** At most `most` blocks of rows whose costs are about equal; a row costs its entries plus `perRow`. */
export function balancedBlocks(indptr: Int32Array, perRow: number, most: number): RowBlock[] {
  const rows = indptr.length - 1;
  const share = (indptr[rows] + rows * perRow) / most;
  const blocks: RowBlock[] = [];
  let from = 0;
  for (let row = 1; row <= rows; row++) {
    const cost = indptr[row] - indptr[from] + (row - from) * perRow;
    if (row < rows && cost < share) continue;
    blocks.push([from, row]);
    from = row;
  }
  return blocks;
}
