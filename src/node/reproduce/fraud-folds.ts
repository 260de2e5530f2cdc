/** The protocol of the Fraud Detection Handbook: a week of training, a week of waiting, a week judged, in four folds; four earlier folds choose. */

import { DAY, dayNumber } from "../../core/day.ts";
import type { Random } from "../../core/random.ts";
import { createTable, type Table } from "../../core/table.ts";
import { detectTransactions, readTransactions } from "../../kinds/fraud-detection/transaction-source.ts";
import { scoredTaskOf } from "../../kinds/fraud-detection/transactions.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import { scoredFeatures } from "../../steps/3-data/features/scored-features.ts";
import { labelsOf, type ScoredTask, unitOf } from "../../steps/3-data/scored-task.ts";
import {
  type LateLabelPeriods,
  lateLabelRound,
  type Round,
  trainingRows,
} from "../../steps/3-data/split/late-label-split.ts";
import { storedFloat64 } from "../../steps/3-data/stored-columns.ts";
import { stageResult } from "../../system/stage.ts";
import { openDuckdb } from "../duckdb.ts";
import { createInputFiles } from "../input-files.ts";
import { checksumOfColumns } from "./data-checksums.ts";
import { type Fold, meanMeasures, measureFolds, measureOf } from "./fold-measures.ts";
import { fraudLearner } from "./fraud-learners.ts";
import type { TableResult, TableRow } from "./result.ts";
import { type PublishedTable, settingsOf, type TableSettings } from "./table.ts";
import type { Workbench } from "./workbench.ts";

const PERIODS: LateLabelPeriods = { train: 7, delay: 7, test: 7 };
/** First days of the judged weeks: chapter 5 trains from 2018-07-25 and later by a week for each fold, and chooses on folds two weeks earlier by as much. */
const TEST_WEEKS = ["2018-08-08", "2018-08-15", "2018-08-22", "2018-08-29"];
const VALIDATION_WEEKS = ["2018-07-04", "2018-07-11", "2018-07-18", "2018-07-25"];

/** The fifteen features of chapter 3. */
const FEATURES: readonly FeatureDeclaration[] = [
  ...["amount", "weekend", "night"].map((column) => ({
    name: column,
    entity: ["transaction"],
    aggregate: { kind: "value" as const, column },
    window: Number.POSITIVE_INFINITY,
    delay: 0,
    smoothing: 0,
  })),
  ...[1, 7, 30].flatMap((days): readonly FeatureDeclaration[] => {
    const rest = { window: days * DAY, smoothing: 0 };
    const customer = { entity: ["customer"], delay: 0, current: "transaction", ...rest };
    const terminal = { entity: ["terminal"], delay: 7 * DAY, ...rest };
    return [
      { name: `customer_count_${days}d`, aggregate: { kind: "count" }, ...customer },
      { name: `customer_mean_${days}d`, aggregate: { kind: "mean", measure: "amount" }, ...customer },
      { name: `terminal_count_${days}d`, aggregate: { kind: "count" }, ...terminal },
      { name: `terminal_risk_${days}d`, aggregate: { kind: "rate", measure: "fraud" }, ...terminal },
    ];
  }),
];

const FEATURE_NAMES = FEATURES.map(({ name }) => name);

