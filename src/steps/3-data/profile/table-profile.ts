/** What a table seems to be: its columns with their roles, its time, what repeats, what gives the label away, and how it moves by week. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { labelLeaks } from "../sources/label-leaks.ts";
import { sqlText } from "../sources/sql-text.ts";
import type { SourceEnvironment, SourceTable } from "../sources/table-types.ts";
import { profileColumns, SAMPLE_TABLE, sampledNumber } from "./column-profile.ts";
import { findContradictions } from "./contradicting-rows.ts";
import { positivesOf, yesOf } from "./label-answers.ts";
import { listColumns } from "./list-cells.ts";
import { oneSidedValues } from "./one-sided-values.ts";
import type { ProfiledColumn, TableProfile } from "./profiled-table.ts";
import { COUNTED_EXACTLY, countRepeated, shareAgain } from "./repeated-rows.ts";
import { rolesByPlace } from "./roles-by-place.ts";
import { byDay, findTimes, laterMoment } from "./row-moments.ts";
import { type SaidColumns, saidRole } from "./said-label.ts";
import { isStatus, type SeemingRole, seemingRole } from "./seeming-role.ts";
import { countRoles, settle } from "./settled-roles.ts";

/**
 * Looks at a table without a mapping. Never throws for what the values are: doubt is part of the profile. `said` is what somebody
 * says of columns, where the table holds them.
 */
export async function profileTable(
  environment: SourceEnvironment,
  table: SourceTable,
  said: SaidColumns = {},
): Promise<TableProfile> {
  const columns = await profileColumns(environment, table);
  const isNamed = !table.columns.every((name, at) => name === String(at + 1));
  const readings = await findTimes(environment, table, columns, isNamed, said.time);
  const isTime = columns.map(({ name }) => readings.times.has(name));
  const isList = table.columns.join() === "member,item,place";
  const lists = await listColumns(environment, table, columns, (name) => readings.times.has(name));
  // Beside lists no order says which column is what.
  const isToldByName = isNamed || lists.size > 0;
  const rows = columns[0]?.rows ?? 0;
  const repeated = await countRepeated(environment, table, rows);
  const isRepeatedEstimated = rows > COUNTED_EXACTLY;
  const seeming = isToldByName
    ? columns.map((column) => seemingRole(column, isNamed, isRepeatedEstimated ? 0 : repeated))
    : rolesByPlace(columns, isTime);
  // Where rows say who took what, a status says what was taken back: that is asked, and is no label.
  const saysWhoAndWhat = (["member", "item"] as const).every((role) => seeming.some((one) => one.role === role));
  const roles = columns.map((column, at): SeemingRole => {
    if (lists.has(column.name)) return { role: "list", why: "each cell is a list", strength: 3 };
    const role = saidRole(column, said);
    if (role !== undefined) return role;
    return seeming[at].role === "label" && (said.label !== undefined || (saysWhoAndWhat && isStatus(column)))
      ? { ...seeming[at], role: "attribute" }
      : seeming[at];
  });
  const settled = await countRoles(
    environment,
    table,
    settle(columns, roles, isTime, readings.times, { isList, saidTime: said.time, isTimeless: readings.isTimeless }),
  );
  const label = settled.find(({ role }) => role === "label");
  const measured = label ?? settled.find(({ role }) => role === "value");
  const chosen = settled.find(({ role }) => role === "time");
  const reading = chosen === undefined ? undefined : readings.times.get(chosen.name);
  const spanned =
    chosen === undefined || reading === undefined
      ? undefined
      : await byDay(environment, table, chosen.name, reading, measured?.name);
  const time = spanned?.time;
  const [who, what] = (["member", "item"] as const).map((role) => settled.find((one) => one.role === role)?.name);
  const again =
    who === undefined || what === undefined || lists.size > 0
      ? undefined
      : await shareAgain(environment, table, [who, what], rows);
  const later =
    label === undefined || chosen === undefined
      ? undefined
      : await laterMoment(environment, table, chosen.name, readings);
  return {
    path: table.path,
    rows,
    columns: settled.map((column) => (column.name === time?.column ? withDoubt(column, time.doubtful) : column)),
    understood: table.understood,
    time,
    ...(later === undefined ? {} : { later }),
    ...(time === undefined && readings.question !== undefined
      ? { timeQuestion: readings.question, timeAsked: readings.asked }
      : {}),
    ...(time === undefined || readings.parts === undefined ? {} : { dateInParts: readings.parts }),
    repeated,
    isRepeatedEstimated,
    ...(again === undefined ? {} : { again }),
    contradiction: isRepeatedEstimated ? undefined : await findContradictions(environment, table, settled),
    leaks: label === undefined ? [] : await findLeaks(environment, table, settled, label),
    positives: label === undefined ? undefined : await positivesOf(environment, table, label),
    weeks: spanned?.weeks ?? [],
    lists,
    malformed: table.malformed,
  };
}

/** A column that is read as moments is no more than mostly one where some of its filled cells are none. */
function withDoubt(column: ProfiledColumn, doubtful: number): ProfiledColumn {
  if (doubtful === 0) return column;
  const share = formatShare(doubtful / Math.max(1, column.rows - column.missing), 2);
  const [cells, are] = doubtful === 1 ? ["1 cell", "is"] : [`${formatNumber(doubtful)} cells`, "are"];
  return { ...column, why: `${column.why}; so ${cells} (${share}) ${are} no moment, or before 1980, or after today` };
}

/** What gives the label away in the sample, by its values or by its numbers alone, as a check of the note will find it too; and what settles it one way. */
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
  const positive = `c${label.place - 1} = ${sqlText(yesOf(label))}`;
  const leaks = await labelLeaks({ sql }, SAMPLE_TABLE, positive, suspects);
  const others = suspects.filter(({ name }) => !leaks.some(({ column }) => column === name));
  return [...leaks, ...(await oneSidedValues({ sql }, SAMPLE_TABLE, positive, others))];
}
