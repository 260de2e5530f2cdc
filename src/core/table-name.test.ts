import { expect, it } from "vitest";
import { isTableName } from "./table-name.ts";

it("is known by its ending, packed or not, and no text is one", () => {
  const names = ["a.csv", "b/c.TSV.gz", "x.parquet", "y.jsonl.zst", "notes.txt", "csv.md", "a.csv.bak", "csv"];
  expect(names.filter(isTableName)).toEqual(["a.csv", "b/c.TSV.gz", "x.parquet", "y.jsonl.zst"]);
});
