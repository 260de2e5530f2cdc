/** Which columns of a table hold moments, which of them comes after the row's own, and how rows move by week. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { cellText, numberOfText } from "../sources/cell-text.ts";
import { readTime, type TimeReading } from "../sources/read-time.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { LaterMoment, TableProfile, TimeProfile } from "./profiled-table.ts";
import { openDayOf } from "./stand-ins.ts";

const DAY = 86_400;
const MOST_WEEKS = 520;

/** Columns of moments with how each is read, and the question where one that is called a moment is none. */
export interface FoundTimes {
  readonly times: ReadonlyMap<string, TimeReading>;
  readonly question?: string;
  /** The column that the question is about. */
  readonly asked?: string;
  /** Whether none of the moments is the row's own. */
  readonly isTimeless?: boolean;
  /** Of a date in parts beside columns of moments. */
  readonly parts?: string;
}

export async function findTimes(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly ColumnProfile[],
  isNamed: boolean,
  said?: string,
): Promise<FoundTimes> {
  const times = new Map<string, TimeReading>();
  const onlyCounted = new Map<string, TimeReading>();
  let question: string | undefined;
  let asked: string | undefined;
  for (const column of columns) {
    const isCalled =
      isNamed &&
      !LASTS.test(column.name) &&
      /time|date|(?:^|_)ts$|stamp|(?:^|_)at$|^step$|^hour$|^day$|when|created|datum|^zeit|fecha|^hora$|heure/iu.test(
        column.name,
      );
    const isDelta = isNamed && /[a-z]DT$|_dt$/u.test(column.name);
    const isStamped = /^(?:TIMESTAMP|DATE)/u.test(table.types[column.place - 1]);
    const isIdentifier = isNamed && IDENTIFIES.test(column.name);
    const isCounted =
      column.kind !== "text" && !isIdentifier && column.least > 3e8 && column.most < 5e18 && column.distinct > 2;
    const isWritten = column.kind === "text" && /\d{1,4}[-/. ]\w{1,9}[-/., ]+\d{2,4}/u.test(column.top[0]?.value ?? "");
    const isDated = column.kind === "text" && column.distinct > 2 && column.top.every(({ value }) => DATED.test(value));
    // Words for a part of the day or a day of the week are no moments, whatever their column is called.
    const isWords = column.kind === "text" && !column.top.some(({ value }) => /\d/u.test(value));
    const isMonth = column.kind === "text" && column.top.every(({ value }) => MONTH.test(value));
    const isSaid = isCalled || isDelta || isWritten || isMonth || column.name === said;
    if (
      (column.name !== said && (isWords || column.kind === "boolean")) ||
      column.kind === "empty" ||
      !(isSaid || isStamped || isCounted || isDated)
    )
      continue;
    try {
      const reading = await readTime(environment, table, { column: column.name });
      (isSaid || isStamped || isDated ? times : onlyCounted).set(column.name, reading);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (column.name === said) throw error;
      // What is asked of a day without end is asked elsewhere.
      if (!isSaid || question !== undefined || openDayOf(column) !== undefined) continue;
      question = `${error.failure.message}. ${error.failure.fix ?? ""}`;
      asked = column.name;
    }
  }
  const parts = isNamed ? momentInParts(columns) : undefined;
  if (parts !== undefined && times.size === 0) return { times: onlyCounted, ...parts };
  if (parts !== undefined && said === undefined && ![...times.keys()].some(isOwnMoment))
    return { times, isTimeless: true, ...parts };
  if (parts !== undefined) return { times, question, asked, parts: parts.question };
  // A count that lies in the range of moments may be one; a column that is called or written as a moment is.
  return { times: new Map([...times, ...onlyCounted]), question, asked };
}

/** A year and its month, such as 2024-01. */
const MONTH = /^(?:19|20)\d{2}[-/.](?:0[1-9]|1[0-2])$/u;

/** How long, how often or how far off, which is no moment though it is called a time. */
const LASTS =
  /times$|duration|elapsed|time_?(?:spent|since|to_|in_|between|on_)|(?:play|watch|view|dwell|read|listen|respon[sd]e?|wait|session|lead|total|avg|mean)[a-z]*[_ ]?(?:time|days?)$/iu;

