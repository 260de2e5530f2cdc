/** Reads a column of moments: its encoding is found out or taken from the note, is one for the whole column, and is said. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { cellText, columnIndex } from "./cell-text.ts";
import { queryFile } from "./source-table.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";
import { EPOCH_UNITS, STEP_UNITS, TIME_FORMATS, type TimeFormat } from "./time-formats.ts";

/** What the note says about time: `time: { column: ts, format: us, zone: Europe/Vilnius }`. Plain data. */
export interface TimeColumn {
  /** One column, or the date and the time of day in two. */
  readonly column: string | readonly string[];
  /** `iso`, `epoch`, `spreadsheet`, a name of `TIME_FORMATS`, or a strptime pattern such as `%d.%m.%Y`; found out where absent. */
  readonly format?: string;
  /** Unit of a count: `s`, `ms`, `us`, `ns` since 1970, or the length of a step with a `start`. */
  readonly unit?: string;
  /** Zone of moments that say none, such as `Europe/Vilnius`; UTC where absent. */
  readonly zone?: string;
  /** When a counter of steps was 0, as ISO 8601. */
  readonly start?: string;
}

/** How a column gives moments. */
export interface TimeReading {
  /** SQL over the table's columns: seconds since 1970 as DOUBLE, NULL for what is no moment. */
  readonly sql: string;
  /** `milliseconds since 1970`, for people. */
  readonly says: string;
  /** Names of the columns that are read. */
  readonly columns: readonly string[];
  /** Seconds before which and after which a moment is doubted. */
  readonly earliest: number;
  readonly latest: number;
}

/** Nobody logged clicks before this: 1980-01-01. Times before it mostly stand for `none`, or are in another unit. */
const EARLIEST = 315_532_800;
const NEVER = -62_135_596_800;
const DAY = 86_400;
const SAMPLE = 4000;

/** Throws a `FailureError` with the one question that is missing where the column alone does not say how to read it. */
export async function readTime(
  environment: SourceEnvironment,
  table: SourceTable,
  written: TimeColumn,
): Promise<TimeReading> {
  const columns = typeof written.column === "string" ? [written.column] : written.column;
  const types = columns.map((name) => table.types[columnIndex(table, name)]);
  const today = await now(environment);
  const zone = await knownZone(environment, table, written.zone);
  const common = { columns, earliest: EARLIEST, latest: today + 2 * DAY };
  if (written.start !== undefined) {
    return {
      ...common,
      ...(await readSteps(environment, table, columns[0], written)),
      earliest: NEVER,
      latest: Number.POSITIVE_INFINITY,
    };
  }
  if (columns.length === 1 && written.format === undefined && written.unit === undefined) {
    const stamped = stampedTime(table, columns[0], types[0], zone);
    if (stamped !== undefined) return { ...common, ...stamped };
  }
  const text = columns.map((name) => cellText(table, name)).join(" || ' ' || ");
  const isExplicit = written.format !== undefined || written.unit !== undefined;
  const readings = isExplicit ? [explicitReading(table, text, written, zone)] : candidates(text, zone, columns);
  const fit = await tryReadings(environment, table, text, readings, common.latest);
  if (isExplicit) {
    const [only] = readings;
    if (fit.sampled > 0 && fit.read[0] === 0) throw new FailureError(notInFormat(table, columns, written, fit.example));
    return { ...common, sql: only.sql, says: only.says, earliest: only.isCounted ? NEVER : EARLIEST };
  }
  if (fit.sampled === 0) return { ...common, sql: "CAST(NULL AS DOUBLE)", says: "nothing: the column is empty" };
  const most = Math.max(...fit.read);
  const best = likeliest(readings.filter((_, at) => fit.read[at] === most));
  if (most < fit.sampled * 0.5) throw new FailureError(await whichTime(environment, table, columns, text, fit.example));
  const chosen = best.length > 1 ? await settle(environment, table, columns, text, best, fit.example) : best[0];
  return { ...common, sql: plainCount(table, columns, types, chosen) ?? chosen.sql, says: chosen.says };
}

