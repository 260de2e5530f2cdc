/** Reads LibSVM lines of graded rows: a grade, the query it belongs to, and sparse features, `2 qid:7 1:0.5 4:1 # note`. */

import { FailureError } from "../../../core/outcome.ts";
import type { SourceEnvironment } from "./table-types.ts";

export interface GradedRows {
  readonly grades: Float64Array;
  /** Query of each row, from 0 in the order in which they first stand. */
  readonly queries: Int32Array;
  readonly queryCount: number;
  /** Features by their numbers in the file; what a row does not name is 0 there. */
  readonly features: ReadonlyMap<number, Float64Array>;
}

/** Cells that are kept at most: 8 bytes each. */
const MOST_CELLS = 500e6;

/**
 * Reads a file. Queries come from `qid:` or from the sizes in `FILE.query`, one a line. Throws a `FailureError` with line and column for a cell that
 * is none, for rows without a query, and for sizes that are not those of the rows.
 */
export async function readGradedRows({ files }: Pick<SourceEnvironment, "files">, path: string): Promise<GradedRows> {
  const read = await readLines(files, path);
  const { grades, qids, cells } = read;
  if (grades.length === 0) throw bad("no-rows", "there is no row", path, "name a file that has rows");
  const named = qids.filter((qid) => qid !== undefined).length;
  const [queries, queryCount] =
    named === grades.length
      ? numbered(qids)
      : named > 0
        ? partly(path, qids)
        : await bySizes(files, path, grades.length);
  const numbers = [...new Set(cells.feature)].sort((one, other) => one - other);
  if (numbers.length * grades.length > MOST_CELLS)
    throw bad(
      "too-many-cells",
      `${grades.length.toLocaleString("en-US")} rows of ${numbers.length.toLocaleString("en-US")} features are ${((numbers.length * grades.length * 8) / 1e9).toFixed(1)} GB of numbers`,
      path,
      "leave out features that few rows have, or rows",
    );
  const features = new Map(numbers.map((number) => [number, new Float64Array(grades.length)]));
  cells.feature.forEach((number, at) => {
    const column = features.get(number);
    if (column !== undefined) column[cells.row[at]] = cells.value[at];
  });
  return { grades: Float64Array.from(grades), queries, queryCount, features };
}

interface ReadLines {
  readonly grades: number[];
  readonly qids: (string | undefined)[];
  readonly cells: { readonly row: number[]; readonly feature: number[]; readonly value: number[] };
}

async function readLines(files: SourceEnvironment["files"], path: string): Promise<ReadLines> {
  const read: ReadLines = { grades: [], qids: [], cells: { row: [], feature: [], value: [] } };
  let line = 0;
  let rest = "";
  for await (const piece of files.text(path)) {
    const lines = (rest + piece).split("\n");
    rest = lines.pop() ?? "";
    for (const one of lines) readLine(one, path, ++line, read);
  }
  if (rest !== "") readLine(rest, path, ++line, read);
  return read;
}

const NUMBER = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?$/u;

function readLine(text: string, path: string, line: number, { grades, qids, cells }: ReadLines): void {
  const [said] = text.split("#");
  const words = [...said.matchAll(/\S+/gu)];
  if (words.length === 0) return;
  const row = grades.length;
  const stop = (word: RegExpMatchArray, message: string): FailureError =>
    bad(
      "bad-graded-row",
      message,
      `${path}, line ${line}, column ${(word.index ?? 0) + 1}`,
      "write it as `grade qid:query feature:value …`",
    );
  const [first, ...others] = words;
  if (!NUMBER.test(first[0]) || Number(first[0]) < 0)
    throw stop(first, `\`${first[0].slice(0, 40)}\` is no grade: it has to be a number from 0 on`);
  grades.push(Number(first[0]));
  qids.push(undefined);
  const seen = new Set<number>();
  for (const word of others) {
    const [name, value = "", ...more] = word[0].split(":");
    if (name === "qid" && value !== "" && qids[row] === undefined) {
      qids[row] = value;
      continue;
    }
    if (more.length > 0 || !/^\d{1,9}$/u.test(name) || !NUMBER.test(value))
      throw stop(word, `\`${word[0].slice(0, 40)}\` is no feature: it has to be \`number:value\``);
    const feature = Number(name);
    if (seen.has(feature)) throw stop(word, `feature ${feature} stands twice in one row`);
    seen.add(feature);
    cells.row.push(row);
    cells.feature.push(feature);
    cells.value.push(Number(value));
  }
}

function numbered(qids: readonly (string | undefined)[]): readonly [Int32Array, number] {
  const ids = new Map<string, number>();
  const queries = Int32Array.from(qids, (qid = "") => {
    const id = ids.get(qid) ?? ids.size;
    ids.set(qid, id);
    return id;
  });
  return [queries, ids.size];
}

function partly(path: string, qids: readonly (string | undefined)[]): never {
  const row = qids.indexOf(undefined) + 1;
  throw bad("row-without-query", `row ${row} names no query, and others do`, path, "give each row its `qid:`, or none");
}

/** The sizes of the queries, in the order of the rows, as LightGBM keeps them beside the file. */
async function bySizes(
  files: SourceEnvironment["files"],
  path: string,
  rows: number,
): Promise<readonly [Int32Array, number]> {
  const beside = `${path}.query`;
  if (!(await files.exists(beside)))
    throw bad(
      "rows-without-query",
      `no row names its query, and there is no ${beside.replace(/^.*[/\\]/u, "")} with the sizes of the queries`,
      path,
      "write `qid:` behind each grade, or put the sizes beside the file, one a line",
    );
  let text = "";
  for await (const piece of files.text(beside)) text += piece;
  const sizes = text.split(/\s+/u).filter((one) => one !== "");
  const wrong = sizes.find((one) => !/^[1-9]\d*$/u.test(one));
  const total = sizes.reduce((sum, one) => sum + Number(one), 0);
  if (wrong !== undefined || total !== rows)
    throw bad(
      "other-sizes",
      wrong === undefined
        ? `the sizes of ${sizes.length} queries make ${total} rows, and the file has ${rows}`
        : `\`${wrong.slice(0, 40)}\` is no size of a query`,
      beside,
      "write one size a line, in the order of the rows",
    );
  return [
    Int32Array.from(sizes.flatMap((size, query) => Array.from({ length: Number(size) }, () => query))),
    sizes.length,
  ];
}

function bad(code: string, message: string, where: string, fix: string): FailureError {
  return new FailureError({ code, message, where, fix });
}
