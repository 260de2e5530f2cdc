/** The SQL of a task that ranks: events and what the note says of them, the split, who asks when for what, and features, each a view. */

import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import type { PreferenceRule, Preferences } from "../preferences.ts";
import { kindCode } from "../ranked-task.ts";
import type { TimeSplitOptions } from "../split/by-time.ts";
import { requestSets } from "../split/request-sets.ts";
import { compileFeatures } from "./feature-query.ts";
import { EVENTS, type FeatureTables, keyColumn, MOMENT, maskColumn, REQUESTS, unitsColumn } from "./feature-tables.ts";
import { profileQuery } from "./profile-query.ts";
import { CUTS_OF_EVENTS, cutStatements, HAPPENED, PERIODS, partOf, periodStatements } from "./ranked-split-query.ts";
import { CASES, featureColumn, PROFILE } from "./scored-script.ts";
import { type Statement, withTables } from "./script.ts";
import { double, type SqlDialect, unitsOf } from "./sql-dialect.ts";

/** Events as they were read: a row each, in the order of their moments. */
const SOURCE = "heptad_source";
const SETS = "heptad_sets";
/** One row a request: who asks, and when. */
const ASKED = "heptad_asking";
/** What each of them is looking for. */
const WANTED = "heptad_wanted";
/** The number of an event: among those of one moment it is their order. */
export const EVENT = "event_number";
/** The column with the name of the set that a case belongs to. */
export const SET = "set_name";
/** Which of a ranker's candidates its training keeps: the wanted ones, and a draw of the others. */
export const KEPT = "is_kept";
/** The columns of `candidates` that say which request it is of. */
export const SET_NUMBER = "set_number";

/** Something that features add up or count: by which column of the events it is told, and whether it has values. */
export interface RankedMeasure {
  readonly name: string;
  /** `kind = 0`, `judged = 1`. */
  readonly condition: string;
  readonly hasUnits: boolean;
  readonly per?: string;
}

export interface RankedQuery {
  /** The query that gives the events: `event_number`, `moment`, `happened`, keys of the unit and the item, `kind`, `value`. */
  readonly source: string;
  /** Views of lists and facts of entities, by name. */
  readonly entityTables: ReadonlyMap<string, string>;
  readonly unit: string;
  readonly item: string;
  /** What items belong to several of: genres. */
  readonly groups: readonly string[];
  /** Names of facts by entity. */
  readonly attributes: ReadonlyMap<string, ReadonlyMap<string, unknown>>;
  /** Names of the kinds of event by their code. */
  readonly kinds: readonly string[];
  readonly measures: readonly RankedMeasure[];
  /** With what is wanted said. */
  readonly preferences: Preferences;
  readonly split: TimeSplitOptions;
  /** Windows of the training part whose requests a ranker learns from. */
  readonly folds: number;
  /** How many requests of each set a run draws; absent where it asks all. */
  readonly asked?: number;
  readonly declarations: readonly FeatureDeclaration[];
  /** The query that gives what a first stage proposes: `set_number`, keys of the unit and the item, `is_kept`. What is wanted alone where absent. */
  readonly candidates?: string;
}

