/** Holds a mapping against its files before anything is trained: what is not there, cannot be read, repeats, does not join, or gives the label away. */

import { formatNumber } from "../../../core/format-figure.ts";
import { nearest } from "../../../core/nearest.ts";
import { FailureError } from "../../../core/outcome.ts";
import { numbers, texts } from "../../../core/table.ts";
import { MAPPING_CODES, type MappingCode } from "../../../review/mapping-codes.ts";
import { describeRule, type PreferenceRule } from "../preferences.ts";
import { cellText, hasColumn } from "./cell-text.ts";
import { labelLeaks } from "./label-leaks.ts";
import { cellAt, LOOK, lookAt, type MappingLook, openForLook } from "./mapping-look.ts";
import type { MappedColumn, MappedSide, SourceMapping } from "./source-mapping.ts";
import { openSourceTable, queryFile } from "./source-table.ts";
import type { SourceEnvironment, SourceTable } from "./table-types.ts";

/** Something about a mapping that its files do not bear out. Plain data. */
export type MappingFinding = {
  readonly code: MappingCode;
  readonly severity: "error" | "warning" | "advice";
  readonly message: string;
  /** The fact of the note that it speaks of, as `3.source.columns.member`. */
  readonly fact: string;
  /** File, or file and line. */
  readonly where: string;
  readonly fix: string;
};

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

interface Check {
  readonly environment: SourceEnvironment;
  readonly mapping: SourceMapping;
  readonly look: MappingLook;
}

function finding(
  code: MappingCode,
  severity: MappingFinding["severity"],
  rest: Omit<MappingFinding, "code" | "severity">,
): MappingFinding {
  return { code, severity, ...rest };
}

/** The name of a finding by its code. */
export function nameOfMappingCode(code: MappingCode): string {
  return MAPPING_CODES[code].name;
}

function absentColumns(
  table: SourceTable,
  { columns, time, known }: Pick<SourceMapping, "columns" | "time" | "known">,
): readonly MappingFinding[] {
  const moments = [
    ["time", "3.time", time],
    ["known", "3.source.known.column", known],
  ] as const;
  const wanted = [
    ...columns.map(({ meaning, column }) => ({ meaning, column, fact: `3.source.columns.${meaning}` })),
    ...moments.flatMap(([meaning, fact, reading]) =>
      reading === undefined
        ? []
        : (typeof reading.column === "string" ? [reading.column] : reading.column).map((column) => ({
            meaning,
            column,
            fact,
          })),
    ),
  ];
  return wanted
    .filter(({ column }) => !hasColumn(table, column))
    .map(({ meaning, column, fact }) => {
      const suggestion =
        nearest(column, table.columns) ?? table.columns.find((one) => one.toLowerCase() === column.toLowerCase());
      const shown = table.columns.slice(0, 20).map((one) => `\`${one}\``);
      const more = table.columns.length > 20 ? ` and ${table.columns.length - 20} more` : "";
      const isUnsaid = meaning === "time" && column === "time" && suggestion === undefined;
      return finding("HP330", "error", {
        message: isUnsaid
          ? `which column holds the time? There are ${shown.join(", ")}${more}`
          : `there is no column \`${column}\`${meaning === column ? "" : ` (the ${meaning})`}; there are ${shown.join(", ")}${more}`,
        fact,
        where: table.path,
        fix: isUnsaid
          ? "name it as `time: …` in section 3, or write `time: none` with a split that needs none (`split: { by: random-per-member, test: 20% }`)"
          : suggestion === undefined
            ? `say which column it is: \`columns: { ${meaning}: … }\`, by name or by number from 1`
            : `did you mean \`${suggestion}\`?`,
      });
    });
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

/** `12 of 300 rows (4%)` */
function counted(count: number, rows: number): string {
  const share = count / Math.max(1, rows);
  const percent = share > 0 && share < 0.0001 ? "less than 0.01" : formatNumber(share * 100, share < 0.1 ? 2 : 3);
  return `${formatNumber(count)} of ${formatNumber(rows)} rows (${percent}%)`;
}

async function one({ environment: { sql } }: Check, select: string): Promise<(name: string) => number> {
  const found = await sql.query(`SELECT ${select} FROM ${LOOK}`);
  return (name) => numbers(found, name)[0];
}

async function times(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look, environment } = check;
  const { time, table, rows } = look;
  const findings: MappingFinding[] = [];
  if (time === undefined) return findings;
  const latest = Number.isFinite(time.latest) ? time.latest : 1e300;
  const bad = `(moment IS NULL OR NOT isfinite(moment) OR moment < ${time.earliest} OR moment > ${latest})`;
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
    const isNumber = holds === "number" || holds === "rating" || holds === "label";
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
      const what = holds === "label" ? "label: it has to be 0 or 1, or a word for no or yes" : "number";
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

async function events(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look, environment } = check;
  const at = look.columns.findIndex(({ holds }) => holds === "event");
  if (at < 0) return [];
  const { column } = look.columns[at];
  const known = new Set((mapping.knownEvents ?? []).map((name) => name.toLowerCase()));
  const found = await environment.sql.query(
    `SELECT t${at} AS value, count(*) AS count FROM ${LOOK} WHERE t${at} IS NOT NULL GROUP BY value ORDER BY count DESC, value`,
  );
  const values = Array.from({ length: found.rows }, (_, row) => ({
    value: texts(found, "value")[row],
    count: numbers(found, "count")[row],
  }));
  const isNamed = (value: string): boolean =>
    mapping.events === undefined ? known.has(value.toLowerCase()) : Object.hasOwn(mapping.events, value);
  const unnamed = values.filter(({ value }) => !isNamed(value));
  const findings: MappingFinding[] = [];
  const shown = (list: typeof values): string =>
    `${list
      .slice(0, 6)
      .map(({ value, count }) => `\`${value}\` (${formatNumber(count)})`)
      .join(", ")}${list.length > 6 ? ` and ${list.length - 6} more` : ""}`;
  if (unnamed.length > 0) {
    const share = unnamed.reduce((sum, { count }) => sum + count, 0);
    const pairs = values
      .slice(0, 12)
      .map(({ value }) => `${JSON.stringify(value)}: ${JSON.stringify(value.toLowerCase())}`);
    findings.push(
      finding(
        "HP333",
        mapping.events === undefined || share === look.rows ? "error" : share > look.rows / 5 ? "warning" : "advice",
        {
          message: `${counted(share, look.rows)} hold an event that has no name in the note: ${shown(unnamed)}${mapping.events === undefined ? "" : "; they are left out"}`,
          fact: mapping.events === undefined ? "3.source.columns.event" : "3.source.events",
          where: look.table.path,
          fix: `give each value that counts a name of your own: \`events: { ${pairs.join(", ")} }\``,
        },
      ),
    );
  }
  const held = new Set(values.map(({ value }) => value));
  for (const value of Object.keys(mapping.events ?? {}).filter((name) => !held.has(name))) {
    const suggestion = nearest(value, [...held]);
    findings.push(
      finding("HP333", look.limit === undefined ? "error" : "warning", {
        message: `no row holds the event \`${value}\` in \`${column}\`; there are ${shown(values)}`,
        fact: "3.source.events",
        where: look.table.path,
        fix: suggestion === undefined ? "name values as they stand in the file" : `did you mean \`${suggestion}\`?`,
      }),
    );
  }
  return findings;
}

