/** The ways in which a column of texts may be read as moments, each as SQL that gives seconds since 1970. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceTable } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";
import { EPOCH_UNITS, TIME_FORMATS, type TimeFormat } from "./time-formats.ts";

export interface Reading {
  readonly name: string;
  readonly says: string;
  readonly example: string;
  readonly sql: string;
  /** A count since 1970 that the note has said the unit of: any number is meant. */
  readonly isCounted?: boolean;
  readonly isRare?: boolean;
  /** Signs of which a cell must hold all of one entry, or it is not read. */
  readonly needs: readonly string[];
}

/** A text as a number; NULL for what is none. */
export function number(text: string): string {
  return `TRY_CAST(${text} AS DOUBLE)`;
}

function isoReading(text: string, zone: string): Reading {
  const shape = `regexp_full_match(${text}, '\\d{4}-\\d{1,2}-\\d{1,2}(?:[T ]+\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?)?\\s*(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)?')`;
  const isZoned = `regexp_matches(${text}, '\\d:\\d{2}.*(?:Z|UTC|GMT|[+-]\\d{2}(?::?\\d{2})?)$')`;
  const zuluTime = `regexp_replace(replace(${text}, ',', '.'), '\\s*(?:UTC|GMT)$', 'Z')`;
  const tidy = `regexp_replace(regexp_replace(${zuluTime}, '([+-]\\d{2})(\\d{2})$', '\\1:\\2'), '\\s+([+-])', '\\1')`;
  const plain =
    zone === "UTC"
      ? `epoch(TRY_CAST(${tidy} AS TIMESTAMP))`
      : `epoch(timezone(${sqlText(zone)}, TRY_CAST(${tidy} AS TIMESTAMP)))`;
  return {
    name: "iso",
    says: `ISO 8601${zone === "UTC" ? "" : `, in ${zone} where a cell names no zone`}`,
    example: "2020-09-15 18:58:57",
    sql: `CASE WHEN NOT ${shape} THEN NULL WHEN ${isZoned} THEN epoch(TRY_CAST(${tidy} AS TIMESTAMPTZ)) ELSE ${plain} END`,
    needs: ["-"],
  };
}

function epochReading(text: string, unit: (typeof EPOCH_UNITS)[number]): Reading {
  return {
    name: unit.name,
    says: unit.says,
    example: "1600196337",
    sql: `${number(text)} / ${unit.perSecond.toExponential()}`,
    needs: [""],
  };
}

/** Days since 1899-12-30, as spreadsheets count them; 25569 is 1970-01-01. */
function spreadsheetReading(text: string, zone: string): Reading {
  const seconds = `round((${number(text)} - 25569) * 86400, 3)`;
  const sql =
    zone === "UTC" ? seconds : `epoch(timezone(${sqlText(zone)}, make_timestamp(CAST(${seconds} * 1e6 AS BIGINT))))`;
  return {
    name: "spreadsheet",
    says: "days since 1899-12-30, as spreadsheets count them",
    example: "44089.79",
    sql,
    needs: [""],
  };
}

function patternReading(text: string, format: TimeFormat, zone: string): Reading {
  const patterns = `[${format.patterns.map(sqlText).join(", ")}]`;
  const parsed = `try_strptime(regexp_replace(${text}, '\\s+', ' ', 'g'), ${patterns})`;
  const isPlain = format.isZoned === true || zone === "UTC";
  return {
    name: format.name,
    says: `${format.says}, such as ${format.example}${isPlain ? "" : `, in ${zone}`}`,
    example: format.example,
    ...(format.isRare === true ? { isRare: true } : {}),
    sql: isPlain ? `epoch(${parsed})` : `epoch(timezone(${sqlText(zone)}, ${parsed}))`,
    needs: [...new Set(format.patterns.map(neededBy))],
  };
}

/** Signs that a pattern may name, and `a` for letters. */
const SIGNS = ["-", ".", ",", ":", "/"] as const;
const LETTER = /\p{L}/u;

/** A pattern reads no cell without the signs that it names, and none without letters where it names a month, a day or a half of one in words. */
function neededBy(pattern: string): string {
  const signs = SIGNS.filter((sign) => pattern.includes(sign)).join("");
  return /%[aAbBp]/u.test(pattern) ? `${signs}a` : signs;
}

/** The readings that one of the cells could be read by, told from the signs in it: SQL takes longer to plan for a reading than to try it. */
export function possibleReadings(readings: readonly Reading[], cells: readonly string[]): readonly Reading[] {
  const held = new Set(
    cells.map((cell) => SIGNS.filter((sign) => cell.includes(sign)).join("") + (LETTER.test(cell) ? "a" : "")),
  );
  return readings.filter(({ needs }) =>
    needs.some((all) => [...held].some((signs) => [...all].every((sign) => signs.includes(sign)))),
  );
}

/** Every reading that is looked for. */
export function candidates(text: string, zone: string, columns: readonly string[]): readonly Reading[] {
  const isNamedDate = columns.some((name) => /date|day|time/iu.test(name));
  const whole = spreadsheetReading(text, zone);
  const spreadsheet = isNamedDate ? whole : { ...whole, sql: `CASE WHEN contains(${text}, '.') THEN ${whole.sql} END` };
  return [
    isoReading(text, zone),
    ...EPOCH_UNITS.map((unit) => epochReading(text, unit)),
    spreadsheet,
    ...TIME_FORMATS.map((format) => patternReading(text, format, zone)),
  ];
}

/** The reading that the note names. Throws a `FailureError` for a format or a unit that is none. */
export function explicitReading(
  table: SourceTable,
  text: string,
  { format, unit, column }: TimeColumn,
  zone: string,
): Reading {
  const known = EPOCH_UNITS.find(({ name }) => name === (unit === "µs" ? "us" : unit) || `epoch-${name}` === format);
  if (unit !== undefined && known === undefined && format === undefined) {
    throw new FailureError({
      code: "unknown-time-unit",
      message: `\`unit: ${unit}\` needs a \`start\`: moments counted from 1970 are in s, ms, us or ns`,
      where: table.path,
      fix: `time: { column: ${String(column)}, unit: ${unit}, start: 2020-01-01 }`,
    });
  }
  if (known !== undefined && (format === undefined || /^epoch/u.test(format)))
    return { ...epochReading(text, known), isCounted: true };
  if (format === "epoch") return { ...epochReading(text, EPOCH_UNITS[0]), isCounted: true };
  if (format === "iso") return isoReading(text, zone);
  if (format === "spreadsheet" || format === "excel") return spreadsheetReading(text, zone);
  if (format?.includes("%") === true) {
    return patternReading(
      text,
      { name: "pattern", says: `\`${format}\``, example: format, patterns: [format], isZoned: /%[zZ]/u.test(format) },
      zone,
    );
  }
  const named = TIME_FORMATS.filter(({ name }) => name === format);
  if (named.length > 0) {
    const patterns = named.flatMap((one) => one.patterns);
    return patternReading(text, { ...named[0], patterns }, zone);
  }
  const names = [...new Set(["iso", "epoch", "spreadsheet", ...TIME_FORMATS.map((one) => one.name)])];
  const suggestion = nearest(format ?? "", names);
  throw new FailureError({
    code: "unknown-time-format",
    message: `\`${format}\` is no format of time`,
    where: table.path,
    fix: `${suggestion === undefined ? "" : `did you mean \`${suggestion}\`? `}Use ${names.join(", ")}, or a pattern such as \`%d.%m.%Y %H:%M\``,
  });
}
