/** What a note says about the layout of a source, as the readers take it. */

import type { DataFacts } from "../schema.ts";
import { numeralsOf } from "./numerals.ts";
import type { RepairPolicy } from "./repair-policy.ts";
import type { Layout, RowFormat, TextLayout } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";

type Source = NonNullable<DataFacts["source"]>;
type Dialect = Pick<
  Source,
  | "delimiter"
  | "quote"
  | "escape"
  | "comment"
  | "header"
  | "skip"
  | "encoding"
  | "compression"
  | "null"
  | "decimal"
  | "thousands"
>;

/** The layout of a text or Parquet file; what the note leaves out stays absent, to be found out. Plain data. */
export function layoutOf(
  format: RowFormat,
  written: Dialect & { readonly rows?: "event" | "list" },
  policy: RepairPolicy,
): Layout {
  const nulls = written.null;
  const numerals = numeralsOf(written);
  const said = { nulls, ...(numerals === undefined ? {} : { numerals }) };
  if (format === "parquet") return { kind: "parquet", ...said };
  if (format === "json") return { kind: "parquet", isJson: true, ...said };
  const {
    delimiter = format === "tsv" ? "\t" : undefined,
    quote,
    escape: escaper,
    comment,
    header,
    skip,
    encoding,
    compression,
    rows,
  } = written;
  const layout: TextLayout = {
    kind: "text",
    delimiter,
    quote,
    escape: escaper,
    comment,
    header: header ?? "guess",
    skip,
    encoding,
    compression,
    ...said,
    malformed: policy.badNumber === "drop" ? "drop" : undefined,
    rows: rows === "list" ? "list" : undefined,
  };
  return layout;
}

/** The note's time: `none` where it says there is none, undefined where it says nothing. A source's own `time` counts before the section's. */
export function timeOf({ time, source }: DataFacts): TimeColumn | "none" | undefined {
  const written = source?.time ?? time;
  if (written === undefined || written === "none") return written;
  return typeof written === "string" ? { column: written } : written;
}
