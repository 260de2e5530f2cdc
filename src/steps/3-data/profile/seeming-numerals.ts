/** How a table's texts seem to write numbers: a decimal comma, or signs between thousands, told by all cells of a sample. */

import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import { type Numerals, numeralPattern } from "../sources/numerals.ts";
import { queryFile } from "../sources/source-table.ts";
import { sqlText } from "../sources/sql-text.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";

const LOOKED_AT = 20_000;

/** Ways of writing that are looked for; a column shows one where all of its cells are so written, and some could be in no other way. */
const WAYS: readonly { readonly numerals: Numerals; readonly only: string }[] = [
  { numerals: { decimal: ",", thousands: "." }, only: "\\d[.]\\d{3},\\d|\\d[.]\\d{3}[.]\\d{3}" },
  { numerals: { decimal: ",", thousands: "space" }, only: "\\d[ \u00a0\u202f]\\d{3},\\d" },
  { numerals: { decimal: "," }, only: "^[-+]?\\d+,(?:\\d{1,2}|\\d{4,})$" },
  { numerals: { thousands: "," }, only: "\\d,\\d{3}[.]\\d|\\d,\\d{3},\\d{3}" },
  { numerals: { thousands: "'" }, only: "\\d['\u2019]\\d{3}" },
];

/** What a cell holds that shows any of them; most tables have none, and are asked no more. */
const ANY = "\\d[,'\u2019]|\\d[.]\\d{3}[.]\\d{3}";

/** The numerals that some columns show and none speaks against; undefined where numbers are written plainly, or nothing is sure. */
export async function seemingNumerals(
  environment: SourceEnvironment,
  table: SourceTable,
): Promise<Numerals | undefined> {
  const texts = table.columns.filter((_, at) => table.types[at] === "VARCHAR");
  if (texts.length === 0) return undefined;
  const cells = texts.map((name, at) => `${cellText(table, name)} AS s${at}`).join(", ");
  const source = `(SELECT ${cells} FROM ${table.from} LIMIT ${LOOKED_AT})`;
  const shows = texts.map((_, at) => `count(*) FILTER (regexp_matches(s${at}, ${sqlText(ANY)}))`);
  const hints = await queryFile(environment, table, `SELECT ${shows.join(" + ")} AS hints FROM ${source}`);
  if (numbers(hints, "hints")[0] === 0) return undefined;
  const sums = texts.flatMap((_, at) => [
    `count(s${at}) AS filled${at}`,
    `count(*) FILTER (regexp_full_match(s${at}, '[-+]?\\d*[.]?\\d+')) AS plain${at}`,
    `count(*) FILTER (regexp_full_match(s${at}, '[-+]?\\d*[.]\\d+')) AS dotted${at}`,
    ...WAYS.flatMap(({ numerals, only }, way) => [
      `count(*) FILTER (regexp_full_match(s${at}, ${sqlText(numeralPattern(numerals))})) AS fits${at}_${way}`,
      `count(*) FILTER (regexp_matches(s${at}, ${sqlText(only)})) AS shows${at}_${way}`,
    ]),
  ]);
  const found = await queryFile(environment, table, `SELECT ${sums.join(", ")} FROM ${source}`);
  const of = (name: string): number => numbers(found, name)[0];
  const shown = WAYS.filter((_, way) =>
    texts.some((_, at) => of(`shows${at}_${way}`) > 0 && of(`fits${at}_${way}`) === of(`filled${at}`)),
  );
  const [first] = shown;
  if (first === undefined) return undefined;
  const { numerals } = first;
  // Numbers with one point and nothing else beside them may be decimals, which a comma for all would make thousands.
  const way = WAYS.indexOf(first);
  const isAgainst = (at: number): boolean =>
    numerals.decimal === "," &&
    of(`dotted${at}`) > 0 &&
    of(`plain${at}`) === of(`filled${at}`) &&
    of(`shows${at}_${way}`) === 0;
  const disagree = shown.some((way) => (way.numerals.decimal ?? ".") !== (numerals.decimal ?? "."));
  return disagree || texts.some((_, at) => isAgainst(at)) ? undefined : numerals;
}