export async function tryFraudFolds(name: string, table: PublishedTable, bench: Workbench): Promise<TableResult> {
  const seed = table.seeds[0];
  const random = bench.random(seed);
  const sql = await openDuckdb();
  const transactions = await readTransactions(
    { sql, files: createInputFiles() },
    detectTransactions(bench.path(table.data.transactions)),
    random.fork("unused"),
  );
  sql.close();
  const task = scoredTaskOf(transactions);
  bench.counted({ payments: task.time.length, cards: unitOf(task).count });
  const { time, customer, terminal, amount, fraud } = transactions;
  bench.summed({ transactions: checksumOfColumns([time, customer, terminal, amount, fraud]) });
  const rounds = (weeks: readonly string[]): readonly Round[] =>
    weeks.map((week) => lateLabelRound(task, dayNumber(Date.parse(`${week}T00:00:00Z`) / 1000), PERIODS));
  const [validation, test] = [rounds(VALIDATION_WEEKS), rounds(TEST_WEEKS)];
  const featuresOf = await openFeatures(task, [...validation, ...test], name, bench);
  const before = paymentsBefore(task);
  const foldsOf = async (what: string, { model, settings }: Chosen, of: readonly Round[]): Promise<readonly Fold[]> => {
    const learner = fraudLearner(model, settings, FEATURE_NAMES);
    const folds: Fold[] = [];
    for (const round of of) {
      const facts = { choice: learner.key, seed, testDay: round.testDay, what };
      const kept = await bench.part(`${name}: ${model}, ${what}`, facts, async () => {
        const { learn, judge } = what === "dealt at random" ? dealt(task, round, random) : asPublished(task, round);
        const scores = await learner.score(
          { learn, labels: labelsOf(task, learn), judge, featuresOf, before },
          { random: random.fork(`fit ${round.testDay}`), pool: bench.pool },
        );
        return stageResult({ arrays: { rows: judge, scores } });
      });
      folds.push(foldOf(task, kept.arrays.rows, storedFloat64(kept.arrays, "scores")));
    }
    return folds;
  };
  const rows: TableRow[] = [];
  const chosen = new Map<string, Chosen>();
  const tried: { value: number; folds: readonly Fold[] }[] = [];
  for (const model of table.models) {
    const settings = settingsOf(model);
    let best: (Chosen & { validation: number }) | undefined;
    for (const one of settings) {
      const choice = { model: model.model, settings: one };
      const value = meanMeasures(await foldsOf("validation", choice, validation))[measureOf(table["chosen-by"])];
      if (best === undefined || value > best.validation) best = { ...choice, validation: value };
    }
    if (best === undefined) continue;
    const folds = await foldsOf("test", best, test);
    chosen.set(model.model, best);
    rows.push({
      name: model.model,
      settings: { ...best.settings },
      tried: settings.length,
      validation: best.validation,
      values: measureFolds(folds, table.metrics, random.fork(model.model)),
      n: new Set(folds.flatMap((fold) => [...fold.unit])).size,
    });
  }
  const best = rows.reduce((a, b) => ((b.validation ?? 0) > (a.validation ?? 0) ? b : a));
  const bestChoice = chosen.get(best.name);
  if (bestChoice === undefined) throw new Error("the best model was never fitted");
  for (const model of table.models) {
    for (const one of settingsOf(model)) {
      const folds = await foldsOf("test", { model: model.model, settings: one }, test);
      tried.push({ value: meanMeasures(folds)[measureOf(table["chosen-by"])], folds });
    }
  }
  const tuned = tried.reduce((a, b) => (b.value > a.value ? b : a));
  const [first] = await foldsOf("test", bestChoice, test.slice(0, 1));
  const shuffled = await foldsOf("dealt at random", bestChoice, test);
  return {
    table: name,
    seeds: table.seeds,
    data: { payments: task.time.length, cards: unitOf(task).count, folds: test.length },
    rows,
    best: best.name,
    checks: [
      {
        name: "the week of chapter 3",
        says: `the first of the four folds alone, judged from ${TEST_WEEKS[0]}`,
        values: measureFolds([first], table.metrics, random.fork("chapter 3")),
      },
    ],
    claims: [
      {
        name: "random split",
        says: "training and judged week of each fold put together and dealt at random, half to learn from: no delay, and cards and terminals on both sides",
        values: measureFolds(shuffled, table.metrics, random.fork("random split")),
      },
      {
        name: "settings chosen on the test",
        says: `the best of all ${tried.length} settings by ${table["chosen-by"]} on the test itself`,
        values: measureFolds(tuned.folds, table.metrics, random.fork("tuned")),
      },
    ],
    seconds: await bench.seconds(),
  };
}

/** A model of the table with settings that it may take. */
interface Chosen {
  readonly model: string;
  readonly settings: TableSettings;
}

/** For each payment the row of the one that its card made before it, -1 where there is none. */
function paymentsBefore(task: ScoredTask): Int32Array {
  const { rows, count } = unitOf(task);
  const last = new Int32Array(count).fill(-1);
  return rows.map((card, row) => {
    const before = last[card];
    last[card] = row;
    return before;
  });
}

/** All features of the rows that the rounds need, computed once. */
async function openFeatures(
  task: ScoredTask,
  rounds: readonly Round[],
  name: string,
  bench: Workbench,
): Promise<(rows: Int32Array) => Table> {
  const from = Math.min(...rounds.map((round) => round.trainFrom));
  const until = Math.max(...rounds.map((round) => round.test[round.test.length - 1])) + 1;
  const built = await bench.part(`${name}: features`, { from, until, features: JSON.stringify(FEATURES) }, async () => {
    const rows = Int32Array.from({ length: until - from }, (_, at) => from + at);
    return stageResult({ arrays: Object.fromEntries(scoredFeatures(FEATURES, task, rows)) });
  });
  const columns = FEATURES.map((one) => [one.name, storedFloat64(built.arrays, one.name)] as const);
  return (rows) =>
    createTable(
      Object.fromEntries(
        columns.map(([column, values]) => [
          column,
          Float64Array.from(rows, (row) => (row < from ? Number.NaN : values[row - from])),
        ]),
      ),
    );
}

function asPublished(task: ScoredTask, round: Round): { readonly learn: Int32Array; readonly judge: Int32Array } {
  return { learn: trainingRows(task, round), judge: round.test };
}

/** What a random split would do: rows of both weeks in one heap. */
function dealt(
  task: ScoredTask,
  round: Round,
  random: Random,
): { readonly learn: Int32Array; readonly judge: Int32Array } {
  const heap = random
    .fork(`dealt ${round.testDay}`)
    .shuffle(Int32Array.from([...trainingRows(task, round), ...round.test]));
  const half = Math.floor(heap.length / 2);
  return { learn: heap.slice(0, half).sort(), judge: heap.slice(half).sort() };
}

function foldOf(task: ScoredTask, rows: ArrayLike<unknown>, scores: Float64Array): Fold {
  const judged = Int32Array.from({ length: rows.length }, (_, at) => Number(rows[at]));
  const unit = unitOf(task);
  return {
    day: judged.map((row) => dayNumber(task.time[row])),
    unit: judged.map((row) => unit.rows[row]),
    labels: labelsOf(task, judged),
    scores,
  };
}
