/** Holds a mapping against its files before anything is trained: what is not there, cannot be read, repeats, does not join, or gives the label away. */

import { FailureError } from "../../../core/outcome.ts";
import { hasColumn } from "./cell-text.ts";
import { events, giveaways, labels, wanted } from "./mapping-answers.ts";
import {
  absentColumns,
  type Check,
  counted,
  finding,
  hasNoMoment,
  type MappingFinding,
  one,
} from "./mapping-finding.ts";
import { cellAt, LOOK, lookAt, openForLook } from "./mapping-look.ts";
import { joins, repeated } from "./mapping-rows.ts";
import type { MappedColumn, SourceMapping } from "./source-mapping.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

export interface CheckedMapping {
  readonly findings: readonly MappingFinding[];
  /** Rows that were looked at; 0 where the files could not be read. */
  readonly rows: number;
  /** What was looked at, where it was not all. */
  readonly limit?: string;
}

/** Never throws for what the files hold: that is what the findings say. Those that a run would stop at are errors. */
export async function checkMapping(environment: SourceEnvironment, mapping: SourceMapping): Promise<CheckedMapping> {
  try {
    const opened = await openForLook(environment, mapping);
    const columns = [...presentColumns(opened.table, mapping.columns), ...keysOfRepetitions(mapping)];
    const absent = absentColumns(opened.table, { ...mapping, columns });
    if (absent.length > 0) return { findings: absent, rows: 0 };
    const look = await lookAt(environment, opened, { ...mapping, columns });
    const check = { environment, mapping, look };
    const findings = [
      ...malformedRows(check),
      ...(await times(check)),
      ...(await cells(check)),
      ...(await events(check)),
      ...(await labels(check)),
      ...(await wanted(check)),
      ...(await repeated(check)),
      ...(await giveaways(check)),
      ...(await joins(check)),
    ];
    await environment.sql.query(`DROP TABLE IF EXISTS ${LOOK}`);
    return { findings, rows: look.rows, ...(look.limit === undefined ? {} : { limit: look.limit }) };
  } catch (error) {
    if (!(error instanceof FailureError)) throw error;
    const { code, message, where = "", fix = "" } = error.failure;
    const isTime = /time|zone|start/u.test(code);
    return {
      findings: [
        finding(isTime ? "HP332" : "HP340", "error", {
          message,
          fact: isTime ? "3.time" : "3.source.path",
          where,
          fix,
        }),
      ],
      rows: 0,
    };
  }
}

/** Without optional columns that the file lacks; of several that hold ratings the first counts, as it does for the reader. */
function presentColumns(table: SourceTable, columns: readonly MappedColumn[]): readonly MappedColumn[] {
  const present = columns.filter(({ column, isOptional }) => isOptional !== true || hasColumn(table, column));
  const rating = present.findIndex(({ holds }) => holds === "rating");
  return present.filter(({ holds }, at) => holds !== "rating" || at === rating);
}

/** Columns by which the note tells repetitions, where they mean nothing else. */
function keysOfRepetitions({ columns, policy, time }: SourceMapping): readonly MappedColumn[] {
  return (policy.duplicatesBy ?? [])
    .filter(
      (name) => name !== time?.column && columns.every(({ column, meaning }) => name !== column && name !== meaning),
    )
    .map((name) => ({ meaning: name, column: name, holds: "any" }));
}

function malformedRows({ look: { table, rows } }: Check): readonly MappingFinding[] {
  const { malformed } = table;
  if (malformed === undefined) return [];
  return [
    finding("HP339", "warning", {
      message: `${counted(malformed.count, rows + malformed.count)} are not as the others (${malformed.where}: ${malformed.reason}) and are left out`,
      fact: "3.repair.bad-number",
      where: malformed.where,
      fix: "mend the file, or leave it so where these rows say nothing",
    }),
  ];
}