async function labels(check: Check): Promise<readonly MappingFinding[]> {
  const { look } = check;
  const at = look.columns.findIndex(({ holds }) => holds === "label");
  if (at < 0 || look.rows === 0) return [];
  const { column, meaning } = look.columns[at];
  const of = await one(
    check,
    `count(*) FILTER (n${at} = 1) AS yes, count(*) FILTER (n${at} = 0) AS no, count(*) FILTER (n${at} NOT IN (0, 1)) AS other, coalesce(min(row) FILTER (n${at} NOT IN (0, 1)), 0) AS row`,
  );
  if (of("other") > 0)
    return [
      finding("HP339", check.mapping.policy.badNumber === "error" ? "error" : "warning", {
        message: `${await cellAt(check.environment, look, column, of("row"))} in column \`${column}\` is no label: it has to be 0 or 1, or a word for no or yes; so are ${counted(of("other"), look.rows)}`,
        fact: `3.source.columns.${meaning}`,
        where: await look.table.placeOf(of("row"), column),
        fix: "name the column that holds the label, or write it as 0 and 1",
      }),
    ];
  const answers = of("yes") + of("no");
  if (answers === 0 || (of("yes") > 0 && (of("no") > 0 || check.mapping.known !== undefined))) return [];
  return [
    finding("HP337", look.limit === undefined ? "error" : "warning", {
      message: `every row that was looked at is labelled ${of("yes") > 0 ? 1 : 0} in column \`${column}\`: there is nothing to tell apart`,
      fact: `3.source.columns.${meaning}`,
      where: look.table.path,
      fix: "name the column that holds the label, or a file with rows of both kinds",
    }),
  ];
}

