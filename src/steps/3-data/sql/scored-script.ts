/** The SQL of a task that scores: rows as they lie, rounds of learning and judging, features, labels and a profile, each a view. */

import type { FeatureDeclaration } from "../features/feature-declaration.ts";
import { wordsByRate } from "../features/scored-features.ts";
import type { ScoredWords } from "../scored-task.ts";
import type { LateLabelPlan } from "../split/late-label-split-stage.ts";
import { compileFeatures } from "./feature-query.ts";
import {
  EVENTS,
  type FeatureTables,
  factColumn,
  KNOWN_AT,
  keyColumn,
  MOMENT,
  maskColumn,
  REQUESTS,
  unitsColumn,
} from "./feature-tables.ts";
import { profileQuery } from "./profile-query.ts";
import { type Statement, withTables } from "./script.ts";
import { double, type SqlDialect, unitsOf } from "./sql-dialect.ts";

/** The view of the rows as they lie: `moment`, `label`, `known_at` where labels have one, `key_…` and `fact_…`. */
const SOURCE = "heptad_source";
/** The view that has everything: a row a case, with its features, its label and what it may be used for. */
export const CASES = "heptad_cases";
/** The view of counts, missing values and bounds. */
export const PROFILE = "heptad_profile";

/** What the columns of the rows are, and what is asked of them. */
export interface ScoredQuery {
  /** The query that gives the rows as they lie. */
  readonly source: string;
  readonly declarations: readonly FeatureDeclaration[];
  /** Names of the entities; the first is the unit. */
  readonly entities: readonly string[];
  /** Names of the numbers that are known of a case at once, and those of them that add up. */
  readonly values: readonly string[];
  readonly summed: readonly string[];
  readonly hasKnownAt: boolean;
  /** Whether a unit leaves once one of its positive cases is known. */
  readonly leaves: boolean;
  readonly words: Pick<ScoredWords, "row" | "positive">;
  readonly periods: LateLabelPlan;
  /** Which rows as they lie cannot be used: they are counted, and whoever runs the text refuses them. */
  readonly refused: string;
}

/** The name that a feature has in `heptad_cases`. */
export function featureColumn(name: string): string {
  return `feature_${name}`;
}

/** The views, in the order in which they are made. Throws a `FailureError` for a feature that the rows cannot give. */
export function scoredScript(query: ScoredQuery, dialect: SqlDialect): readonly Statement[] {
  const { declarations, entities, values, words } = query;
  const known = { entities: keysOf(entities), values: keysOf(values), words };
  const written = declarations.map((one) => wordsByRate(one, known));
  const { tables, joins, columns } = compileFeatures(written, tablesOf(query), dialect);
  const features = [...columns].map(([name, sql]) => `${sql} AS ${dialect.name_(featureColumn(name))}`);
  const checks = query.summed.map((name) => ({
    name,
    units: `abs(${unitsOf(`e.${dialect.name_(factColumn(name))}`)})`,
  }));
  return [
    { view: SOURCE, says: "The rows as they lie: a case each, its moment in seconds since 1970.", query: query.source },
    {
      view: EVENTS,
      says: "The same, with what adds up in whole units of 2^-20: sums are exact in any order.",
      query: events(query, dialect),
    },
    {
      view: "heptad_rounds",
      says: "Rounds of learning and judging; round 0 is the test, earlier ones choose settings.",
      query: rounds(query.periods),
    },
    { view: REQUESTS, says: "The cases that some round learns from or judges.", query: requests() },
    {
      view: "heptad_features",
      says: "Their features as of their moments: strictly earlier events, labels after their delay.",
      query: withTables(tables, `SELECT r.*, ${features.join(",\n  ")}\nFROM ${REQUESTS} r\n${joins.join("\n")}`),
    },
    {
      view: CASES,
      says: "With what each may be used for: `trains` 1, or the round that it is `judged_in`.",
      query: cases(query, dialect),
    },
    {
      view: PROFILE,
      says: "Rows, missing values and bounds of each column; and what is added up, which must stay below 2^33.",
      query: profileQuery(
        {
          table: CASES,
          counts: [
            ["positives", "label = 1"],
            ["training", "trains = 1"],
            ["training positives", "trains = 1 AND label = 1"],
            ["judged", "judged_in = 0"],
            ["judged positives", "judged_in = 0 AND label = 1"],
          ],
          columns: declarations.map(({ name }) => [name, dialect.name_(featureColumn(name))]),
          sums: { table: EVENTS, units: checks },
          refused: { table: SOURCE, condition: query.refused },
        },
        dialect,
      ),
    },
  ];
}

