/** The profile of a table by SQL: one pass over it, then a row for each count and each column. */

import { double, type SqlDialect } from "./sql-dialect.ts";

/** What is asked of a table. */
export interface ProfileRequest {
  readonly table: string;
  /** Rows for which a condition holds, by name. */
  readonly counts: readonly (readonly [name: string, condition: string])[];
  /** Columns of numbers, NULL where missing. */
  readonly columns: readonly (readonly [name: string, column: string])[];
  /** Values in units of 2^-20 whose sizes are added up over the rows `e` of a table. */
  readonly refused: { readonly table: string; readonly condition: string };
  readonly sums: {
    readonly table: string;
    readonly units: readonly { readonly name: string; readonly units: string }[];
  };
}

/** Columns `about`, `name`, `n`, `missing`, `smallest`, `largest`: about rows, a feature, or a sum of sizes (in `largest`; `missing` are rows without a number). */
export function profileQuery({ table, counts, columns, sums, refused }: ProfileRequest, dialect: SqlDialect): string {
  const all = [["rows", ""] as const, ...counts];
  const pass = [
    ...all.map(
      ([, condition], at) => `${condition === "" ? "count(*)" : `count(CASE WHEN ${condition} THEN 1 END)`} AS c${at}`,
    ),
    ...columns.flatMap(([, column], at) => [
      `count(${column}) AS n${at}`,
      `min(${column}) AS a${at}`,
      `max(${column}) AS b${at}`,
    ]),
  ];
  const added = sums.units.flatMap(({ units }, at) => [`count(${units}) AS m${at}`, `sum(${units}) AS s${at}`]);
  const lines = [
    ...all.map(([name], at) => ["rows", name, `p.c${at}`, NOTHING, NO_NUMBER, NO_NUMBER]),
    ["rows", "refused", "u.refused", NOTHING, NO_NUMBER, NO_NUMBER],
    ...columns.map(([name], at) => ["feature", name, `p.n${at}`, `p.c0 - p.n${at}`, `p.a${at}`, `p.b${at}`]),
    ...sums.units.map(({ name }, at) => [
      "sum of sizes",
      name,
      `q.m${at}`,
      `q.rows_read - q.m${at}`,
      NO_NUMBER,
      `q.s${at} / ${double(2 ** 20)}`,
    ]),
  ];
  const pick = (part: number): string =>
    `CASE l.line ${lines.map((line, at) => `WHEN ${at} THEN ${line[part]}`).join(" ")} END`;
  const names = lines.map(
    ([about, name], at) => `SELECT ${at} AS line, ${dialect.text(about)} AS about, ${dialect.text(name)} AS name`,
  );
  return `SELECT l.line, l.about, l.name, ${pick(2)} AS n, ${pick(3)} AS missing, ${pick(4)} AS smallest, ${pick(5)} AS largest
FROM (SELECT ${pass.join(", ")} FROM ${table}) p
CROSS JOIN (SELECT count(*) AS rows_read${added.map((one) => `, ${one}`).join("")} FROM ${sums.table} e) q
CROSS JOIN (SELECT count(CASE WHEN ${refused.condition} THEN 1 END) AS refused FROM ${refused.table}) u
CROSS JOIN (${names.join(" UNION ALL ")}) l`;
}

const NOTHING = "CAST(0 AS BIGINT)";
const NO_NUMBER = "CAST(NULL AS DOUBLE)";
