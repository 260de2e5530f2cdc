/** Reads assignments and outcomes with one pass of SQL: moments per arm come out, rows never do. */

import { nearest } from "../../../core/nearest.ts";
import { type Failure, FailureError } from "../../../core/outcome.ts";
import { numbers, type Table, texts } from "../../../core/table.ts";
import { columnOf, openSourceTable } from "../../3-data/sources/source-table.ts";
import type { SourceEnvironment, SourceTable } from "../../3-data/sources/table-types.ts";
import type { ArmData, ExperimentData, MetricMoments } from "./arm-data.ts";
import { refuseBrokenOutcome, refuseNameless, refuseTooLarge } from "./broken-outcome.ts";
import { armName, lacksUnit } from "./missing-names.ts";
import { checkOutcomeKeys, type JoinedFiles, type LooseKeys } from "./outcome-keys.ts";
import type { PairedMoments } from "./paired-moments.ts";

/** Where the rows are and what their columns are called. Several rows of one unit are added up. */
export interface ExperimentSource {
  /** CSV, TSV or Parquet with a unit and an arm; it holds the outcomes too where `outcomes` is absent. */
  readonly assignments: string;
  /** CSV, TSV or Parquet with a unit and the metrics. */
  readonly outcomes?: string;
  /** Column of the randomised unit; `unit` by default. */
  readonly unit?: string;
  /** Column of the arm; `arm` by default. */
  readonly arm?: string;
  /** Columns of the metrics, the primary one first. */
  readonly metrics: readonly string[];
  /** Column that the primary metric is divided by. */
  readonly denominator?: string;
  /** Column of the primary metric before the experiment. */
  readonly past?: string;
  /** Rows that do not parse are left out and counted; an error where absent. */
  readonly dropsMalformed?: boolean;
}

/**
 * Moments of every arm. Throws a `FailureError` for files and columns that are not there, no rows, rows that do not parse,
 * outcomes that are missing or no finite number, and fewer than two arms. A unit in two arms, or in none, is counted and left out.
 */
export async function readExperiment(
  environment: SourceEnvironment,
  source: ExperimentSource,
): Promise<ExperimentData> {
  if (source.denominator !== undefined && source.past !== undefined)
    throw new FailureError({
      code: "ratio-with-past",
      message: "a ratio cannot be adjusted by its past",
      fix: "name a denominator or a past, not both",
    });
  const assignments = await open(environment, source.assignments, source.dropsMalformed);
  const outcomes =
    source.outcomes === undefined ? undefined : await open(environment, source.outcomes, source.dropsMalformed);
  const columns = [...source.metrics];
  if (source.denominator !== undefined) columns.push(source.denominator);
  if (source.past !== undefined) columns.push(source.past);
  const sql = buildQuery(source, columns, assignments, outcomes);
  const groups = await environment.sql.query(sql);
  const broken = texts(groups, "state").indexOf("broken");
  if (broken >= 0) {
    const units = numbers(groups, "n")[broken];
    const what = `${units} ${units === 1 ? "unit has" : "units have"} an outcome that is missing or no finite number`;
    await refuseBrokenOutcome(environment, outcomes ?? assignments, columns, source.unit ?? "unit", what);
  }
  if (texts(groups, "state").includes("nameless"))
    await refuseNameless(
      environment,
      outcomes === undefined ? [assignments] : [assignments, outcomes],
      source.unit ?? "unit",
    );
  const loose =
    outcomes === undefined
      ? undefined
      : await keysOf(environment, { assignments, outcomes, unit: source.unit ?? "unit" }, groups);
  const tooLarge = [...numbers(groups, "largest")].findIndex(
    (largest, i) => largest > Number(LARGEST) && texts(groups, "state")[i] === "ok",
  );
  if (tooLarge >= 0)
    await refuseTooLarge(environment, outcomes ?? assignments, columns, {
      arm: texts(groups, "name")[tooLarge],
      largest: numbers(groups, "largest")[tooLarge],
      limit: LARGEST,
    });
  return {
    ...toData(source, columns, groups),
    ...(loose === undefined ? {} : { loose: loose.examples }),
    ...(loose !== undefined && loose.near > 0 ? { nearKeys: loose.near } : {}),
    ...leftOut([assignments, ...(outcomes === undefined ? [] : [outcomes])]),
  };
}

/** Near keys, which are looked for only where a unit lacks its outcome and the outcomes know strangers, or nobody at all. */
async function keysOf(
  environment: SourceEnvironment,
  files: Omit<JoinedFiles, "assigned" | "joined">,
  groups: Table,
): Promise<LooseKeys | undefined> {
  const states = texts(groups, "state");
  const sum = (column: string, counts: (state: string) => boolean): number =>
    [...numbers(groups, column)].reduce((all, n, i) => (counts(states[i]) ? all + n : all), 0);
  const assigned = sum("n", (state) => state !== "never assigned");
  const without = sum("without", (state) => state !== "never assigned");
  const strangers = sum("n", (state) => state === "never assigned");
  if (assigned === 0 || without === 0 || (strangers === 0 && without < assigned)) return undefined;
  return checkOutcomeKeys(environment, { ...files, assigned, joined: assigned - without });
}

