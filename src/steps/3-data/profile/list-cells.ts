/** Columns whose cells hold lists: `N12-1 N7-0`, `a|b|c`, or lists that the file itself declares. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { type ColumnProfile, SAMPLE_TABLE } from "./column-profile.ts";

/** The list columns of a profiled table by name, each with one of its cells. Reads the sample that profiling leaves behind. */
export async function listColumns(
  { sql }: Pick<SourceEnvironment, "sql">,
  table: SourceTable,
  columns: readonly ColumnProfile[],
  isTime: (name: string) => boolean,
): Promise<ReadonlyMap<string, string>> {
  const lists = new Map<string, string>();
  for (const { name, kind, top, place } of columns) {
    const found = kind === "text" && !isTime(name) ? await longestList(sql, `c${place - 1}`) : undefined;
    const declared = /\]$/u.test(table.types[place - 1]) ? (top[0]?.value ?? "") : undefined;
    const example = declared ?? found;
    if (example !== undefined) lists.set(name, example);
  }
  return lists;
}

/** Names and addresses have parts too, but none where each has a digit and how many there are goes from one to many. */
async function longestList(sql: SourceEnvironment["sql"], cell: string): Promise<string | undefined> {
  const token = "[^\\s|]*\\d[^\\s|]*";
  const found = await sql.query(
    `SELECT count(*) AS filled, count(*) FILTER (regexp_full_match(c, '${token}([ |]${token})*')) AS listed,
       count(*) FILTER (regexp_full_match(c, '${NAMED}( ${NAMED})*')) AS named, count(*) FILTER (regexp_full_match(c, '\\[.*\\]', 's')) AS bracketed,
       count(DISTINCT len(string_split_regex(c, '[ |]'))) AS lengths, max(len(string_split_regex(c, '[ |]'))) AS longest,
       arg_max(c, len(string_split_regex(c, '[ |]'))) AS example
     FROM (SELECT ${cell} AS c FROM ${SAMPLE_TABLE} WHERE ${cell} IS NOT NULL LIMIT 5000)`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  const most = 0.95 * of("filled");
  const isList =
    of("filled") > 0 &&
    (of("bracketed") >= most ||
      (of("listed") >= most && of("lengths") >= 3 && of("longest") >= 4) ||
      (of("named") >= most && of("longest") >= 2));
  return isList ? texts(found, "example")[0] : undefined;
}

/** An identifier of a letter or few and a number, with an answer behind it or none: of such, two in a cell are a list already. */
const NAMED = "[A-Za-z]{1,4}\\d+(-[01])?";

/** Asks for a row an element where lists stand where the items should. */
export function listsInCells(file: string, lists: ReadonlyMap<string, string>): FailureError {
  const [[name, example]] = lists;
  const shown = example.length > 60 ? `${example.slice(0, 59)}…` : example;
  const others = [...lists.keys()].slice(1).map((one) => `\`${one}\``);
  const also = others.length === 0 ? "" : `, and ${others.join(", ")} hold such as well`;
  return new FailureError({
    code: "lists-in-cells",
    message: `${file}: each cell of column \`${name}\` is a list, such as \`${shown}\`${also}: rows are read one event each, and no mapping reads what stands inside of a cell`,
    fix: `write one row an element, with who, what, when and what was done in columns of their own, as in DuckDB: ${unnestingQuery(file, name, example)}; then \`heptad new --data rows.parquet\``,
  });
}

/** As SQL of DuckDB, which calls columns without a name `column0` and on. Fields of objects in a list become columns. */
function unnestingQuery(file: string, name: string, example: string): string {
  const column = /^[1-9]\d*$/u.test(name) ? `column${Number(name) - 1}` : name;
  const quoted = `"${column.replaceAll('"', '""')}"`;
  const elements = example.startsWith("[{")
    ? `unnest(${quoted}, recursive := true)`
    : /^\[.*['"]/su.test(example) || (example.startsWith("[") && !/\.(?:jsonl?|ndjson|parquet)(?:\.\w+)?$/iu.test(file))
      ? `unnest(regexp_extract_all(CAST(${quoted} AS VARCHAR), '[^\\[\\],''"\\s]+')) AS item`
      : example.startsWith("[")
        ? `unnest(${quoted}) AS item`
        : `unnest(string_split(${quoted}, '${example.includes("|") ? "|" : " "}')) AS item`;
  return `COPY (SELECT * EXCLUDE (${quoted}), ${elements} FROM '${file.replaceAll("'", "''")}') TO 'rows.parquet'`;
}