/** Whether anything is wanted by the note's own declaration. */
async function wanted(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look } = check;
  const rules = mapping.preferences?.positive ?? [];
  if (rules.length === 0 || look.rows === 0) return [];
  const event = look.columns.findIndex(({ holds }) => holds === "event");
  const value = look.columns.findIndex(({ holds }) => holds === "rating");
  const named = new Map(Object.entries(mapping.events ?? {}));
  const nameOf = (text: string): string => named.get(text) ?? text.toLowerCase();
  const found = await check.environment.sql.query(
    `SELECT ${event < 0 ? "''" : `coalesce(t${event}, '')`} AS event, count(*) AS all_of, ${rules
      .map((rule, at) => `count(*) FILTER (${conditionOf(rule, value)}) AS r${at}`)
      .join(
        ", ",
      )}${value < 0 ? "" : `, min(n${value}) AS least, max(n${value}) AS most`} FROM ${LOOK} GROUP BY event LIMIT 1000`,
  );
  let count = 0;
  const held = new Set<string>();
  for (let row = 0; row < found.rows; row++) {
    const kind =
      event < 0 ? (mapping.onlyEvent ?? (value < 0 ? "view" : "rating")) : nameOf(texts(found, "event")[row]);
    held.add(kind);
    // Several conditions on one event: at least as many rows are wanted as its widest one takes.
    count += Math.max(0, ...rules.map((rule, at) => (rule.event === kind ? numbers(found, `r${at}`)[row] : 0)));
  }
  if (count > 0) return [];
  const range =
    value < 0 || found.rows === 0
      ? ""
      : `; \`${look.columns[value].column}\` goes from ${Math.min(...Array.from(numbers(found, "least")))} to ${Math.max(...Array.from(numbers(found, "most")))}`;
  return [
    finding("HP337", look.limit === undefined ? "error" : "warning", {
      message: `no row is ${rules.map(describeRule).join(" or ")}: the data holds ${[...held].map((one) => `\`${one}\``).join(", ")}${range}`,
      fact: "2.label",
      where: look.table.path,
      fix: "say in section 2 which event is wanted, and from which value on: `label: { event: …, positive: … }`",
    }),
  ];
}

function conditionOf({ comparison, limit }: PreferenceRule, value: number): string {
  if (comparison === null) return "true";
  return value < 0 ? "false" : `n${value} ${comparison} ${limit}`;
}

/** Keys of repetitions are counted by their hash, of all rows or of a share of the keys. */
const COUNTED_ROWS = 5_000_000;

async function repeated(check: Check): Promise<readonly MappingFinding[]> {
  const { mapping, look } = check;
  const { policy } = mapping;
  const by = (policy.duplicatesBy ?? mapping.same).filter((name) => keyOf(check, name) !== undefined);
  if (by.length === 0 || look.limit !== undefined || look.rows > COUNTED_ROWS) return [];
  const keys = by.map((name) => keyOf(check, name));
  const label = look.columns.findIndex(({ holds }) => holds === "label" || holds === "rating");
  const value = label < 0 ? "0" : `hash(t${label})`;
  const found = await check.environment.sql.query(
    `SELECT coalesce(sum(n - 1), 0) AS repeated, coalesce(sum(n - 1) FILTER (a <> b), 0) AS contradicting, coalesce(min(r), 0) AS row
     FROM (SELECT count(*) AS n, min(${value}) AS a, max(${value}) AS b, min(row) AS r FROM ${LOOK} GROUP BY hash(${keys.join(", ")}) HAVING n > 1)`,
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
      message: `${counted(of("repeated"), look.rows)} repeat the ${by.join(", ")} of another${differ}; ${stops ? "which one counts?" : `${DEEDS[policy.duplicates]}`}`,
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

/** SQL for a key of repetitions: the moment, a mapped meaning, or a column of the file that is mapped. */
function keyOf({ look, mapping }: Check, name: string): string | undefined {
  if (name === "time") return look.time === undefined ? undefined : "moment";
  const at = look.columns.findIndex(({ meaning, column }) => meaning === name || column === name);
  if (at >= 0) return `t${at}`;
  return mapping.time?.column === name ? "moment" : undefined;
}

const SAMPLED = 100_000;

async function giveaways(check: Check): Promise<readonly MappingFinding[]> {
  const { look, environment } = check;
  const label = look.columns.findIndex(({ holds }) => holds === "label");
  const inputs = look.columns
    .map((column, at) => ({ ...column, at }))
    .filter(({ holds }) => holds === "input" || holds === "key" || holds === "number");
  if (label < 0 || inputs.length === 0) return [];
  const share = Math.max(1, Math.ceil(look.rows / SAMPLED));
  const sample = `(SELECT * FROM ${LOOK} WHERE row % ${share} = 0)`;
  const leaks = await labelLeaks(
    environment,
    sample,
    `n${label} = 1`,
    inputs.map(({ at, meaning, holds }) => ({
      name: meaning,
      text: `t${at}`,
      ...(holds === "key" ? {} : { number: `n${at}` }),
    })),
  );
  return leaks.map(({ column, why }) =>
    finding("HP338", "warning", {
      message: `\`${column}\` gives the label away: ${why}`,
      fact: `3.features`,
      where: look.table.path,
      fix: "ask when this column is known: what is filled in after the label, or from it, cannot be an input; take the feature out, or say why it may stay",
    }),
  );
}

async function joins({ environment, mapping, look }: Check): Promise<readonly MappingFinding[]> {
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
      message: `${known === 0 ? "none" : formatNumber(known)} of the ${formatNumber(all)} ${side.of}s in the rows (${formatNumber((known / all) * 100, 3)}%) ${known === 1 ? "is" : "are"} in ${side.path.replace(/^.*[/\\]/u, "")}: \`${texts(found, "example")[0]}\` is not, which holds \`${texts(found, "other")[0]}\``,
      fact: `3.source.${side.name}`,
      where: side.path,
      fix: `check which column holds the ${side.of} in each file: \`columns: { ${side.of}: … }\``,
    }),
  ];
}
