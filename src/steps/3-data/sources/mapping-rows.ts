/** Which rows of a mapping repeat others, and how many of its identifiers its side tables know. */

import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { cellText } from "./cell-text.ts";
import { absentColumns, type Check, counted, finding, hasNoMoment, type MappingFinding } from "./mapping-finding.ts";
import { LOOK, type MappingLook } from "./mapping-look.ts";
import { type ColumnHolds, type MappedSide, WHOLE_ROW } from "./source-mapping.ts";
import { openSourceTable, queryFile } from "./source-table.ts";
import { sqlText } from "./sql-text.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

/** Keys of repetitions are counted by their hash, of all rows or of a share of the keys. */
const COUNTED_ROWS = 5_000_000;

export async function repeated(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look } = check;
  const { policy } = mapping;
  const by = (policy.duplicatesBy ?? mapping.same).filter((name) => keyOf(check, name) !== undefined);
  if (by.length === 0 || look.limit !== undefined || look.rows > COUNTED_ROWS) return [];
  const keys = by.map((name) => keyOf(check, name));
  const label = look.columns.findIndex(({ holds }) => holds === "label" || holds === "rating");
  const value = label < 0 ? "0" : `hash(t${label})`;
  const kept = policy.duplicates === "keep-first" ? "arg_min" : "arg_max";
  const found = await check.environment.sql.query(
    `WITH rows AS (SELECT * FROM ${LOOK} WHERE ${isReadable(check)}),
       keyed AS (SELECT * FROM rows WHERE ${keys.map((one) => `${one} IS NOT NULL`).join(" OR ")}),
       groups AS (SELECT hash(${keys.join(", ")}) AS h, count(*) AS n, ${kept}(${value}, row) AS v, min(row) AS r FROM keyed GROUP BY h HAVING n > 1)
     SELECT coalesce(sum(n - 1), 0) AS repeated, coalesce(min(r), 0) AS row, (SELECT count(*) FROM rows) AS readable,
       (SELECT count(*) FROM keyed JOIN groups ON hash(${keys.join(", ")}) = h WHERE ${value} <> v) AS contradicting FROM groups`,
  );
  const of = (name: string): number => numbers(found, name)[0];
  if (of("repeated") === 0) return [];
  const isLabel = label >= 0 && look.columns[label].holds === "label";
  const stops = policy.duplicates === "error" || (isLabel && of("contradicting") > 0 && !policy.isDuplicatesSaid);
  const differ =
    of("contradicting") === 0
      ? ""
      : `, ${formatNumber(of("contradicting"))} of them with another ${isLabel ? "label" : "value"}`;
  return [
    finding("HP335", stops ? "error" : policy.isDuplicatesSaid ? "advice" : "warning", {
      message: `${counted(of("repeated"), of("readable"))}${of("readable") < look.rows ? " that can be read" : ""} ${by.includes(WHOLE_ROW) ? "are the same as another in every cell" : `repeat the ${by.join(", ")} of another${differ}`}; ${stops ? "which one counts?" : `${DEEDS[policy.duplicates]}`}`,
      fact: "3.repair.duplicates",
      where: await look.table.placeOf(of("row")),
      fix: "name the column that tells rows apart (`columns: { id: … }`) where they are different ones, or say which counts: `repair: { duplicates: { keep: last } }` (first, last, all or error)",
    }),
  ];
}

const DEEDS = {
  "keep-last": "the last of each is kept",
  "keep-first": "the first of each is kept",
  "keep-all": "all are kept",
  error: "a run stops at the first",
} as const;