/** What was left out of the files, nothing where nothing was. */
function leftOut(tables: readonly SourceTable[]): Pick<ExperimentData, "malformed"> {
  const malformed = tables.flatMap((table) => table.malformed ?? []);
  if (malformed.length === 0) return {};
  const count = malformed.reduce((sum, one) => sum + one.count, 0);
  const kept = tables.reduce((sum, { rows = 0 }) => sum + rows, 0);
  return { malformed: { count, rows: kept + count, where: malformed[0].where, reason: malformed[0].reason } };
}

/** A file whose rows all parse. Its faults are those of the source; what to do about them is not, for there is no note here to say it in. */
async function open(environment: SourceEnvironment, path: string, drops = false): Promise<SourceTable> {
  try {
    return await openSourceTable(environment, path, {
      kind: path.endsWith(".parquet") ? "parquet" : "text",
      ...(drops ? { malformed: "drop" } : {}),
    });
  } catch (error) {
    const fix = error instanceof FailureError ? FIXES[error.failure.code] : undefined;
    throw error instanceof FailureError && fix !== undefined ? new FailureError({ ...error.failure, fix }) : error;
  }
}

const FIXES: Readonly<Record<string, string>> = {
  "malformed-row":
    'is it a thousands separator, as in `1,150`, an open quote, or a line that was cut? write numbers without it, enclose fields that hold a comma in `"`, or export the file again; no row is left out silently: with --drop-malformed such rows are left out and counted',
  "not-utf8": "convert the file, for example with `iconv -f latin1 -t utf-8`",
};

/**
 * One aggregation by unit, then one by arm. With two files their rows are stacked, which is cheaper than a join. Units are grouped by two
 * 64-bit hashes of their text, which is twice as fast as by the text; ten million of them collide once in 10^24 times.
 */
function buildQuery(
  source: ExperimentSource,
  columns: readonly string[],
  assignments: SourceTable,
  outcomes: SourceTable | undefined,
): string {
  const unit = source.unit ?? "unit";
  const arm = armName(`CAST(${columnOf(assignments, source.arm ?? "arm")} AS VARCHAR)`);
  const none = columns.map((_, i) => `CAST(NULL AS DOUBLE) AS y${i}`).join(", ");
  const values = (table: SourceTable): string =>
    columns.map((name, i) => `${finite(`TRY_CAST(${columnOf(table, name)} AS DOUBLE)`)} AS y${i}`).join(", ");
  const from = (table: SourceTable): string =>
    `(SELECT *, CAST(${columnOf(table, unit)} AS VARCHAR) AS unit FROM ${table.from})`;
  const single = outcomes === undefined;
  const rows = single
    ? `SELECT unit, ${arm} AS arm, true AS outcome, true AS listed, ${values(assignments)} FROM ${from(assignments)}`
    : `SELECT unit, ${arm} AS arm, false AS outcome, true AS listed, ${none} FROM ${from(assignments)}
       UNION ALL SELECT unit, NULL, true, false, ${values(outcomes)} FROM ${from(outcomes)}`;
  const broken = columns.map((_, i) => `y${i} IS NULL`).join(" OR ");
  const sums = columns.map((_, i) => `coalesce(sum(y${i}), 0) AS y${i}`).join(", ");
  const pivots = columns.map((_, i) => `any_value(y${i}) FILTER (abs(y${i}) <= ${LARGEST}) AS p${i}`).join(", ");
  return `WITH rows AS (${rows}), units AS (
      SELECT hash(unit) AS h, hash(unit || '~') AS g, min(arm) AS arm, max(arm) AS other,
        ${single ? "true" : "bool_or(outcome)"} AS known, ${single ? "true" : "bool_or(listed)"} AS listed,
        bool_or(${lacksUnit("unit")}) AS nameless, min(CASE WHEN outcome AND (${broken}) THEN unit END) AS broken, ${sums}
      FROM rows GROUP BY h, g),
    stated AS MATERIALIZED (
      SELECT CASE WHEN nameless THEN 'nameless' WHEN broken IS NOT NULL THEN 'broken'
          WHEN arm IS NULL THEN CASE WHEN listed THEN 'no arm' ELSE 'never assigned' END
          WHEN arm <> other THEN 'several arms' ELSE 'ok' END AS state,
        CASE WHEN state = 'ok' THEN arm ELSE '' END AS name, known, broken, ${columns.map((_, i) => `y${i}`).join(", ")}
      FROM units),
    pivots AS (SELECT name, ${pivots} FROM stated WHERE state = 'ok' GROUP BY name)
    SELECT state, stated.name AS name, count(*) AS n, count(*) FILTER (NOT known) AS without,
      max(greatest(${columns.map((_, i) => `abs(y${i})`).join(", ")})) AS largest, ${measures(columns)}
    FROM stated LEFT JOIN pivots ON state = 'ok' AND stated.name = pivots.name
    GROUP BY state, stated.name ORDER BY state, name`;
}

