/** What is said of data on the way in: where they came from, and what was mended. */

/** Something that was mended or left out on the way in. */
export interface Repair {
  /** Kebab-case: `duplicate-events`, `bad-number`, `out-of-range`, `unsorted-time`, … */
  readonly kind: string;
  /** Rows concerned. */
  readonly count: number;
  /** What was done about them, in one sentence without a full stop. */
  readonly description: string;
}

/** Where the data came from, in words. */
export interface DataSource {
  /** `movielens`, `csv`, `parquet`, `simulated`. */
  readonly format: string;
  /** One sentence for the report. */
  readonly description: string;
  /** True when no person did any of this: shown wherever its figures are. */
  readonly simulated: boolean;
  /** How the files were understood: delimiter, header, encoding, time, what was not used. */
  readonly readings?: readonly string[];
  /** True where rows have no time: moments are places in an order made for the split, and nothing may be said about time. */
  readonly timeless?: boolean;
}
