/** Which files hold tables, by their names. */

const TABLE = /\.(?:csv|tsv|tab|psv|dat|parquet|pq|jsonl|ndjson)(?:\.(?:gz|zst|zstd))?$/iu;

/** Whether a file holds rows, by its ending; a `.txt` may be a note as well, and is none. */
export function isTableName(name: string): boolean {
  return TABLE.test(name);
}