/** The value, or NULL where it is infinite or no number. */
function finite(value: string): string {
  return `CASE WHEN isfinite(${value}) THEN ${value} END`;
}

/**
 * Moments about a unit of the arm: third powers of values far from 0 keep no digit of their skewness, while a value of the sample is never
 * more than sqrt(n) standard deviations from its mean. Values beyond the limit have no third power and are refused before they are read.
 */
function measures(columns: readonly string[]): string {
  const about = (i: number): string => `CASE WHEN abs(y${i}) <= ${LARGEST} THEN y${i} - p${i} END`;
  const of = (i: number): string =>
    `any_value(p${i}) AS y${i}_pivot, avg(${about(i)}) AS y${i}_mean, var_samp(${about(i)}) AS y${i}_var,
     skewness(${about(i)}) AS y${i}_skew, bool_and(y${i} IN (0, 1)) AS y${i}_binary,
     covar_samp(${about(0)}, ${about(i)}) AS y${i}_cov`;
  return columns.map((_, i) => of(i)).join(", ");
}

/** Above this the sum of third powers over a billion units is no number. */
const LARGEST = "1e90";

function toData(source: ExperimentSource, columns: readonly string[], groups: Table): ExperimentData {
  const states = texts(groups, "state");
  const counts = numbers(groups, "n");
  const countOf = (state: string): number =>
    states.reduce((sum, each, i) => (each === state ? sum + counts[i] : sum), 0);
  if (groups.rows === 0) throw new FailureError(empty(source.assignments));
  const arms = states.flatMap((state, i) => (state === "ok" ? [toArm(source, columns, groups, i)] : []));
  if (arms.length < 2) throw new FailureError(tooFewArms(arms, source.assignments));
  return {
    arms,
    metrics: source.metrics,
    ...(source.denominator === undefined ? {} : { denominator: source.denominator }),
    inSeveralArms: countOf("several arms"),
    withoutArm: countOf("no arm"),
    neverAssigned: countOf("never assigned"),
  };
}

function empty(where: string): Failure {
  return {
    code: "no-rows",
    message: "there are no assignments: the file has no rows",
    where,
    fix: "name a file with one row per unit",
  };
}

function tooFewArms(arms: readonly ArmData[], where: string): Failure {
  const found =
    arms.length === 0 ? "no unit has an arm" : `all ${arms[0].units} units are in the arm \`${arms[0].name}\``;
  return {
    code: "one-arm",
    message: `an experiment compares two arms or more, but ${found}`,
    where,
    fix: "include the control's assignments",
  };
}

function toArm(source: ExperimentSource, columns: readonly string[], groups: Table, row: number): ArmData {
  const at = (name: string): number => numbers(groups, name)[row];
  const units = at("n");
  const meanOf = (i: number): number => at(`y${i}_pivot`) + at(`y${i}_mean`);
  const metrics = source.metrics.map((name, i): [string, MetricMoments] => [
    name,
    {
      n: units,
      mean: meanOf(i),
      variance: at(`y${i}_var`),
      skewness: at(`y${i}_var`) > 0 ? at(`y${i}_skew`) : 0,
      binary: at(`y${i}_binary`) === 1,
    },
  ]);
  const pairWith = (column: string, primaryIsX: boolean): PairedMoments => {
    const other = columns.indexOf(column, source.metrics.length);
    const primary = { mean: meanOf(0), variance: at("y0_var") };
    const second = { mean: meanOf(other), variance: at(`y${other}_var`) };
    const [x, y] = primaryIsX ? [primary, second] : [second, primary];
    return {
      n: units,
      meanX: x.mean,
      meanY: y.mean,
      varianceX: x.variance,
      varianceY: y.variance,
      covariance: at(`y${other}_cov`),
    };
  };
  return {
    name: texts(groups, "name")[row],
    units,
    withoutOutcome: at("without"),
    metrics: new Map(metrics),
    ratio: source.denominator === undefined ? undefined : pairWith(source.denominator, true),
    past: source.past === undefined ? undefined : pairWith(source.past, false),
  };
}

/** The control among the arms: the one that is named, or the only one with a usual name. Throws a `FailureError` when neither is clear. */
export function findControl(arms: readonly ArmData[], named?: string): ArmData {
  const usual = arms.filter((arm) => USUAL_NAMES.has(arm.name.toLowerCase()));
  const found = named === undefined ? usual : arms.filter((arm) => arm.name === named);
  if (found.length === 1) return found[0];
  const names = arms.map((arm) => arm.name);
  const suggestion = named === undefined ? undefined : nearest(named, names);
  throw new FailureError({
    code: "which-control",
    message:
      named === undefined
        ? `it is not clear which arm is the control: there are ${names.map((name) => `\`${name}\``).join(", ")}`
        : `there is no arm \`${named}\`; there are ${names.map((name) => `\`${name}\``).join(", ")}`,
    fix: suggestion === undefined ? "name it with --control" : `did you mean \`${suggestion}\`?`,
  });
}

const USUAL_NAMES = new Set(["control", "baseline", "a", "0", "off", "holdout"]);
