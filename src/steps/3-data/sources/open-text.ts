/** Opens delimited text: the whole of it is read once and checked, and what SQL would read otherwise is written anew for it. */

import { FailureError } from "../../../core/outcome.ts";
import type { TextOptions } from "../../../system/environment.ts";
import { missingWords } from "./cell-text.ts";
import { writePlainRow } from "./plain-row.ts";
import { createNamesWatch, refuseNamesAgain } from "./repeated-names.ts";
import { checkHeader, describeDialect, malformedFailure } from "./said-of-text.ts";
import { firstRows, guessHeader, sniffDialect } from "./sniff-text.ts";
import { describePaths } from "./source-paths.ts";
import { sqlFile, sqlText } from "./sql-text.ts";
import type { Malformed, SourceEnvironment, SourceTable, TextLayout } from "./table-types.ts";
import type { TextCensus, TextDialect } from "./text-dialect.ts";
import { createRowReader } from "./text-rows.ts";

/** Columns of a file with one line a member. */
const LIST_COLUMNS = ["member", "item", "place"] as const;

const BEGINNING = 1 << 18;

/** Throws a `FailureError` with line and column for the first row that is not as the others, unless such rows are to be left out. */
export async function openText(
  environment: SourceEnvironment,
  paths: readonly string[],
  layout: TextLayout,
): Promise<SourceTable> {
  const options: TextOptions = { encoding: layout.encoding, compression: layout.compression };
  const beginning = await beginningOf(environment, paths[0], options);
  const quote = layout.quote ?? (layout.quoted === false ? "none" : undefined);
  const dialect = sniffDialect(beginning, { ...layout, quote });
  const rows = firstRows(beginning, dialect, layout.skip ?? 0);
  const isList = layout.rows === "list";
  const guess = layout.header === "guess" ? guessHeader(rows, layout.expected) : undefined;
  const hasHeader = !isList && layout.columns === undefined && (guess?.isHeader ?? layout.header ?? true) === true;
  const parts: Part[] = [];
  for (const path of paths)
    parts.push(await openPart(environment, path, { dialect, layout, options, hasHeader, isList }));
  const columns = isList ? LIST_COLUMNS : columnsOf(parts, layout, hasHeader);
  const total = parts.reduce((sum, { rows: count }) => sum + count, 0);
  const torn = total > 0 ? undefined : parts.find(({ census }) => census.broken > 0);
  if (torn !== undefined) throw malformedFailure(torn.path, torn.census, dialect, layout);
  return {
    path: describePaths(paths),
    columns,
    from:
      parts.length === 1
        ? readerOf(parts[0], columns.length)
        : `(${parts.map((one) => `SELECT * FROM ${readerOf(one, columns.length)}`).join(" UNION ALL ")})`,
    types: columns.map(() => "VARCHAR"),
    rows: total,
    nulls: layout.nulls,
    tidy: isList ? [] : columns.map((_, at) => parts.every(({ census }) => census.tidy[at])),
    numerals: layout.numerals,
    malformed: malformedOf(parts),
    understood: [...describeDialect(dialect, layout, hasHeader, guess?.why, rows[0]?.length ?? 0), ...openEnds(parts)],
    placeOf: (row, column) =>
      placeOf(
        environment,
        parts,
        row,
        column === undefined ? -1 : columns.indexOf(column),
        options,
        dialect,
        layout,
        isList,
      ),
  };
}

/** A last line without an end may have been cut, and a cut number is another number. */
function openEnds(parts: readonly Part[]): readonly string[] {
  const open = parts.filter(({ hasOpenEnd }) => hasOpenEnd);
  if (open.length === 0) return [];
  const where = parts.length === 1 ? "" : ` of ${open[0].path.replace(/^.*[/\\]/u, "")}`;
  return [`the last line${where} has no line end: see that it is not cut`];
}

interface Part {
  readonly path: string;
  readonly header: readonly string[];
  readonly rows: number;
  readonly census: TextCensus;
  /** What SQL reads: the file itself, or a scratch file without a header. */
  readonly sqlPath: string;
  readonly isScratch: boolean;
  readonly hasHeader: boolean;
  /** Whether the last line has no end. */
  readonly hasOpenEnd: boolean;
  readonly skip: number;
  readonly dialect: TextDialect;
}

