/** What a table seems to be: its columns with their roles, its time, what repeats, what gives the label away, and how it moves by week. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers } from "../../../core/table.ts";
import { cellText, numberOfText } from "../sources/cell-text.ts";
import { labelLeaks } from "../sources/label-leaks.ts";
import { readTime, type TimeReading } from "../sources/read-time.ts";
import { queryFile } from "../sources/source-table.ts";
import { sqlText } from "../sources/sql-text.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { type ColumnProfile, profileColumns, SAMPLE_TABLE, sampledNumber } from "./column-profile.ts";
import { type Contradiction, findContradictions } from "./contradicting-rows.ts";
import { listColumns } from "./list-cells.ts";
import { COUNTED_EXACTLY, countRepeated } from "./repeated-rows.ts";
import { checkSaidLabel } from "./said-label.ts";
import { type Role, rolesByPlace, type SeemingRole, seemingRole } from "./seeming-role.ts";

/** A column with what it seems to be. */
export interface ProfiledColumn extends ColumnProfile {
  readonly role: Role;
  readonly why: string;
}

export interface TimeProfile {
  readonly column: string;
  readonly says: string;
  /** Seconds since 1970. */
  readonly first: number;
  readonly last: number;
  /** Cells that are no moment, or lie before 1980 or after today. */
  readonly doubtful: number;
}

/** A second column of moments that never lie before the first. */
export interface LaterMoment {
  readonly column: string;
  /** Share of the rows that have it. */
  readonly share: number;
  /** Seconds after the row's moment, up to which 95 % of those lie. */
  readonly within: number;
}

export interface TableProfile {
  readonly path: string;
  readonly rows: number;
  readonly columns: readonly ProfiledColumn[];
  readonly understood: readonly string[];
  readonly time?: TimeProfile;
  /** A moment after the row's own, where there is a label: what may say when the label became known. */
  readonly later?: LaterMoment;
  /** Why no time could be read, where a column seems to be one: the question that is missing. */
  readonly timeQuestion?: string;
  /** Rows that are the same as an earlier one in every cell. */
  readonly repeated: number;
  /** Whether `repeated` was counted in a share of the rows alone. */
  readonly isRepeatedEstimated: boolean;
  /** Rows that say another value or label than the last row of the same; not looked for in very long tables. */
  readonly contradiction?: Contradiction;
  /** Columns that give the label away. */
  readonly leaks: readonly { readonly column: string; readonly why: string }[];
  /** Share of positives where there is a label. */
  readonly positives?: number;
  /** Rows and the mean of the value or label, by week since the first moment. */
  readonly weeks: readonly { readonly week: number; readonly rows: number; readonly mean: number }[];
  /** Columns whose cells are lists, each with one of its cells. */
  readonly lists: ReadonlyMap<string, string>;
  /** Rows that could not be read, with the first place. */
  readonly malformed?: { readonly count: number; readonly where: string; readonly reason: string };
}

const DAY = 86_400;
const MOST_WEEKS = 520;

/**
 * Looks at a table without a mapping. Never throws for what the values are: doubt is part of the profile. `saidLabel` is the column that
 * somebody says is to be predicted, where the table holds it.
 */
