/** Rows whose parts stand in several files: which column brings them together, and how they become one table. */

import { fileName } from "../../../core/file-name.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { FailureError } from "../../../core/outcome.ts";
import { columnAs, type ProfiledFile } from "./profiled-files.ts";
import type { ProfiledColumn } from "./profiled-table.ts";
import { spokenColumn } from "./spoken-column.ts";

/** The column of one name by which rows of a file name rows of another; undefined where there is none, or names are numbers. */
export function sharedKey(own: ProfiledFile, other: ProfiledFile): ProfiledColumn | undefined {
  const isUnnamed = other.profile.columns.every(({ name, place }) => name === String(place));
  if (isUnnamed) return undefined;
  const shared = other.profile.columns.filter(
    ({ name, role }) => role !== "time" && own.profile.columns.some((one) => one.name === name),
  );
  const identifies = shared.find(({ name }) => /(?:id|key|nr|no|number|code|hash)$/iu.test(name));
  return identifies ?? shared.find(({ distinct, rows }) => distinct > rows / 20);
}

/** As SQL of DuckDB: the rows of one file with the columns of another, with whether the other names them, or with how many of its rows do. */
export function joiningQuery(own: ProfiledFile, other: ProfiledFile, key: ProfiledColumn): string {
  const [rows, side] = [own, other].map(({ paths }) => `'${fileName(paths[0]).replaceAll("'", "''")}'`);
  const by = `"${key.name.replaceAll('"', '""')}"`;
  const isOnce = key.distinct >= 0.98 * (other.profile.rows - key.missing);
  if (isOutcome(own, other, key.name))
    return `COPY (SELECT *, CAST(${by} IN (SELECT ${by} FROM ${side}) AS INTEGER) AS label FROM ${rows}) TO 'rows.parquet'`;
  const counted = `rows_in_${fileName(other.paths[0])
    .replace(/\..*$/u, "")
    .replaceAll(/[^A-Za-z0-9]+/gu, "_")}`;
  return isOnce
    ? `COPY (SELECT * FROM ${rows} LEFT JOIN ${side} USING (${by})) TO 'rows.parquet'`
    : `COPY (SELECT * FROM ${rows} LEFT JOIN (SELECT ${by}, count(*) AS ${counted} FROM ${side} GROUP BY ${by}) USING (${by})) TO 'rows.parquet'`;
}

/** More columns than an identifier, a moment and one other describe rows, they do not only name them. */
const MOST_OF_OUTCOME = 3;

/** Whether a file does little else than name some of the rows of another by their own identifiers: what became of these. */
function isOutcome(own: ProfiledFile, other: ProfiledFile, key: string): boolean {
  const id = own.profile.columns.find(({ name }) => name === key);
  const { rows, columns } = other.profile;
  return id?.distinct === own.profile.rows && rows < own.profile.rows && columns.length <= MOST_OF_OUTCOME;
}

/** The question whether rows that another file names were wanted, where nothing in the rows themselves says it: shown is not wanted. */
export function askForOutcome(files: readonly ProfiledFile[], main: number): FailureError | undefined {
  const own = files[main];
  if ((["event", "label", "value"] as const).some((role) => columnAs(own.profile, role) !== undefined))
    return undefined;
  for (const other of files) {
    const key = other === own ? undefined : sharedKey(own, other);
    if (key === undefined || !isOutcome(own, other, key.name)) continue;
    const [name, otherName] = [own, other].map(({ paths }) => fileName(paths[0]));
    return new FailureError({
      code: "outcome-in-another-file",
      message: `${otherName} names ${formatNumber(other.profile.rows)} of the ${formatNumber(own.profile.rows)} rows of ${name} by ${spokenColumn(key.name)}, and nothing in ${name} says which of its rows were wanted. Were these, and the others only shown?`,
      fix: `write it into the rows, as in DuckDB: ${joiningQuery(own, other, key)}; then \`heptad new --data rows.parquet\`. If they were not, leave ${otherName} out`,
    });
  }
  return undefined;
}

/** The question where the rows of the main file say what and another file says who, or the other way round. */
export function askForJoinedRows(files: readonly ProfiledFile[], main: number): FailureError | undefined {
  const own = files[main];
  for (const [role, missing] of [
    ["item", "member"],
    ["member", "item"],
  ] as const) {
    const column = columnAs(own.profile, role);
    if (column === undefined || columnAs(own.profile, missing) !== undefined) continue;
    for (const other of files) {
      const found = other === own ? undefined : columnAs(other.profile, missing);
      if (found === undefined) continue;
      // Which of the two has a row for each is the one that is looked up.
      const [rows, side] = role === "item" ? [own, other] : [other, own];
      const key = sharedKey(rows, side);
      if (key === undefined || key.name === found.name || key.name === column.name) continue;
      const [name, otherName] = [own, other].map(({ paths }) => fileName(paths[0]));
      return new FailureError({
        code: "rows-over-files",
        message: `${name} says ${role === "item" ? "what" : "who"} (${spokenColumn(column.name)}) and ${otherName} says ${role === "item" ? "who" : "what"} (${spokenColumn(found.name)}); ${spokenColumn(key.name)} brings their rows together, and rows are read from one table`,
        fix: `write them as one, as in DuckDB: ${joiningQuery(rows, side, key)}; then \`heptad new --data rows.parquet\``,
      });
    }
  }
  return undefined;
}
