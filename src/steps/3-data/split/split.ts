/** A split: which part each row belongs to. Every way of splitting gives this, and the same contract test runs on all of them. */

/** `unused` rows are in no part: they lie in the gap before a part, or before the training period. */
export const PARTS = ["train", "validation", "test", "unused"] as const;
/** The name of a part. */
export type Part = (typeof PARTS)[number];

/** The part of every row, and the cuts where there are any. */
export interface Split {
  /** Sentence for the report: how rows were divided. */
  readonly description: string;
  /** Index into `PARTS` of every row, in the order of the rows. */
  readonly part: Uint8Array;
  /** First moment that is training, where rows lie before it: a model learns from none of them. */
  readonly trainStart?: number;
  /** First moment that is not training, where the split has one; what a model may learn from lies strictly before it. */
  readonly validationStart?: number;
  /** First moment of the test part, where the split has one. */
  readonly testStart?: number;
}

/** The `PARTS` code of a part. */
export function partCode(part: Part): number {
  return PARTS.indexOf(part);
}

/** Row numbers of a part, ascending. */
export function rowsOf({ part }: Split, name: Part): Int32Array {
  const code = partCode(name);
  let count = 0;
  for (const one of part) if (one === code) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < part.length; row++) if (part[row] === code) rows[next++] = row;
  return rows;
}

/** Rows in each part. */
export function countParts({ part }: Split): Readonly<Record<Part, number>> {
  const counts = { train: 0, validation: 0, test: 0, unused: 0 };
  for (const code of part) counts[PARTS[code]]++;
  return counts;
}