export async function profileTable(
  environment: SourceEnvironment,
  table: SourceTable,
  saidLabel?: string,
): Promise<TableProfile> {
  const columns = await profileColumns(environment, table);
  const isNamed = !table.columns.every((name, at) => name === String(at + 1));
  const readings = await findTimes(environment, table, columns, isNamed);
  const isTime = columns.map(({ name }) => readings.times.has(name));
  const isList = table.columns.join() === "member,item,place";
  const lists = await listColumns(environment, table, columns, (name) => readings.times.has(name));
  // Beside lists no order says which column is what.
  const isToldByName = isNamed || lists.size > 0;
  const seeming = isToldByName ? columns.map((column) => seemingRole(column, isNamed)) : rolesByPlace(columns, isTime);
  const roles = columns.map((column, at): SeemingRole => {
    if (lists.has(column.name)) return { role: "list", why: "each cell is a list", strength: 3 };
    if (saidLabel === undefined) return seeming[at];
    if (column.name === saidLabel) return checkSaidLabel(column);
    return seeming[at].role === "label" ? { ...seeming[at], role: "attribute" } : seeming[at];
  });
  const settled = await countRoles(environment, table, settle(columns, roles, isTime, readings.times, isList));
  const label = settled.find(({ role }) => role === "label");
  const measured = label ?? settled.find(({ role }) => role === "value");
  const chosen = settled.find(({ role }) => role === "time");
  const reading = chosen === undefined ? undefined : readings.times.get(chosen.name);
  const spanned =
    chosen === undefined || reading === undefined
      ? undefined
      : await byDay(environment, table, chosen.name, reading, measured?.name);
  const time = spanned?.time;
  const later =
    label === undefined || chosen === undefined
      ? undefined
      : await laterMoment(environment, table, chosen.name, readings);
  return {
    path: table.path,
    rows: columns[0]?.rows ?? 0,
    columns: settled,
    understood: table.understood,
    time,
    ...(later === undefined ? {} : { later }),
    timeQuestion: time === undefined ? readings.question : undefined,
    repeated: await countRepeated(environment, table, columns[0]?.rows ?? 0),
    isRepeatedEstimated: (columns[0]?.rows ?? 0) > COUNTED_EXACTLY,
    contradiction:
      (columns[0]?.rows ?? 0) > COUNTED_EXACTLY ? undefined : await findContradictions(environment, table, settled),
    leaks: label === undefined ? [] : await findLeaks(environment, table, settled, label),
    positives: label === undefined ? undefined : await positivesOf(environment, table, label),
    weeks: spanned?.weeks ?? [],
    lists,
    malformed: table.malformed,
  };
}

interface FoundTimes {
  readonly times: ReadonlyMap<string, TimeReading>;
  readonly question?: string;
}

async function findTimes(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly ColumnProfile[],
  isNamed: boolean,
): Promise<FoundTimes> {
  const times = new Map<string, TimeReading>();
  const onlyCounted = new Map<string, TimeReading>();
  let question: string | undefined;
  for (const column of columns) {
    const isCalled =
      isNamed &&
      /time|date|(?:^|_)ts$|stamp|(?:^|_)at$|^step$|^hour$|^day$|when|created|datum|^zeit|fecha|^hora$|heure/iu.test(
        column.name,
      );
    const isDelta = isNamed && /[a-z]DT$|_dt$/u.test(column.name);
    const isStamped = /^(?:TIMESTAMP|DATE)/u.test(table.types[column.place - 1]);
    const isIdentifier = isNamed && /(?:^|[^a-z])id$|[a-z]I[dD]$|^id/u.test(column.name);
    const isCounted =
      column.kind !== "text" && !isIdentifier && column.least > 3e8 && column.most < 5e18 && column.distinct > 2;
    const isWritten = column.kind === "text" && /\d{1,4}[-/. ]\w{1,9}[-/., ]+\d{2,4}/u.test(column.top[0]?.value ?? "");
    const isDated = column.kind === "text" && column.distinct > 2 && column.top.every(({ value }) => DATED.test(value));
    const isSaid = isCalled || isDelta || isWritten;
    if (column.kind === "empty" || column.kind === "boolean" || !(isSaid || isStamped || isCounted || isDated))
      continue;
    try {
      const reading = await readTime(environment, table, { column: column.name });
      (isSaid || isStamped || isDated ? times : onlyCounted).set(column.name, reading);
    } catch (error) {
      if (!(error instanceof FailureError)) throw error;
      if (isSaid) question ??= `${error.failure.message}. ${error.failure.fix ?? ""}`;
    }
  }
  // A count that lies in the range of moments may be one; a column that is called or written as a moment is.
  return { times: new Map([...times, ...onlyCounted]), question };
}

/** A text with a year of four digits beside words or other numbers, no longer than moments are written. */
const DATED = /^(?=.{8,40}$)(?=.*(?:^|\D)(?:19|20)\d{2}(?:\D|$))(?=.*\d\D+\d)/u;