/** The views, in the order in which they are made. Throws a `FailureError` for a feature that the events cannot give. */
export function rankedScript(query: RankedQuery, dialect: SqlDialect): readonly Statement[] {
  const { declarations, entityTables, measures } = query;
  const { tables, joins, columns } = compileFeatures(declarations, tablesOf(query), dialect);
  const features = [...columns].map(([name, sql]) => `${sql} AS ${dialect.name_(featureColumn(name))}`);
  const sets = requestSets(query.folds);
  return [
    { view: SOURCE, says: "The events as they were read and checked, in seconds since 1970.", query: query.source },
    ...cutStatements(SOURCE, query.split),
    {
      view: EVENTS,
      says: "The same with their part, what the note says of them (1 wanted, -1 unwanted), and values in whole units of 2^-20.",
      query: events(query, dialect),
      isKept: true,
    },
    ...[...entityTables].map(([view, rows]) => ({
      view: dialect.name_(view),
      says: "Keys and facts of what the features are about.",
      query: rows,
    })),
    ...periodStatements(query.folds),
    {
      view: SETS,
      says: "Sets of requests: of which period, and how much of it a unit has done when asking.",
      query: sets
        .map(
          ({ name, period, foldIn }, at) =>
            `SELECT ${at} AS ${SET_NUMBER}, ${dialect.text(name)} AS ${SET}, ${dialect.text(period)} AS period, ${double(foldIn)} AS fold_in`,
        )
        .join("\nUNION ALL "),
    },
    {
      view: "heptad_deeds",
      says: "What each unit did in each period, numbered; to be shown something is not to do something.",
      query: deeds(query, dialect),
      isKept: true,
    },
    {
      view: ASKED,
      says: `Who asks, and when: at the first deed that is not folded in.${query.asked === undefined ? "" : ` These are all who could: a run draws ${query.asked} of each set at most (sampled-users), and SQL has not its draw.`}`,
      query: asked(query, dialect),
    },
    {
      view: WANTED,
      says: "What they went on to want, and did not take back, of what they had never had.",
      query: wanted(query, dialect),
      isKept: true,
    },
    {
      view: REQUESTS,
      says:
        query.candidates === undefined
          ? "The rows that features are computed of: what is wanted. What else is ranked is proposed by trained models, which SQL has not."
          : "The rows that features are computed of: what the first stage proposes to each request. is_kept: what a ranker learns from, the run's own draw.",
      query: requests(query, dialect),
      isKept: true,
    },
    {
      view: CASES,
      says: "With their features as of the request: strictly earlier events.",
      query: withTables(
        tables,
        `SELECT ${["r.*", ...features].join(",\n  ")}\nFROM ${REQUESTS} r\n${joins.join("\n")}`,
      ),
    },
    {
      view: PROFILE,
      says: "Rows, missing values and bounds of each column; and what is added up, which must stay below 2^33.",
      query: profileQuery(
        {
          table: CASES,
          counts: [
            ["wanted", "label = 1"],
            ["kept", `${KEPT} = 1`],
            ...sets.map(({ name }) => [name, `${SET} = ${dialect.text(name)}`] as const),
          ],
          columns: declarations.map(({ name }) => [name, dialect.name_(featureColumn(name))]),
          sums: {
            table: EVENTS,
            units: measures
              .filter(({ hasUnits }) => hasUnits)
              .map(({ name }) => ({
                name,
                units: `abs(e.${dialect.name_(unitsColumn(name))})`,
              })),
          },
          refused: { table: SOURCE, condition: `${MOMENT} IS NULL OR ${HAPPENED} IS NULL` },
        },
        dialect,
      ),
    },
  ];
}

function tablesOf({ unit, item, groups, attributes, measures }: RankedQuery): FeatureTables {
  return {
    entities: new Map([
      ...[unit, item].map((name): [string, { isList: boolean }] => [name, { isList: false }]),
      ...groups.map((name): [string, { isList: boolean }] => [name, { isList: true }]),
    ]),
    measures: new Map(
      measures.map(({ name, hasUnits, per }) => [name, { hasMask: true, hasUnits, ...(per !== undefined && { per }) }]),
    ),
    hasCounted: true,
    attributes,
    isMissingWithoutKey: false,
  };
}

const IMPRESSION = kindCode("impression");

function events({ groups, item, kinds, measures, preferences }: RankedQuery, dialect: SqlDialect): string {
  const key = `s.${dialect.name_(keyColumn(item))}`;
  const value = "CAST(s.value AS DOUBLE)";
  const marks = measures.flatMap(({ name, condition, hasUnits }) => [
    `CASE WHEN ${condition} THEN 1 ELSE 0 END AS ${dialect.name_(maskColumn(name))}`,
    ...(hasUnits
      ? [
          `CASE WHEN ${condition} THEN CAST(${unitsOf(value)} AS BIGINT) ELSE CAST(0 AS BIGINT) END AS ${dialect.name_(unitsColumn(name))}`,
        ]
      : []),
  ]);
  const judge = (rules: readonly PreferenceRule[]): string =>
    rules.map((rule) => `(${conditionOf(rule, kinds, value)})`).join(" OR ");
  const { positive, negative } = preferences;
  const verdicts = [
    ...(negative.length === 0 ? [] : [`WHEN ${judge(negative)} THEN -1`]),
    ...(positive.length === 0 ? [] : [`WHEN ${judge(positive)} THEN 1`]),
  ];
  const judged = `SELECT s.*, ${[
    ...groups.map((name) => `${key} AS ${dialect.name_(keyColumn(name))}`),
    `${verdicts.length === 0 ? "0" : `CASE ${verdicts.join(" ")} ELSE 0 END`} AS judged`,
    `${partOf()} AS part`,
  ].join(",\n  ")}\n  FROM ${CUTS_OF_EVENTS} CROSS JOIN ${SOURCE} s`;
  return `SELECT s.*, ${[`CASE WHEN s.kind <> ${IMPRESSION} THEN 1 ELSE 0 END AS counted`, ...marks].join(",\n  ")}\nFROM (${judged}) s`;
}