async function times(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look, environment } = check;
  const { time, table, rows } = look;
  const findings: MappingFinding[] = [];
  if (time === undefined) return findings;
  const bad = hasNoMoment(time);
  const early = "known < moment";
  const of = await one(
    check,
    `count(*) FILTER (${bad}) AS bad, coalesce(min(row) FILTER (${bad}), 0) AS row, count(*) FILTER (${early}) AS early`,
  );
  const [column] = time.columns;
  if (of("bad") > 0) {
    const shown = await cellAt(environment, look, column, of("row"));
    findings.push(
      finding("HP332", mapping.policy.badNumber === "error" ? "error" : "warning", {
        message: `${counted(of("bad"), rows)} have no moment in \`${column}\`, which is read as ${time.says}: ${shown} is the first`,
        fact: "3.time",
        where: await table.placeOf(of("row"), column),
        fix: "say how the column is written (`time: { column: …, format: …, unit: … }`), list words for no time under `null`, or leave such rows out: `repair: { bad-number: drop }`",
      }),
    );
  }
  if (of("early") > 0)
    findings.push(
      finding("HP341", "warning", {
        message: `${counted(of("early"), rows)} are known before they happened`,
        fact: "3.source.known",
        where: table.path,
        fix: "check which column is which: a row cannot be known before its own moment",
      }),
    );
  return findings;
}

/** Missing identifiers and values, and text where a number belongs. */
async function cells(check: Check): Promise<readonly MappingFinding[]> {
  const { look, mapping, environment } = check;
  const { columns, rows, table } = look;
  const isEventful = columns.some(({ holds }) => holds === "event");
  const plans = columns.flatMap((column, at) => {
    const { holds } = column;
    const needed = holds === "id" || holds === "number" || holds === "label" || (holds === "rating" && !isEventful);
    // Labels that have no name are no bad cells: `labels` speaks of them.
    const isNumber = holds === "number" || holds === "rating" || (holds === "label" && column.answers === undefined);
    return needed || isNumber || holds === "event" ? [{ column, at, isNumber }] : [];
  });
  if (plans.length === 0) return [];
  const of = await one(
    check,
    plans
      .flatMap(({ at }) => [
        `count(*) FILTER (t${at} IS NULL) AS missing${at}, coalesce(min(row) FILTER (t${at} IS NULL), 0) AS gap${at}`,
        `count(*) FILTER (t${at} IS NOT NULL AND (n${at} IS NULL OR NOT isfinite(n${at}))) AS bad${at}`,
        `coalesce(min(row) FILTER (t${at} IS NOT NULL AND (n${at} IS NULL OR NOT isfinite(n${at}))), 0) AS row${at}`,
      ])
      .join(", "),
  );
  const findings: MappingFinding[] = [];
  for (const { column, at, isNumber } of plans) {
    const { meaning, column: name, holds } = column;
    const fact = `3.source.columns.${meaning}`;
    const isGap = !(holds === "rating" && isEventful) && !(holds === "label" && mapping.known !== undefined);
    if (isGap && of(`missing${at}`) > 0) {
      // A label or a number that is missing is as wrong as one that cannot be read; identifiers and values have a key of their own.
      const decides = holds === "number" || holds === "label" ? mapping.policy.badNumber : mapping.policy.missing;
      findings.push(
        finding("HP336", decides === "error" ? "error" : of(`missing${at}`) === rows ? "error" : "warning", {
          message: `${counted(of(`missing${at}`), rows)} have no ${meaning} in \`${name}\`${decides === "error" ? "" : " and are left out"}`,
          fact,
          where: await table.placeOf(of(`gap${at}`), name),
          fix:
            decides === "error"
              ? `fill them, name another column, or leave such rows out: \`repair: { ${holds === "number" || holds === "label" ? "bad-number" : "missing"}: drop }\``
              : "fill them or name another column, where these rows count",
        }),
      );
    }
    if (isNumber && of(`bad${at}`) > 0) {
      const shown = await cellAt(environment, look, name, of(`row${at}`));
      const what =
        holds === "label" ? "label: it has to be 0 or 1, or a word for no or yes, or be named in `events`" : "number";
      findings.push(
        finding("HP339", mapping.policy.badNumber === "error" ? "error" : "warning", {
          message: `${shown} in column \`${name}\` is no ${what}; so are ${counted(of(`bad${at}`), rows)}`,
          fact,
          where: await table.placeOf(of(`row${at}`), name),
          fix: "mend the file, name another column, list words for a missing value under `null`, or leave such rows out: `repair: { bad-number: drop }`",
        }),
      );
    }
  }
  return findings;
}