/** A count since 1970 in a column that the file declares to hold whole numbers is taken as it stands: writing it out first takes most of the time. */
function plainCount(
  table: SourceTable,
  columns: readonly string[],
  types: readonly string[],
  { name }: Reading,
): string | undefined {
  const unit = EPOCH_UNITS.find((one) => one.name === name);
  if (unit === undefined || columns.length > 1 || !/^U?(?:SMALL|BIG)?INT(?:EGER)?$/u.test(types[0])) return undefined;
  return `CAST(c${columnIndex(table, columns[0])} AS DOUBLE) / ${unit.perSecond.toExponential()}`;
}

/** Without rare formats where a usual one reads as many cells. */
function likeliest(readings: readonly Reading[]): readonly Reading[] {
  const usual = readings.filter(({ isRare }) => isRare !== true);
  return usual.length > 0 ? usual : readings;
}

interface Reading {
  readonly name: string;
  readonly says: string;
  readonly example: string;
  readonly sql: string;
  /** A count since 1970 that the note has said the unit of: any number is meant. */
  readonly isCounted?: boolean;
  readonly isRare?: boolean;
}

async function now({ sql }: SourceEnvironment): Promise<number> {
  return numbers(await sql.query("SELECT epoch(now()) AS now"), "now")[0];
}

async function knownZone({ sql }: SourceEnvironment, table: SourceTable, zone: string | undefined): Promise<string> {
  if (zone === undefined || /^utc$/iu.test(zone)) return "UTC";
  const zones = texts(await sql.query("SELECT name FROM pg_timezone_names()"), "name");
  const found = zones.find((one) => one.toLowerCase() === zone.toLowerCase());
  if (found !== undefined) return found;
  const suggestion = nearest(zone, zones);
  throw new FailureError({
    code: "unknown-zone",
    message: `\`${zone.slice(0, 60)}\` is no time zone that is known`,
    where: table.path,
    fix:
      suggestion === undefined
        ? "write it as the tz database does, such as `Europe/Vilnius` or `UTC`"
        : `did you mean \`${suggestion}\`?`,
  });
}

/** A column that the file itself declares to hold moments. */
function stampedTime(
  table: SourceTable,
  name: string,
  type: string,
  zone: string,
): Pick<TimeReading, "sql" | "says"> | undefined {
  const column = `c${columnIndex(table, name)}`;
  if (/^TIMESTAMP WITH TIME ZONE/u.test(type)) return { sql: `epoch(${column})`, says: "timestamps with a zone" };
  if (!/^(?:TIMESTAMP|DATE|DATETIME)/u.test(type)) return undefined;
  const isPlain = zone === "UTC";
  return {
    sql: isPlain ? `epoch(${column})` : `epoch(timezone(${sqlText(zone)}, CAST(${column} AS TIMESTAMP)))`,
    says: `${type === "DATE" ? "dates" : "timestamps"} in ${zone}`,
  };
}

function number(text: string): string {
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
  };
}

function epochReading(text: string, unit: (typeof EPOCH_UNITS)[number]): Reading {
  return {
    name: unit.name,
    says: unit.says,
    example: "1600196337",
    sql: `${number(text)} / ${unit.perSecond.toExponential()}`,
  };
}

/** Days since 1899-12-30, as spreadsheets count them; 25569 is 1970-01-01. */
function spreadsheetReading(text: string, zone: string): Reading {
  const seconds = `round((${number(text)} - 25569) * 86400, 3)`;
  const sql =
    zone === "UTC" ? seconds : `epoch(timezone(${sqlText(zone)}, make_timestamp(CAST(${seconds} * 1e6 AS BIGINT))))`;
  return { name: "spreadsheet", says: "days since 1899-12-30, as spreadsheets count them", example: "44089.79", sql };
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
  };
}