/** A rule of the note on the kind and the value of an event `s`, with the room for rounding that `compares` has. */
function conditionOf({ event, comparison, limit }: PreferenceRule, kinds: readonly string[], value: string): string {
  const isKind = `s.kind = ${kinds.indexOf(event)}`;
  if (comparison === null) return isKind;
  const bound = double(limit);
  const isSame = `(${value} = ${bound} OR abs(${value} - ${bound}) <= 1e-12 * greatest(abs(${value}), abs(${bound})))`;
  switch (comparison) {
    case "<":
    case ">":
      return `${isKind} AND ${value} ${comparison} ${bound} AND NOT ${isSame}`;
    case "<=":
    case ">=":
      return `${isKind} AND (${value} ${comparison} ${bound} OR ${isSame})`;
    case "=":
      return `${isKind} AND ${isSame}`;
    default:
      return comparison satisfies never;
  }
}

function deeds({ unit }: RankedQuery, dialect: SqlDialect): string {
  const key = `e.${dialect.name_(keyColumn(unit))}`;
  return `SELECT p.period, p.until_moment, e.*,
  row_number() OVER (PARTITION BY p.period, ${key} ORDER BY e.${HAPPENED}, e.${EVENT}) - 1 AS place,
  count(*) OVER (PARTITION BY p.period, ${key}) AS deeds
FROM ${PERIODS} p JOIN ${EVENTS} e ON e.${HAPPENED} >= p.from_moment AND e.${MOMENT} < p.until_moment
WHERE e.counted = 1`;
}

function asked({ unit }: RankedQuery, dialect: SqlDialect): string {
  return `SELECT s.${SET_NUMBER}, s.${SET}, d.period, d.until_moment, d.${dialect.name_(keyColumn(unit))}, d.${HAPPENED} AS ${MOMENT}
FROM ${SETS} s JOIN heptad_deeds d ON d.period = s.period AND CAST(d.place AS DOUBLE) = floor(s.fold_in * CAST(d.deeds AS DOUBLE))`;
}

/** The last word of the note on each item decides, and what was had before the request is no find. */
function wanted({ unit, item }: RankedQuery, dialect: SqlDialect): string {
  const [who, what] = [unit, item].map((name) => dialect.name_(keyColumn(name)));
  return `WITH later AS (SELECT a.${SET_NUMBER}, a.${SET}, a.until_moment, a.${who}, a.${MOMENT}, d.${what}, d.judged,
    row_number() OVER (PARTITION BY a.${SET_NUMBER}, a.${who}, d.${what} ORDER BY d.${HAPPENED} DESC, d.${EVENT} DESC) AS back
  FROM ${ASKED} a JOIN heptad_deeds d ON d.period = a.period AND d.${who} = a.${who} AND d.${HAPPENED} >= a.${MOMENT}
  WHERE d.judged <> 0),
found AS (SELECT * FROM later WHERE back = 1 AND judged = 1)
SELECT f.${SET_NUMBER}, f.${SET}, f.${who}, f.${what}, f.${MOMENT}
FROM found f LEFT JOIN (SELECT * FROM ${EVENTS} WHERE counted = 1) h
  ON h.${who} = f.${who} AND h.${what} = f.${what} AND h.${HAPPENED} < f.${MOMENT} AND h.${MOMENT} < f.until_moment
WHERE h.${EVENT} IS NULL`;
}

function requests({ unit, item, groups, candidates }: RankedQuery, dialect: SqlDialect): string {
  const [who, what] = [unit, item].map((name) => dialect.name_(keyColumn(name)));
  const lists = (alias: string): string =>
    groups.map((name) => `, ${alias}.${what} AS ${dialect.name_(keyColumn(name))}`).join("");
  if (candidates === undefined)
    return `SELECT w.${SET}, w.${who}, w.${what}${lists("w")}, w.${MOMENT}, 1 AS label, 1 AS ${KEPT} FROM ${WANTED} w`;
  return `SELECT a.${SET}, a.${who}, c.${what}${lists("c")}, a.${MOMENT}, CASE WHEN w.${what} IS NULL THEN 0 ELSE 1 END AS label, c.${KEPT}
FROM (${candidates}) c JOIN ${ASKED} a ON a.${SET_NUMBER} = c.${SET_NUMBER} AND a.${who} = c.${who}
LEFT JOIN ${WANTED} w ON w.${SET_NUMBER} = c.${SET_NUMBER} AND w.${who} = c.${who} AND w.${what} = c.${what}`;
}