/** One column a role: the surer one, then the earlier; the others keep to being attributes. */
function settle(
  columns: readonly ColumnProfile[],
  roles: readonly SeemingRole[],
  isTime: readonly boolean[],
  times: ReadonlyMap<string, TimeReading>,
  isList: boolean,
): readonly ProfiledColumn[] {
  const single: readonly Role[] = [
    "member",
    "item",
    "event",
    "value",
    "label",
    "amount",
    "terminal",
    "position",
    "id",
    "propensity",
  ];
  const taken = new Map<Role, number>();
  for (const role of single) {
    const wanting = roles
      .map((one, at) => ({ ...one, at }))
      .filter((one) => one.role === role && !(isTime[one.at] && one.strength < 2));
    const best = wanting.reduce<(typeof wanting)[number] | undefined>(
      (most, one) => (most === undefined || one.strength > most.strength ? one : most),
      undefined,
    );
    if (best !== undefined) taken.set(role, best.at);
  }
  const named = (at: number): boolean => [...taken.values()].includes(at);
  const free = [...times.keys()].find((name) => !named(columns.findIndex((column) => column.name === name)));
  const timeAt = columns.findIndex(({ name }) => name === free);
  return columns.map((column, at): ProfiledColumn => {
    const { role, why } = roles[at];
    if (isList)
      return {
        ...column,
        role: (["member", "item", "position"] as const)[at] ?? "attribute",
        why: "one line a member: its identifier, then items in order",
      };
    if (at === timeAt) return { ...column, kind: "time", role: "time", why: `read as ${times.get(column.name)?.says}` };
    if (isTime[at] && !named(at))
      return {
        ...column,
        kind: "time",
        role: "attribute",
        why: `another moment: read as ${times.get(column.name)?.says}`,
      };
    const isLost = single.includes(role) && taken.get(role) !== at;
    return isLost
      ? { ...column, role: "attribute", why: `${why}; another column is likelier the ${role}` }
      : { ...column, role, why };
  });
}

/** Of the columns that hold moments besides the row's own, the one that is filled most among those that never lie before it, and do after it. */
async function laterMoment(
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
async function byDay(
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

/** The value of a label that stands for yes: the rarer one where the values do not say. */
export function yesOf(label: Pick<ProfiledColumn, "top">): string {
  const values = label.top.map(({ value }) => value);
  const said = speaksForItself(label) ? values.find((value) => YES.test(value)) : undefined;
  return said ?? values.at(-1) ?? "1";
}

const YES = /^(?:1|1\.0|true|t|yes|y)$/iu;
const NO = /^(?:0|0\.0|false|f|no|n)$/iu;

/** Whether a label's values are 0 and 1, or words for no and yes. */
export function speaksForItself({ top }: Pick<ProfiledColumn, "top">): boolean {
  return top.every(({ value }) => YES.test(value) || NO.test(value)) && top.some(({ value }) => YES.test(value));
}

async function positivesOf(environment: SourceEnvironment, table: SourceTable, label: ProfiledColumn): Promise<number> {
  const cell = cellText(table, label.name);
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) FILTER (${cell} = ${sqlText(yesOf(label))}) / count(${cell}) AS share FROM ${table.from}`,
  );
  return numbers(found, "share")[0];
}

/** What a note calls measured is counted: the different members and items, whose estimates are a few hundredths off. */
async function countRoles(
  environment: SourceEnvironment,
  table: SourceTable,
  columns: readonly ProfiledColumn[],
): Promise<readonly ProfiledColumn[]> {
  const named = columns.filter(
    ({ role, isCounted }) => !isCounted && ["member", "item", "terminal", "id"].includes(role),
  );
  if (named.length === 0) return columns;
  const counts = named.map(
    ({ name, place }) =>
      `count(DISTINCT ${table.types[place - 1] === "VARCHAR" ? cellText(table, name) : `c${place - 1}`}) AS d${place}`,
  );
  const found = await queryFile(environment, table, `SELECT ${counts.join(", ")} FROM ${table.from}`);
  return columns.map((column) =>
    named.includes(column)
      ? {
          ...column,
          distinct: numbers(found, `d${column.place}`)[0],
          isCounted: true,
          why: column.why.replace(/^its name, and .*$/u, "its name"),
        }
      : column,
  );
}

/** What gives the label away in the sample, by its values or by its numbers alone, as a check of the note will find it too. */
async function findLeaks(
  { sql }: SourceEnvironment,
  table: SourceTable,
  columns: readonly ProfiledColumn[],
  label: ProfiledColumn,
): Promise<TableProfile["leaks"]> {
  const suspects = columns
    .filter(({ name, distinct }) => name !== label.name && distinct >= 2)
    .map(({ name, place, kind }) => ({
      name,
      text: `c${place - 1}`,
      ...(kind === "number" || kind === "whole" ? { number: sampledNumber(table, place - 1) } : {}),
    }));
  return labelLeaks({ sql }, SAMPLE_TABLE, `c${label.place - 1} = ${sqlText(yesOf(label))}`, suspects);
}