/** SQL for what a run compares: rows that it has left out before repeat nothing, and what cannot be read is not one and the same. */
function isReadable({ look: { columns, time }, mapping }: Check): string {
  const isEventful = columns.some(({ holds }) => holds === "event");
  const names = Object.keys(mapping.events ?? {}).map(sqlText);
  const of: Readonly<Partial<Record<ColumnHolds, (at: number) => string>>> = {
    id: (at) => `t${at} IS NOT NULL`,
    number: (at) => `isfinite(n${at})`,
    rating: (at) => `(isfinite(n${at})${isEventful ? ` OR t${at} IS NULL` : ""})`,
    label: (at) => `(n${at} IN (0, 1)${mapping.known === undefined ? "" : ` OR t${at} IS NULL`})`,
    event: (at) => (names.length === 0 ? `t${at} IS NOT NULL` : `t${at} IN (${names.join(", ")})`),
  };
  const cells = columns.flatMap(({ holds }, at) => of[holds]?.(at) ?? []);
  return ["true", ...(time === undefined ? [] : [`NOT ${hasNoMoment(time)}`]), ...cells]
    .map((one) => `coalesce(${one}, false)`)
    .join(" AND ");
}

/** SQL for a key of repetitions: the moment, a mapped meaning, or a column of the file that is mapped. */
function keyOf({ look, mapping }: Check, name: string): string | undefined {
  if (name === WHOLE_ROW) return "whole";
  if (name === "time") return look.time === undefined ? undefined : "moment";
  const at = look.columns.findIndex(({ meaning, column }) => meaning === name || column === name);
  // A run compares columns that a note names as they are written.
  const isNumber = mapping.policy.duplicatesBy === undefined && look.columns[at]?.holds === "number";
  if (at >= 0) return isNumber ? `n${at}` : `t${at}`;
  return mapping.time?.column === name ? "moment" : undefined;
}

export async function joins({ environment, mapping, look }: Check): Promise<readonly MappingFinding[]> {
  const findings: MappingFinding[] = [];
  for (const side of mapping.sides) findings.push(...(await joinOf(environment, look, side)));
  return findings;
}

const JOINS = 0.9;

async function joinOf(
  environment: SourceEnvironment,
  look: MappingLook,
  side: MappedSide,
): Promise<readonly MappingFinding[]> {
  const at = look.columns.findIndex(({ meaning }) => meaning === side.of);
  if (at < 0) return [];
  let table: SourceTable;
  try {
    table = await openSourceTable(environment, side.path, side.layout);
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { message, where = "", fix = "" } = error.failure;
    return [finding("HP340", "error", { message, fact: `3.source.${side.name}`, where, fix })];
  }
  const absent = absentColumns(table, {
    columns: [{ meaning: side.of, column: side.key, holds: "id" }, ...side.columns],
    time: undefined,
    known: undefined,
  });
  if (absent.length > 0)
    return absent.map((one) => ({
      ...one,
      fact: one.fact.replace("3.source.columns", `3.source.${side.name}.columns`),
    }));
  const found = await queryFile(
    environment,
    table,
    `SELECT count(*) AS all_of, count(*) FILTER (known) AS known, coalesce(min(id) FILTER (NOT known), '') AS example,
       coalesce((SELECT min(${cellText(table, side.key)}) FROM ${table.from}), '') AS other
     FROM (SELECT DISTINCT t${at} AS id, t${at} IN (SELECT ${cellText(table, side.key)} FROM ${table.from} WHERE ${cellText(table, side.key)} IS NOT NULL) AS known FROM ${LOOK} WHERE t${at} IS NOT NULL)`,
    side.layout.kind,
  );
  const [all, known] = ["all_of", "known"].map((name) => numbers(found, name)[0]);
  if (all === 0 || known >= all * JOINS) return [];
  return [
    finding("HP334", known === 0 ? "error" : "warning", {
      message: `${known === 0 ? "none" : formatNumber(known)} of the ${formatNumber(all)} ${side.of}s in the rows (${formatShare(known / all)}) ${known === 1 ? "is" : "are"} in ${side.path.replace(/^.*[/\\]/u, "")}: \`${texts(found, "example")[0]}\` is not, which holds \`${texts(found, "other")[0]}\``,
      fact: `3.source.${side.name}`,
      where: side.path,
      fix: `check which column holds the ${side.of} in each file: \`columns: { ${side.of}: … }\``,
    }),
  ];
}