function candidates(text: string, zone: string, columns: readonly string[]): readonly Reading[] {
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

function explicitReading(
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

interface Fit {
  readonly sampled: number;
  /** Cells of the sample that each reading gives a likely moment for. */
  readonly read: readonly number[];
  readonly example: string;
}

/** Cells, spread over the sample, that every reading is tried on; those that read none of them are tried on no more. */
const TRIED = 200;

async function tryReadings(
  environment: SourceEnvironment,
  table: SourceTable,
  text: string,
  readings: readonly Reading[],
  latest: number,
): Promise<Fit> {
  if (readings.length === 1) return tryOn(environment, table, text, readings, latest, SAMPLE);
  const first = await tryOn(environment, table, text, readings, latest, TRIED);
  if (Math.max(...first.read) < first.sampled * 0.5) return tryOn(environment, table, text, readings, latest, SAMPLE);
  const likely = readings.filter((_, at) => first.read[at] > 0);
  const found = await tryOn(environment, table, text, likely, latest, SAMPLE);
  return {
    ...found,
    read: readings.map((reading) => (likely.includes(reading) ? found.read[likely.indexOf(reading)] : 0)),
  };
}

async function tryOn(
  environment: SourceEnvironment,
  table: SourceTable,
  text: string,
  readings: readonly Reading[],
  latest: number,
  most: number,
): Promise<Fit> {
  const counts = readings.map(({ sql, isCounted }, at) => {
    const seconds = sql.replaceAll(text, "t");
    return `count(*) FILTER (${isCounted === true ? `isfinite(${seconds})` : `(${seconds}) BETWEEN ${EARLIEST} AND ${latest}`}) AS r${at}`;
  });
  const found = await queryFile(
    environment,
    table,
    `WITH head AS (SELECT ${text} AS t FROM ${table.from} LIMIT ${SAMPLE * 5}),
     sample AS (SELECT t, row_number() OVER () AS place FROM head WHERE coalesce(t, '') <> '' LIMIT ${SAMPLE}),
     cells AS (SELECT t FROM sample WHERE place % greatest(1, (SELECT count(*) FROM sample) // ${most}) = 0)
     SELECT count(*) AS sampled, coalesce(min(t), '') AS example, ${counts.join(", ")} FROM cells`,
  );
  return {
    sampled: numbers(found, "sampled")[0],
    read: readings.map((_, at) => numbers(found, `r${at}`)[0]),
    example: texts(found, "example")[0],
  };
}

/** Several readings fit the beginning, such as 03/04/2020: the whole column decides, or the note has to. */
async function settle(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  text: string,
  readings: readonly Reading[],
  example: string,
): Promise<Reading> {
  const counts = readings.map(({ sql }, at) => `count(${sql.replaceAll(text, "t")}) AS r${at}`);
  const found = await queryFile(
    environment,
    table,
    `WITH cells AS (SELECT ${text} AS t FROM ${table.from}) SELECT ${counts.join(", ")} FROM cells`,
  );
  const read = readings.map((_, at) => numbers(found, `r${at}`)[0]);
  const most = Math.max(...read);
  const best = likeliest(readings.filter((_, at) => read[at] === most));
  if (best.length === 1) return best[0];
  const ways = best.map((one) => `${one.says.replace(/, such as.*$/u, "")} (\`format: ${one.name}\`)`);
  throw new FailureError({
    code: "ambiguous-time",
    message: `\`${example}\` in column \`${columns.join("`, `")}\` can be read as ${ways.join(" or as ")}, and no row decides`,
    where: table.path,
    fix: `say which: \`time: { column: ${shown(columns)}, format: ${best[0].name} }\``,
  });
}

function shown(columns: readonly string[]): string {
  return columns.length === 1 ? columns[0] : `[${columns.join(", ")}]`;
}

/** The question that is missing, by what the cells look like. */
async function whichTime(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly string[],
  text: string,
  example: string,
): Promise<ConstructorParameters<typeof FailureError>[0]> {
  const found = await queryFile(
    environment,
    table,
    `WITH cells AS (SELECT ${text} AS t FROM ${table.from} LIMIT 1000000)
     SELECT count(*) AS n, count(${number("t")}) AS read, min(${number("t")}) AS least, max(${number("t")}) AS most,
       count(try_strptime('2020' || lpad(t, 4, '0'), '%Y%m%d')) AS days FROM cells WHERE coalesce(t, '') <> ''`,
  );
  // A counter runs over the numbers that no month has a day for.
  const isCalendar = numbers(found, "days")[0] === numbers(found, "n")[0] && numbers(found, "n")[0] > 0;
  const [n, read, least, most] = ["n", "read", "least", "most"].map((name) => numbers(found, name)[0]);
  const column = shown(columns);
  if (least >= 101 && most <= 1231 && isCalendar) {
    return {
      code: "which-time",
      message: `\`${column}\` holds months and days without a year, such as \`${example.slice(0, 60)}\``,
      where: table.path,
      fix: `write the year before it, as in 2020${example.trim().padStart(4, "0")}, or say \`time: none\``,
    };
  }
  if (read >= n * 0.5) {
    return {
      code: "which-time",
      message: `\`${column}\` holds numbers from ${least} to ${most}, which are no moments since 1970 in any unit that would lie between 1980 and today`,
      where: table.path,
      fix: `say what one step is and when it began, as in \`time: { column: ${column}, unit: h, start: 2020-01-01 }\`; for a count since 1970 its unit, as in \`time: { column: ${column}, unit: s }\`; or \`time: none\``,
    };
  }
  return {
    code: "which-time",
    message: `\`${example.slice(0, 60)}\` in column \`${column}\` is in no format of time that is known`,
    where: table.path,
    fix: `say how to read it, as in \`time: { column: ${column}, format: "%d.%m.%Y %H:%M" }\`, or \`time: none\``,
  };
}

function notInFormat(
  table: SourceTable,
  columns: readonly string[],
  { format, unit }: TimeColumn,
  example: string,
): ConstructorParameters<typeof FailureError>[0] {
  return {
    code: "wrong-time-format",
    message: `no cell of column \`${shown(columns)}\` can be read as \`${format ?? unit}\`; one holds \`${example.slice(0, 60)}\``,
    where: table.path,
    fix: "leave `format` and `unit` out to have them found, or write the pattern of this cell",
  };
}

/** A counter of steps of one length from a start. */
async function readSteps(
  { sql }: SourceEnvironment,
  table: SourceTable,
  column: string,
  { unit = "s", start = "", zone }: TimeColumn,
): Promise<Pick<TimeReading, "sql" | "says">> {
  const match = /^\s*(?<count>\d+(?:\.\d+)?)?\s*(?<unit>\p{L}+)\s*$/u.exec(unit);
  const length = STEP_UNITS[match?.groups?.unit ?? ""];
  if (length === undefined) {
    const suggestion = nearest(unit, Object.keys(STEP_UNITS));
    throw new FailureError({
      code: "unknown-time-unit",
      message: `\`${unit}\` is no length of a step`,
      where: table.path,
      fix: suggestion === undefined ? "use s, min, h, d or w" : `did you mean \`${suggestion}\`?`,
    });
  }
  const begun = await sql.query("SELECT epoch(TRY_CAST($1 AS TIMESTAMPTZ)) AS start", [start]);
  const from = numbers(begun, "start")[0];
  if (Number.isNaN(from)) {
    throw new FailureError({
      code: "wrong-start",
      message: `\`start: ${start.slice(0, 40)}\` is no moment`,
      where: table.path,
      fix: "write it as 2020-01-01 or 2020-01-01T09:00:00+02:00",
    });
  }
  const step = length * Number(match?.groups?.count ?? 1);
  return {
    sql: `${from} + ${step.toExponential()} * ${number(cellText(table, column))}`,
    says: `steps of ${unit} from ${start}${zone === undefined ? "" : ` (${zone})`}`,
  };
}
