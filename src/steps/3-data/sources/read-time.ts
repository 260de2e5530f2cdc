/** Reads a column of moments: its encoding is found out or taken from the note, is one for the whole column, and is said. */

import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { cellText, columnIndex } from "./cell-text.ts";
import { queryFile } from "./source-table.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";
import type { TimeColumn } from "./time-column.ts";
import { EPOCH_UNITS, STEP_UNITS } from "./time-formats.ts";
import { notInFormat, shown, whichTime } from "./time-questions.ts";
import { candidates, explicitReading, number, possibleReadings, type Reading } from "./time-readings.ts";

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

interface Fit {
  readonly sampled: number;
  /** Cells of the sample that each reading gives a likely moment for. */
  readonly read: readonly number[];
  readonly example: string;
}

/** Cells, spread over the sample, that every reading is tried on; those that read none of them are tried on no more. */
const TRIED = 40;

async function tryReadings(
  environment: SourceEnvironment,
  table: SourceTable,
  text: string,
  readings: readonly Reading[],
  latest: number,
): Promise<Fit> {
  if (readings.length === 1) return tryOn(environment, table, text, readings, latest, SAMPLE);
  const cells = await queryFile(environment, table, `${cellsOf(table, text, SAMPLE)} SELECT t FROM cells`);
  const possible = possibleReadings(readings, texts(cells, "t"));
  const first = await tryOn(environment, table, text, possible, latest, TRIED);
  const isRead = Math.max(...first.read) >= first.sampled * 0.5;
  const likely = isRead ? possible.filter((_, at) => first.read[at] > 0) : possible;
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
    `${cellsOf(table, text, most)}
     SELECT count(*) AS sampled, coalesce(min(t), '') AS example, ${counts.join(", ")} FROM cells`,
  );
  return {
    sampled: numbers(found, "sampled")[0],
    read: readings.map((_, at) => numbers(found, `r${at}`)[0]),
    example: texts(found, "example")[0],
  };
}

/** `cells`: about `most` of the filled ones at the beginning, evenly spread. */
function cellsOf(table: SourceTable, text: string, most: number): string {
  return `WITH head AS (SELECT ${text} AS t FROM ${table.from} LIMIT ${SAMPLE * 5}),
     sample AS (SELECT t, row_number() OVER () AS place FROM head WHERE coalesce(t, '') <> '' LIMIT ${SAMPLE}),
     cells AS (SELECT t FROM sample WHERE place % greatest(1, (SELECT count(*) FROM sample) // ${most}) = 0)`;
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