interface PartRequest {
  readonly dialect: TextDialect;
  readonly layout: TextLayout;
  readonly options: TextOptions;
  readonly hasHeader: boolean;
  readonly isList: boolean;
}

async function openPart(environment: SourceEnvironment, path: string, request: PartRequest): Promise<Part> {
  const { dialect, layout, options, hasHeader, isList } = request;
  const { files } = environment;
  let header: readonly string[] = [];
  const names = createNamesWatch();
  const reader = createRowReader(dialect, {
    skip: layout.skip,
    columns: layout.columns?.length,
    ragged: isList,
    missing: missingWords(layout),
    hasHeader,
    sink: (cells, line) => {
      header = cells;
      names.stand(line);
      return "enough";
    },
  });
  let hasOpenEnd = false;
  for await (const piece of files.text(path, options)) {
    reader.push(piece);
    if (hasHeader) names.push(piece);
    hasOpenEnd = !/[\n\r]$/u.test(piece.slice(-1));
  }
  const census = reader.end();
  if (census.rows === 0 && census.broken === 0) {
    throw new FailureError({
      code: "empty-file",
      message: "the file holds no row",
      where: path,
      fix: "name a file that has rows",
    });
  }
  // Where not one row is whole there is nothing to leave out rows from, not even a header.
  if (census.firstBroken !== undefined && (layout.malformed !== "drop" || census.rows === 0))
    throw malformedFailure(path, census, dialect, layout);
  if (names.mayComeAgain()) await refuseNamesAgain(files.text(path, options), path, header, dialect, layout);
  const common = { path, header, census, hasHeader, hasOpenEnd, skip: layout.skip ?? 0, dialect };
  const isRead =
    census.isPlain && isPlainDialect(dialect) && !isList && (await isPlainFile(environment, path, options));
  const rows = census.rows - (hasHeader ? 1 : 0);
  if (isRead) return { ...common, rows, sqlPath: path, isScratch: false };
  const counted = { rows: 0 };
  const name = `${path.replace(/^.*[/\\]/u, "")}.csv`;
  const sqlPath = await files.scratch(name, plainRows(environment, path, request, counted));
  return { ...common, rows: counted.rows, sqlPath, isScratch: true };
}

/** All good rows as plain text without a header. */
async function* plainRows(
  { files }: SourceEnvironment,
  path: string,
  { dialect, layout, options, hasHeader, isList }: PartRequest,
  counted: { rows: number },
): AsyncGenerator<string> {
  let ready: string[] = [];
  let isFirst = hasHeader;
  const reader = createRowReader(dialect, {
    skip: layout.skip,
    columns: layout.columns?.length,
    ragged: isList,
    sink: (cells) => {
      if (isFirst) {
        isFirst = false;
        return undefined;
      }
      if (!isList) {
        counted.rows++;
        ready.push(writePlainRow(cells));
        return undefined;
      }
      for (let at = 1; at < cells.length; at++) {
        if (cells[at] === "") continue;
        counted.rows++;
        ready.push(writePlainRow([cells[0], cells[at], String(at)]));
      }
      return undefined;
    },
  });
  for await (const piece of files.text(path, options)) {
    reader.push(piece);
    if (ready.length > 0) yield ready.join("");
    ready = [];
  }
  reader.end();
  if (ready.length > 0) yield ready.join("");
}

/** Whether SQL's own reader knows this dialect. */
function isPlainDialect({ delimiter, isBlank, quote, escaper, comment }: TextDialect): boolean {
  const isOne = !isBlank && delimiter.length === 1 && delimiter.charCodeAt(0) < 128;
  return isOne && comment === "" && (quote === "" || (quote === '"' && escaper === '"'));
}

