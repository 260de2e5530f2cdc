/** One column a role: what the columns of a table seem to be, settled among them, and counted where a note calls it measured. */

import { numbers } from "../../../core/table.ts";
import { cellText } from "../sources/cell-text.ts";
import type { TimeReading } from "../sources/read-time.ts";
import { queryFile } from "../sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import type { ColumnProfile } from "./column-profile.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import { isOwnMoment } from "./row-moments.ts";
import type { Role, SeemingRole } from "./seeming-role.ts";

/** What is known of a table besides its columns. */
interface SettledBy {
  readonly isList: boolean;
  /** The column that is said to hold the moment of a row. */
  readonly saidTime?: string;
  /** Whether no column holds the moment of a row, though some hold others. */
  readonly isTimeless?: boolean;
}

/** One column a role: the surer one, then the earlier; the others keep to being attributes. */
export function settle(
  columns: readonly ColumnProfile[],
  roles: readonly SeemingRole[],
  isTime: readonly boolean[],
  times: ReadonlyMap<string, TimeReading>,
  { isList, saidTime, isTimeless = false }: SettledBy,
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
  const moments = [...times.keys()]
    .map((name) => columns.findIndex((column) => column.name === name))
    .filter((at) => at >= 0 && !named(at))
    .map((at) => columns[at]);
  const timeAt = isTimeless ? 0 : ((moments.find(({ name }) => name === saidTime) ?? momentOfRow(moments))?.place ?? 0);
  return columns.map((column, at): ProfiledColumn => {
    const { role, why } = roles[at];
    if (isList)
      return {
        ...column,
        role: (["member", "item", "position"] as const)[at] ?? "attribute",
        why: "one line a member: its identifier, then items in order",
      };
    if (column.place === timeAt)
      return { ...column, kind: "time", role: "time", why: `read as ${times.get(column.name)?.says}` };
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

/** A column that lacks this share of the rows more than another is no row's own moment: exports fill an order's cells in its first line alone. */
const GAPS = 0.01;
/** What two names of one moment differ in: `event_date` and `event_timestamp`. */
const OF_TIME = /date|time|stamp|day|(?:^|_)ts$|_?(?:utc|ms|micros|millis)$/giu;

/** Of several columns of moments, likelier ones first, the first that is filled as well as any; of one moment told twice, the finer. */
function momentOfRow(moments: readonly ColumnProfile[]): ColumnProfile | undefined {
  const least = Math.min(...moments.map(({ missing }) => missing));
  const filled = moments.filter(({ missing, rows }) => missing <= least + GAPS * rows);
  const [first, ...others] = [
    ...filled.filter(({ name }) => isOwnMoment(name)),
    ...filled.filter(({ name }) => !isOwnMoment(name)),
  ];
  if (first === undefined) return undefined;
  const stem = (name: string): string => name.replaceAll(OF_TIME, "").toLowerCase();
  const finer = others.filter(({ name, distinct }) => stem(name) === stem(first.name) && distinct > 2 * first.distinct);
  return finer[0] ?? first;
}

/** What a note calls measured is counted: the different members and items, whose estimates are a few hundredths off. */
export async function countRoles(
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
