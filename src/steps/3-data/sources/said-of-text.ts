/** What is said of a delimited text: how it was understood, and why it cannot be read. */

import { FailureError } from "../../../core/outcome.ts";
import type { TextLayout } from "./table-types.ts";
import type { TextCensus, TextDialect } from "./text-dialect.ts";

/** Leaving rows out is advised only where it was not done already, and left none. */
export function malformedFailure(
  path: string,
  { broken, firstBroken }: TextCensus,
  { delimiter, isBlank }: TextDialect,
  { malformed }: TextLayout,
): FailureError {
  const { line = 0, column = 0, says = "" } = firstBroken ?? {};
  const more =
    broken > 1 ? ` (and ${broken === 2 ? "1 more row is" : `${broken - 1} more rows are`} not as the others)` : "";
  const parted = isBlank ? "white space" : delimiter === "\t" ? "tabs" : `\`${delimiter}\``;
  return new FailureError({
    code: "malformed-row",
    message: `${says}${more}`,
    where: `${path}, line ${line}, column ${column}`,
    fix: `mend the file; cells are taken to be parted by ${parted} (\`delimiter\`) and quotes to enclose them (\`quote: none\` where they do not)${malformed === "drop" ? "; with such rows left out, no row is left" : "; or let such rows be left out: `repair: { bad-number: drop }`"}`,
  });
}

/** Throws a `FailureError` for a header that names two columns alike. */
export function checkHeader(columns: readonly string[], path: string): void {
  const repeated = columns.find((name, index) => columns.indexOf(name) !== index);
  if (repeated === undefined) return;
  throw new FailureError({
    code: "repeated-column",
    message: `the header has \`${repeated}\` twice`,
    where: `${path}, line 1`,
    fix: "give every column a name of its own, or say `header: false` where the first line is a row, and name columns by number",
  });
}

/** How the text was understood, for people. */
export function describeDialect(
  { delimiter, isBlank, quote, escaper }: TextDialect,
  { encoding, rows }: TextLayout,
  hasHeader: boolean,
  why: string | undefined,
  cells: number,
): readonly string[] {
  const parted = isBlank ? "white space" : delimiter === "\t" ? "tabs" : `\`${delimiter}\``;
  const said = [
    rows === "list" ? `one line a member, parted by ${parted}` : `${cells} cells a row, parted by ${parted}`,
  ];
  if (quote === "") said.push("no quotes");
  if (escaper === "\\") said.push("a backslash before quotes");
  if (rows !== "list")
    said.push(
      hasHeader
        ? `the first row names the columns${why === undefined ? "" : ` (${why})`}`
        : `no header${why === undefined ? "" : ` (${why})`}`,
    );
  if (encoding !== undefined) said.push(encoding);
  return said;
}