/** `CUSTOMER_ID`, `sessionId`, `id_order`, `account_number`: what is told apart by it stands at no moment, however large it is. */
const IDENTIFIES =
  /(?:^|[^A-Za-z])(?:[iI][dD]s?|(?:key|nr|no|num|number|code|phone|uid)$)(?:$|[^A-Za-z])|[a-z]I[dD]s?$|^id/u;

/** A moment of who or what the row names, long before it, or of what became of the row after it. */
const OF_ANOTHER =
  /sign_?up|regist|birth|(?:^|_)dob(?:_|$)|joined|joining|member_since|first_|last_|(?:account|user|customer|profile)_?(?:open|creat)|(?:^|_)since(?:_|$)|fecha_alta|enrol|hire|hiring|status|updat|modif|clos|resolv|cancel|deliver|complet|check_?out|return|refund|(?:^|_)end(?:ed)?(?:_|$)|finish|shipp|estimat|expir|expected|due_/iu;

/** Whether a column of moments is not called after somebody's beginning, or after what became of the row. */
export function isOwnMoment(name: string): boolean {
  return !OF_ANOTHER.test(name.replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1_$2"));
}

/** The question where year, month and day stand in columns of their own: no mapping brings them together. */
function momentInParts(columns: readonly ColumnProfile[]): Pick<FoundTimes, "question" | "asked"> | undefined {
  const called = (pattern: RegExp, fits: (column: ColumnProfile) => boolean) =>
    columns.find((column) => pattern.test(column.name) && fits(column));
  const year = called(/(?:^|[^a-z])(?:year|yr|jahr)$/iu, ({ least, most }) => least >= 1900 && most <= 2100);
  const month = called(
    /(?:^|[^a-z])(?:month|monat)$/iu,
    ({ kind, least, most }) => kind === "text" || (least >= 1 && most <= 12),
  );
  const day = called(
    /(?:^|[^a-z])(?:day|day_of_(?:the_)?month|tag|date)$/iu,
    ({ least, most }) => least >= 1 && most <= 31,
  );
  if (year === undefined || month === undefined || day === undefined) return undefined;
  const [y, m, d] = [year, month, day].map(({ name }) => `"${name}"`);
  const made =
    month.kind === "text"
      ? `CAST(strptime(${d} || ' ' || ${m} || ' ' || ${y}, '%d %B %Y') AS DATE)`
      : `make_date(CAST(${y} AS BIGINT), CAST(${m} AS BIGINT), CAST(${d} AS BIGINT))`;
  return {
    question: `The date stands in parts, in \`${year.name}\`, \`${month.name}\` and \`${day.name}\`. Write it as one column, as in DuckDB: COPY (SELECT *, ${made} AS date FROM 'FILE') TO 'rows.parquet'; or say \`time: none\``,
    asked: day.name,
  };
}

/** A text with a year of four digits beside words or other numbers, no longer than moments are written. */
const DATED = /^(?=.{8,40}$)(?=.*(?:^|\D)(?:19|20)\d{2}(?:\D|$))(?=.*\d\D+\d)/u;

/** Of the columns that hold moments besides the row's own, the one that is filled most among those that never lie before it, and do after it. */
export async function laterMoment(
  environment: SourceEnvironment,
  table: SourceTable,
  column: string,
  { times }: FoundTimes,
): Promise<LaterMoment | undefined> {
  const own = times.get(column);
  const others = [...times].filter(([name]) => name !== column);
  if (own === undefined || others.length === 0) return undefined;
  const sums = others.map(
    (_, at) =>
      `count(k${at} - t) AS filled${at}, count(*) FILTER (k${at} < t) AS before${at}, coalesce(approx_quantile(k${at} - t, 0.95), 0) AS within${at}, min(k${at} - t) AS least${at}, max(k${at} - t) AS most${at}`,
  );
  const cells = others.map(([, reading], at) => `${reading.sql} AS k${at}`);
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) AS rows, max(t) - min(t) AS span, ${sums.join(", ")} FROM (SELECT ${own.sql} AS t, ${cells.join(", ")} FROM ${table.from})`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  const fitting = others.flatMap(([name], at): LaterMoment[] => {
    const filled = of(`filled${at}`);
    const within = of(`within${at}`);
    if (filled < FEWEST_LATER || of(`before${at}`) > 0 || !(within > 0)) return [];
    // The same moment by another clock, or one that the history is too short for, is no label that came later.
    if (of(`most${at}`) - of(`least${at}`) < 1 || within > of("span")) return [];
    return [{ column: name, share: filled / of("rows"), within }];
  });
  return fitting.reduce<LaterMoment | undefined>(
    (most, one) => (most === undefined || one.share > most.share ? one : most),
    undefined,
  );
}

/** Fewer moments say nothing of a delay. */
const FEWEST_LATER = 20;

/** The span, what is doubtful, and the weeks since the first day, all in one pass over the rows. */
export async function byDay(
  environment: SourceEnvironment,
  table: SourceTable,
  column: string,
  reading: TimeReading,
  measured: string | undefined,
): Promise<{ readonly time: TimeProfile; readonly weeks: TableProfile["weeks"] }> {
  const latest = Number.isFinite(reading.latest) ? reading.latest : 1e300;
  const text = measured === undefined ? "NULL" : cellText(table, measured);
  const value = `coalesce(${numberOfText(table, "v")}, CASE lower(v) WHEN 'true' THEN 1 WHEN 'yes' THEN 1 WHEN 'false' THEN 0 WHEN 'no' THEN 0 END)`;
  const found = await queryFile(
    environment,
    table,
    `SELECT CASE WHEN ok THEN floor(t / ${DAY}) END AS day, count(*) AS rows, min(t) AS first, max(t) AS last,
       count(*) FILTER (filled) AS filled, count(n) AS measured, coalesce(sum(n), 0) AS total
     FROM (SELECT t, filled, coalesce(t BETWEEN ${reading.earliest} AND ${latest}, false) AS ok, ${value} AS n
       FROM (SELECT t, CASE WHEN t IS NOT NULL THEN true ELSE w IS NOT NULL END AS filled, v
         FROM (SELECT ${reading.sql} AS t, ${cellText(table, column)} AS w, ${text} AS v FROM ${table.from})))
     GROUP BY day ORDER BY day NULLS LAST`,
  );
  const days = Array.from({ length: found.rows }, (_, row) => {
    const of = (name: string): number => numbers(found, name)[row];
    return {
      day: of("day"),
      rows: of("rows"),
      first: of("first"),
      last: of("last"),
      filled: of("filled"),
      measured: of("measured"),
      total: of("total"),
    };
  });
  const known = days.filter(({ day }) => Number.isFinite(day));
  const doubtful = days.filter(({ day }) => !Number.isFinite(day)).reduce((sum, { filled }) => sum + filled, 0);
  const [first, last] = [known[0]?.first ?? Number.NaN, known.at(-1)?.last ?? Number.NaN];
  return { time: { column, says: reading.says, first, last, doubtful }, weeks: last > first ? weeksOf(known) : [] };
}

interface CountedDay {
  readonly day: number;
  readonly rows: number;
  readonly measured: number;
  readonly total: number;
}

/** Days in ascending order as weeks since the first, several weeks as one where there are too many. */
function weeksOf(days: readonly CountedDay[]): TableProfile["weeks"] {
  const [{ day: begin }] = days;
  const end = days[days.length - 1].day;
  const length = Math.max(1, Math.ceil((end - begin + 1) / 7 / MOST_WEEKS));
  const weeks = new Map<number, { rows: number; measured: number; total: number }>();
  for (const { day, rows, measured, total } of days) {
    const week = Math.floor((day - begin) / 7 / length) * length;
    const sum = weeks.get(week) ?? { rows: 0, measured: 0, total: 0 };
    weeks.set(week, { rows: sum.rows + rows, measured: sum.measured + measured, total: sum.total + total });
  }
  return [...weeks].map(([week, { rows, measured, total }]) => ({ week, rows, mean: total / measured }));
}
