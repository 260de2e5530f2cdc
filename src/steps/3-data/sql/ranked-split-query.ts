/** A split by time as SQL: the cuts of `splitByTime`, found by counting events, and the periods that requests come from. */

import { isEmpty, type Period, settledPeriods, type TimeSplitOptions } from "../split/by-time.ts";
import { foldPeriods, shareBeforeFold, TEST_PERIOD, VALIDATION_PERIOD } from "../split/request-sets.ts";
import { EVENTS, MOMENT } from "./feature-tables.ts";
import type { Statement } from "./script.ts";
import { double, nearestWhole } from "./sql-dialect.ts";

/** When an event happened, which may be before it was known at its moment. */
export const HAPPENED = "happened";
/** The view of the cuts: one row. */
const CUTS = "heptad_cuts";
/** The view of the periods that requests come from. */
export const PERIODS = "heptad_periods";
/** Later than all that ever happens, and a number for every engine. */
const NEVER = double(1e300);

/** The views that lead to `heptad_cuts`, from the rows of `source`. */
export function cutStatements(source: string, options: TimeSplitOptions): readonly Statement[] {
  const { train, validation, test, gap } = settledPeriods(options);
  const parts: (readonly [name: string, query: string])[] = [
    ["everything", `SELECT max(upto) AS before, max(${MOMENT}) AS ${MOMENT} FROM heptad_moments`],
    ["test", cutBefore("everything", test)],
    ["test_end", movedBack("test", gap)],
  ];
  const last = isEmpty(validation) ? "test" : "validation";
  if (!isEmpty(validation)) parts.push(["validation", cutBefore("test_end", validation)]);
  parts.push(["train_end", movedBack(last, gap)]);
  if (train !== undefined) parts.push(["train", cutBefore("train_end", train)]);
  const start = train === undefined ? double(-1e300) : `train.${MOMENT}`;
  const from = ["test", "test_end", "train_end", ...(last === "test" ? [] : [last]), ...(train ? ["train"] : [])];
  return [
    {
      view: "heptad_moments",
      says: "How many events had happened up to each moment: within each day, and on the days before.",
      query: momentsOf(source, HAPPENED),
      isKept: true,
    },
    {
      view: CUTS,
      says: "The moments that part training, validation and test.",
      query: `WITH ${parts.map(([name, query]) => `${name} AS (${query})`).join(",\n")}
SELECT ${start} AS train_start, train_end.${MOMENT} AS train_end, ${last}.${MOMENT} AS validation_start, test_end.${MOMENT} AS validation_end, test.${MOMENT} AS test_start
FROM ${from.join(" CROSS JOIN ")}`,
      isKept: true,
    },
  ];
}

/** The part of an event `s` beside the cuts `c`, as `splitByTime` gives it; a training event that was known too late is in none. */
export function partOf(): string {
  return `CASE WHEN s.${HAPPENED} >= c.test_start THEN 'test'
    WHEN s.${HAPPENED} >= c.validation_start AND s.${HAPPENED} < c.validation_end THEN 'validation'
    WHEN s.${HAPPENED} >= c.train_start AND s.${HAPPENED} < c.train_end AND s.${MOMENT} < c.train_end THEN 'train' ELSE 'unused' END`;
}

/** The view from which `partOf` takes the cuts. */
export const CUTS_OF_EVENTS = `${CUTS} c`;

/** The views that lead to `heptad_periods`: test, validation, and windows of the training events. */
export function periodStatements(folds: number): readonly Statement[] {
  const names = foldPeriods(folds);
  const begin = (fold: number): string =>
    fold === folds
      ? "c.train_end"
      : `coalesce((SELECT min(m.${MOMENT}) FROM heptad_training_moments m CROSS JOIN (SELECT max(upto) AS n FROM heptad_training_moments) t WHERE m.upto > floor(CAST(t.n AS DOUBLE) * ${double(shareBeforeFold(fold, folds))})), c.train_end)`;
  const all = [
    [TEST_PERIOD, "c.test_start", NEVER],
    [VALIDATION_PERIOD, "c.validation_start", "c.validation_end"],
    ...names.map((name, fold) => [name, begin(fold), begin(fold + 1)]),
  ];
  return [
    ...(folds === 0
      ? []
      : [
          {
            view: "heptad_training_moments",
            says: "The same of the training events, by when they were known.",
            query: momentsOf(`(SELECT * FROM ${EVENTS} WHERE part = 'train') t`, MOMENT),
            isKept: true,
          },
        ]),
    {
      view: PERIODS,
      says: "The stretches of time that requests come from; those of the training part are what a ranker learns from.",
      query: all
        .map(
          ([name, from, until]) =>
            `SELECT '${name}' AS period, ${from} AS from_moment, ${until} AS until_moment FROM ${CUTS} c`,
        )
        .join("\nUNION ALL "),
      isKept: true,
    },
  ];
}

/** For each moment of a column how many rows lie at it and up to it; no one task of a cluster sorts all of them. */
function momentsOf(rows: string, column: string): string {
  const running = "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW";
  return `WITH days AS (SELECT floor(${column} / 86400e0) AS day, count(*) AS n FROM ${rows} GROUP BY floor(${column} / 86400e0)),
earlier AS (SELECT day, sum(n) OVER (ORDER BY day ${running}) - n AS before FROM days),
moments AS (SELECT ${column} AS ${MOMENT}, floor(${column} / 86400e0) AS day, count(*) AS n FROM ${rows} GROUP BY ${column})
SELECT m.${MOMENT}, m.n, CAST(e.before + sum(m.n) OVER (PARTITION BY m.day ORDER BY m.${MOMENT} ${running}) AS BIGINT) AS upto
FROM moments m JOIN earlier e ON e.day = m.day`;
}

/** Where a part begins that ends with a cut; `before` is how many events lie before the cut. */
function cutBefore(end: string, period: Period): string {
  if (isEmpty(period)) return `SELECT before, ${MOMENT} FROM ${end}`;
  if ("seconds" in period) return movedBack(end, period.seconds);
  const share = nearestWhole(`${double(period.share)} * CAST(a.before AS DOUBLE)`);
  const row = `SELECT greatest(0e0, least(CAST(e.before AS DOUBLE) - 1e0, CAST(e.before AS DOUBLE) - ${share})) AS place FROM ${end} e CROSS JOIN everything a`;
  return `SELECT min(m.upto - m.n) AS before, min(m.${MOMENT}) AS ${MOMENT} FROM heptad_moments m CROSS JOIN (${row}) p WHERE m.upto > p.place`;
}

function movedBack(end: string, seconds: number): string {
  if (seconds === 0) return `SELECT before, ${MOMENT} FROM ${end}`;
  return `SELECT coalesce(sum(CASE WHEN m.${MOMENT} < e.${MOMENT} THEN m.n END), 0) AS before, e.${MOMENT} FROM (SELECT ${MOMENT} - ${double(seconds)} AS ${MOMENT} FROM ${end}) e CROSS JOIN heptad_moments m GROUP BY e.${MOMENT}`;
}
