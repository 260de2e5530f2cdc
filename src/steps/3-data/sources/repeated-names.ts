/** The line of names again among the rows: files that were written one below the other. It is no row, and its words are nobody's. */

import { FailureError } from "../../../core/outcome.ts";
import { shellWord } from "../../../core/shell-word.ts";
import type { TextLayout } from "./table-types.ts";
import type { TextDialect } from "./text-dialect.ts";
import { createRowReader } from "./text-rows.ts";

/** Looks for the text of the line of names in what follows it: a search of plain text, which costs next to nothing beside the reading. */
export interface NamesWatch {
  push(piece: string): void;
  /** The names stand in this line, counted from one. */
  stand(line: number): void;
  /** Whether that line's text was met again, if only within a cell. */
  mayComeAgain(): boolean;
}

export function createNamesWatch(): NamesWatch {
  let line = 0;
  /** What may hold the names still, then the end of the piece before. */
  let before = "";
  let names = "";
  let isMet = false;
  return {
    stand(at) {
      line = at;
    },
    push(piece) {
      if (isMet) return;
      let text = before + piece;
      if (names === "") {
        const lines = text.split(/\r\n|\n|\r/u, line + 1);
        if (line === 0 || lines.length <= line) {
          before = text;
          return;
        }
        names = lines[line - 1].replace(MARK, "").trim();
        text = text.slice(text.indexOf(names) + names.length);
      }
      isMet = names !== "" && text.includes(names);
      before = text.slice(-names.length);
    },
    mayComeAgain: () => isMet,
  };
}

/** Throws a `FailureError` with the line of the first row whose cells are the names, each in its own column. */
export async function refuseNamesAgain(
  text: AsyncIterable<string>,
  path: string,
  header: readonly string[],
  dialect: TextDialect,
  layout: TextLayout,
): Promise<void> {
  if (header.length < FEWEST_COLUMNS) return;
  const names = header.map(plain);
  let first = 0;
  let found = 0;
  let isSame = false;
  const reader = createRowReader(dialect, {
    skip: layout.skip,
    sink: (cells, line) => {
      if (first === 0) first = line;
      else if (cells.every((cell, at) => plain(cell) === names[at])) {
        found = line;
        isSame = cells.every((cell, at) => cell === header[at]);
      }
      return found > 0 ? false : undefined;
    },
  });
  for await (const piece of text) {
    reader.push(piece);
    if (found > 0) break;
  }
  if (found === 0) reader.end();
  if (found === 0) return;
  const file = shellWord(path);
  const packer = /\.gz$/iu.test(path) ? "gzip -dc" : /\.zst$/iu.test(path) ? "zstd -dc" : undefined;
  const command = isSame
    ? `awk 'NR == ${first} { names = $0 } NR <= ${first} || $0 != names'`
    : // Written a little otherwise than the first, as below the mark that another file began with.
      `sed '${found}d'`;
  throw new FailureError({
    code: "names-again",
    message: "this line names the columns once more: it is no row, and its words would be taken for values",
    where: `${path}, line ${found}, column 1`,
    fix: `take it out: ${packer === undefined ? `${command} ${file}` : `${packer} ${file} | ${command}`} > rows.csv`,
  });
}

/** Of a single column a value may well be called as the column is. */
const FEWEST_COLUMNS = 2;

/** A byte order mark, which a file keeps that is written below another. */
const MARK = /^\uFEFF/u;

function plain(cell: string): string {
  return cell.replace(MARK, "").trim();
}