/** Whether the bytes are UTF-8 text as they stand. */
async function isPlainFile({ files }: SourceEnvironment, path: string, options: TextOptions): Promise<boolean> {
  if (options.encoding !== undefined && !/^utf-?8$/iu.test(options.encoding)) return false;
  const head = await files.head(path, 2000);
  const isPacked = (head[0] === 0x1f && head[1] === 0x8b) || (head[0] === 0x28 && head[1] === 0xb5);
  const isWide = (head[0] === 0xff && head[1] === 0xfe) || (head[0] === 0xfe && head[1] === 0xff) || head.includes(0);
  return !isPacked && !isWide;
}

async function beginningOf({ files }: SourceEnvironment, path: string, options: TextOptions): Promise<string> {
  let text = "";
  for await (const piece of files.text(path, options)) {
    text += piece;
    if (text.length >= BEGINNING) break;
  }
  return text;
}

function columnsOf(parts: readonly Part[], { columns }: TextLayout, hasHeader: boolean): readonly string[] {
  const [first, ...others] = parts;
  if (!hasHeader) return columns ?? first.header.map((_, index) => String(index + 1));
  const names = first.header.map((name, index) => name.trim() || `column ${index + 1}`);
  checkHeader(names, first.path);
  for (const { path, header } of others) {
    const at = names.findIndex((name, index) => (header[index]?.trim() || `column ${index + 1}`) !== name);
    if (at >= 0 || header.length !== names.length) {
      throw new FailureError({
        code: "other-header",
        message: `the header differs from the one of ${first.path}: column ${at + 1} is \`${header[at] ?? ""}\`, not \`${names[at] ?? ""}\``,
        where: `${path}, line 1`,
        fix: "give all files the same columns in the same order, or name them apart; where only the first names them, take that line away and say `header: false` or `columns`",
      });
    }
  }
  return names;
}

function readerOf({ sqlPath, isScratch, hasHeader, dialect, skip, census }: Part, columns: number): string {
  const declared = Array.from({ length: columns }, (_, index) => `'c${index}': 'VARCHAR'`).join(", ");
  const delimiter = isScratch ? "," : dialect.delimiter;
  const quote = isScratch || dialect.quote !== "" ? `'"'` : "''";
  const line = !isScratch && census.endsWithReturn ? "\\r\\n" : "\\n";
  const parallel = census.hasLongCells ? ", parallel=false" : "";
  return (
    `read_csv(${sqlFile(sqlPath)}, auto_detect=false, header=${!isScratch && hasHeader}, skip=${isScratch ? 0 : skip}, delim=${sqlText(delimiter)}, quote=${quote}, ` +
    `escape=${quote}, new_line='${line}', columns={${declared}}, max_line_size=16777216${parallel})`
  );
}

function malformedOf(parts: readonly Part[]): Malformed | undefined {
  const broken = parts.filter(({ census }) => census.broken > 0);
  const [first] = broken;
  if (first?.census.firstBroken === undefined) return undefined;
  const { line, column, says } = first.census.firstBroken;
  return {
    count: broken.reduce((sum, { census }) => sum + census.broken, 0),
    where: `${first.path}, line ${line}, column ${column}`,
    reason: says,
  };
}

/** Reads again up to the row: only ever done for the first row of a kind of dirt. */
async function placeOf(
  { files }: SourceEnvironment,
  parts: readonly Part[],
  row: number,
  column: number,
  options: TextOptions,
  dialect: TextDialect,
  layout: TextLayout,
  isList: boolean,
): Promise<string> {
  let left = row;
  for (const { path, rows, hasHeader } of parts) {
    if (left > rows) {
      left -= rows;
      continue;
    }
    let seen = hasHeader ? -1 : 0;
    let found = 0;
    const reader = createRowReader(dialect, {
      skip: layout.skip,
      columns: layout.columns?.length,
      ragged: isList,
      sink: (cells, line) => {
        seen += isList ? cells.slice(1).filter((cell) => cell !== "").length : 1;
        if (seen < left) return undefined;
        found = line;
        return false;
      },
    });
    for await (const piece of files.text(path, options)) {
      reader.push(piece);
      if (found > 0) break;
    }
    if (found === 0) reader.end();
    return `${path}, line ${found}${column < 0 ? "" : `, column ${column + 1}`}`;
  }
  return `${describePaths(parts.map(({ path }) => path))}, row ${row}`;
}