function keysOf(names: readonly string[]): ReadonlyMap<string, true> {
  return new Map(names.map((name) => [name, true]));
}

function tablesOf({ entities, values, summed, hasKnownAt, words }: ScoredQuery): FeatureTables {
  return {
    entities: new Map([...entities, words.row].map((name) => [name, { isList: false }])),
    measures: new Map<string, { readonly isBinary: boolean; readonly hasMask: boolean; readonly hasUnits: boolean }>([
      ...summed.map((name) => [name, { isBinary: false, hasMask: true, hasUnits: true }] as const),
      [words.positive, { isBinary: true, hasMask: false, hasUnits: true }],
    ]),
    hasCounted: false,
    ...(hasKnownAt ? { arrival: words.positive } : {}),
    attributes: new Map([[words.row, keysOf(values)]]),
    own: words.row,
    isMissingWithoutKey: true,
  };
}

function events({ summed, words }: ScoredQuery, dialect: SqlDialect): string {
  const units = summed.flatMap((name) => {
    const fact = `s.${dialect.name_(factColumn(name))}`;
    return [
      `CAST(${unitsOf(fact)} AS BIGINT) AS ${dialect.name_(unitsColumn(name))}`,
      `CASE WHEN ${fact} IS NULL THEN 0 ELSE 1 END AS ${dialect.name_(maskColumn(name))}`,
    ];
  });
  const label = `CAST(s.label AS BIGINT) * ${2 ** 20} AS ${dialect.name_(unitsColumn(words.positive))}`;
  return `SELECT s.*, CAST(floor(s.${MOMENT} / 86400e0) AS BIGINT) AS day, ${[...units, label].join(", ")} FROM ${SOURCE} s WHERE s.${MOMENT} IS NOT NULL AND s.label IS NOT NULL`;
}

/** As `lateLabelSplitStage` lays them out: a label of the last earlier round must have arrived when the test begins. */
function rounds({ train, delay, test, testStart, earlier }: LateLabelPlan): string {
  const begin = testStart === null ? `last_day - ${test - 1}` : `CAST(${Math.floor(testStart / 86_400)} AS BIGINT)`;
  const all = Array.from({ length: earlier + 1 }, (_, round) => {
    const back = round === 0 ? "" : ` - ${delay + test * round}`;
    return `SELECT ${round} AS round, ${begin}${back} AS test_day, first_day FROM days`;
  });
  return `WITH days AS (SELECT min(day) AS first_day, max(day) AS last_day FROM ${EVENTS})
SELECT round, test_day - ${delay + train} AS train_day, test_day - ${delay} AS train_until, test_day, test_day + ${test} AS test_until
FROM (${all.join(" UNION ALL ")}) d WHERE round = 0 OR test_day >= first_day + ${train + delay}`;
}

function requests(): string {
  return `SELECT e.* FROM (SELECT min(train_day) AS from_day, max(test_until) AS until_day FROM heptad_rounds) p CROSS JOIN ${EVENTS} e
WHERE e.day >= p.from_day AND e.day < p.until_day`;
}

function cases({ entities, hasKnownAt, leaves, periods }: ScoredQuery, dialect: SqlDialect): string {
  const unit = dialect.name_(keyColumn(entities[0]));
  const left = leaves
    ? `WITH gone AS (SELECT d.round, e.${unit} AS unit, min(e.day) AS gone_day FROM heptad_rounds d CROSS JOIN ${EVENTS} e
  WHERE e.label = 1 AND e.day >= d.train_day AND e.day < d.test_until GROUP BY d.round, e.${unit})\n`
    : "";
  const stays = leaves ? ` AND (g.gone_day IS NULL OR g.gone_day >= f.day - ${periods.delay})` : "";
  const isKnown = hasKnownAt ? ` AND f.${KNOWN_AT} IS NOT NULL` : "";
  const isKnownInTime = hasKnownAt ? ` AND f.${KNOWN_AT} <= CAST(t.test_day AS DOUBLE) * ${double(86_400)}` : "";
  return `${left}SELECT f.*,
  CASE WHEN f.day >= t.train_day AND f.day < t.train_until${isKnownInTime} THEN 1 ELSE 0 END AS trains,
  CASE WHEN j.round IS NOT NULL${isKnown}${stays} THEN j.round END AS judged_in
FROM (SELECT * FROM heptad_rounds WHERE round = 0) t CROSS JOIN heptad_features f
LEFT JOIN heptad_rounds j ON f.day >= j.test_day AND f.day < j.test_until
${leaves ? `LEFT JOIN gone g ON g.round = j.round AND g.unit = f.${unit}` : ""}`;
}
