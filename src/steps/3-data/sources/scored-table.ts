/** Reads cases from a plain table: when, about whom, what is known at once, and the label with the moment at which it is known. */

import { FailureError } from "../../../core/outcome.ts";
import { numbers, type Table } from "../../../core/table.ts";
import type { ScoredTask } from "../scored-task.ts";
import { cellNumber, cellText } from "./cell-text.ts";
import { readTime, type TimeColumn } from "./read-time.ts";
import type { RepairPolicy } from "./repair-policy.ts";
import { expandPaths } from "./source-paths.ts";
import type { Repair } from "./source-report.ts";
import { openSourceTable, queryFile } from "./source-table.ts";
import { checkRows, countUnsorted, repairBadCells, repairMalformed } from "./staged-rows.ts";
import type { Layout, SourceEnvironment } from "./table-types.ts";

export type Cases = Pick<ScoredTask, "time" | "label" | "knownAt" | "entities" | "values"> & {
  readonly repairs: readonly Repair[];
};

/** Where the cases lie and which column holds what; names are those that features use. Plain data. */
export interface CaseTable {
  readonly path: string | readonly string[];
  readonly layout: Layout;
  readonly time: TimeColumn;
  readonly label: string;
  /** The moment at which the label is known, empty where it never was; absent where every label takes the split's gap. */
  readonly known?: TimeColumn;
  /** The unit first. */
  readonly entities: readonly { readonly name: string; readonly column: string }[];
  readonly values: readonly { readonly name: string; readonly column: string }[];
  readonly policy: RepairPolicy;
}

const STAGED = "staged_cases";

/** In the order of time. Throws a `FailureError` for a missing column, no rows, one label only, or dirt that the policy does not mend. */
export async function readCases(environment: SourceEnvironment, written: CaseTable): Promise<Cases> {
  const { layout, label, entities, values, policy } = written;
  const table = await openSourceTable(environment, await expandPaths(environment.files, written.path), layout);
  const time = await readTime(environment, table, written.time);
  const known = written.known === undefined ? undefined : await readTime(environment, table, written.known);
  const keys = entities.map(({ column }, at) => `coalesce(${cellText(table, column)}, '') AS e${at}`);
  const columns = values.map(({ column }, at) => `${cellNumber(table, column)} AS v${at}`);
  const problems = [
    { kind: "bad-time", column: time.columns[0], says: `is no moment: the column was read as ${time.says}` },
    { kind: "bad-label", column: label, says: "is no label: it has to be 0 or 1" },
    ...entities.map(({ name, column }) => ({ kind: "missing-id", column, says: `where a ${name} belongs` })),
  ];
  const missing = entities.map((_, at) => `WHEN e${at} = '' THEN ${at + 3}`).join(" ");
  const truth = known === undefined ? "label" : "CASE WHEN known IS NULL THEN coalesce(label, 0) ELSE label END";
  await queryFile(
    environment,
    table,
    `CREATE OR REPLACE TEMP TABLE ${STAGED} AS WITH read AS (
       SELECT ${[`row_number() OVER () AS row, ${time.sql} AS time, ${cellNumber(table, label)} AS label, ${known?.sql ?? "NULL"} AS known`, ...keys, ...columns].join(", ")}
       FROM ${table.from})
     SELECT * REPLACE (${truth} AS label), CASE WHEN time IS NULL OR NOT isfinite(time) THEN 1
       WHEN ${truth} IS NULL OR ${truth} NOT IN (0, 1) THEN 2 ${missing} ELSE 0 END AS problem FROM read`,
    layout.kind,
  );
  const staged = { environment, table, name: STAGED, policy };
  await checkRows(staged);
  const repairs = [
    repairMalformed(table, policy),
    ...(await repairBadCells(staged, problems)),
    await countUnsorted(staged, "cases"),
  ].filter((repair) => repair !== undefined);
  const ranks = entities.map(
    (_, at) => `dense_rank() OVER (ORDER BY TRY_CAST(e${at} AS BIGINT), e${at}) - 1 AS k${at}`,
  );
  const read = await environment.sql.query(
    `SELECT ${["time", "label", "known", ...ranks, ...values.map((_, at) => `v${at}`)].join(", ")} FROM ${STAGED} ORDER BY time, row`,
  );
  await environment.sql.query(`DROP TABLE ${STAGED}`);
  const labels = new Uint8Array(numbers(read, "label"));
  if (!(labels.includes(0) && labels.includes(1)))
    throw new FailureError({
      code: "one-class",
      message: `no two cases have different labels in column \`${label}\`: there is nothing to tell apart`,
      where: table.path,
      fix: "name the column that holds the label as `label` in the source's `columns`",
    });
  return {
    time: new Float64Array(numbers(read, "time")),
    label: labels,
    ...(known === undefined
      ? {}
      : {
          knownAt: Float64Array.from(numbers(read, "known"), (at) =>
            Number.isNaN(at) ? Number.POSITIVE_INFINITY : at,
          ),
        }),
    entities: keysOf(read, entities),
    values: new Map(values.map(({ name }, at) => [name, new Float64Array(numbers(read, `v${at}`))] as const)),
    repairs,
  };
}

/** Keys by entity; where features describe nobody, every case stands for itself. */
function keysOf(read: Table, entities: CaseTable["entities"]): ScoredTask["entities"] {
  if (entities.length === 0)
    return new Map([["row", { count: read.rows, rows: Int32Array.from({ length: read.rows }, (_, row) => row) }]]);
  return new Map(
    entities.map(({ name }, at) => {
      const rows = new Int32Array(numbers(read, `k${at}`));
      return [name, { count: rows.reduce((most, key) => Math.max(most, key + 1), 0), rows }] as const;
    }),
  );
}
