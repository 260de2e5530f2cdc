/** The stage that lets an engine elsewhere compute the declared features, and computes a sample of them here: not one bit may differ. */

import { FailureError } from "../../../core/outcome.ts";
import { type NumericColumn, numbers, type Table } from "../../../core/table.ts";
import type { Environment } from "../../../system/environment.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { type ScoredTask, scoredTaskFromStored } from "../scored-task.ts";
import { trainingRows } from "../split/late-label-split.ts";
import { type LateLabelPlan, ROUNDS_STAGE, type Rounds, roundsFromStored } from "../split/late-label-split-stage.ts";
import { CASES, featureColumn, scoredScript } from "../sql/scored-script.ts";
import { createView } from "../sql/script.ts";
import { SQL_DIALECTS } from "../sql/sql-dialect.ts";
import { ROW, scoredTable, scoredTaskQuery } from "../sql/task-tables.ts";
import { engineDiffers } from "./engine-differs.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { LARGEST_EXACT_SUM, notExact } from "./feature-plan.ts";
import { FEATURES_STAGE, missingShare } from "./features-stage.ts";
import { rowsWithFeatures, rowsWithout } from "./rows-with-features.ts";
import { scoredFeatures } from "./scored-features.ts";

type EnginePlan = {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  readonly periods: LateLabelPlan;
  readonly engine: string;
};

/** Takes the place of `featuresStage`, under its name: later stages read the same columns. */
export function engineFeaturesStage(plan: EnginePlan): Stage {
  return stage({
    name: FEATURES_STAGE,
    step: 3,
    title: `computing features on ${plan.engine}`,
    inputs: [plan.task, ROUNDS_STAGE],
    data: NO_FILES,
    plan,
    run: computeThere,
  });
}

/** Rows that are computed here too. */
const SAMPLE = 1000;

async function computeThere(
  { task: name, declarations, periods, engine: engineName }: EnginePlan,
  { input, environment, random }: Pick<StageContext, "input" | "environment" | "random">,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(name));
  const rounds = roundsFromStored(await input(ROUNDS_STAGE));
  checkSums(task);
  const answer = await askEngine({ task, declarations, periods }, environment);
  const used = rowsWithFeatures(rounds);
  const { from, until } = used;
  const places = placesOf(answer, from, until, engineName);
  const arrays = Object.fromEntries(
    declarations.map(({ name: feature }) => {
      const column = numbers(answer, featureColumn(feature));
      return [feature, Float64Array.from(places, (place) => column[place])];
    }),
  );
  checkUses(answer, task, rounds, engineName);
  const sample = Int32Array.from(
    { length: Math.min(SAMPLE, until - from) },
    () => from + random.below(until - from),
  ).sort();
  checkSample(arrays, scoredFeatures(declarations, task, sample), sample, from, engineName);
  const { case: one, cases, positive } = task.words;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `${declarations.length} features of ${(until - from).toLocaleString("en-US")} ${cases}, computed on ${engineName}, each from events before the ${one}; labels (\`${positive}\`) are used only after their delay.${rowsWithout(task, used)} ${sample.length.toLocaleString("en-US")} rows drawn at random were computed here too, and are equal to the last bit; so is which rows are trained on and judged.`,
    },
  ];
  return stageResult({
    json: { from },
    arrays,
    figures: Object.entries(arrays).map(([feature, values]) => missingShare(feature, values)),
    remarks,
  });
}

async function askEngine(
  { task, ...declared }: Pick<EnginePlan, "declarations" | "periods"> & { readonly task: ScoredTask },
  { engine, progress }: Environment,
): Promise<Table> {
  if (engine === undefined) throw new Error("a stage for an engine was planned, and no engine was opened");
  const dialect = SQL_DIALECTS[engine.dialect];
  const path = await engine.share("cases", scoredTable(task));
  const query = scoredTaskQuery(task, declared, `SELECT * FROM ${dialect.parquet(path)}`);
  const statements = scoredScript(query, dialect)
    .filter(({ view }) => view !== "heptad_profile")
    .map((one) => ({ sql: createView(one), says: `the view ${one.view}` }));
  const columns = [
    ROW,
    "trains",
    "judged_in",
    ...declared.declarations.map(({ name }) => dialect.name_(featureColumn(name))),
  ];
  return await engine.answer(statements, `SELECT ${columns.join(", ")} FROM ${CASES}`, progress);
}

/** The same limit that our own sums have; an empty cell adds nothing. */
function checkSums({ values, summed }: ScoredTask): void {
  for (const name of summed) {
    let size = 0;
    for (const value of values.get(name) ?? []) if (!Number.isNaN(value)) size += Math.abs(value);
    if (!(size < LARGEST_EXACT_SUM)) throw new FailureError(notExact(name, size));
  }
}

/** Where in the answer each row stands. Fails where a row is not there, or twice. */
function placesOf(answer: Table, from: number, until: number, engine: string): Int32Array {
  const rows = numbers(answer, ROW);
  const places = new Int32Array(until - from).fill(-1);
  let wrong = 0;
  for (let place = 0; place < rows.length; place++) {
    const at = rows[place] - from;
    if (at < 0 || at >= places.length) continue;
    if (places[at] >= 0) wrong++;
    places[at] = place;
  }
  for (const place of places) if (place < 0) wrong++;
  if (wrong === 0) return places;
  return engineDiffers(engine, `${wrong} of ${places.length} rows came back twice or not at all`);
}

/** Training and judged rows, as the engine has laid them out and as we have. */
function checkUses(answer: Table, task: ScoredTask, { earlier, final }: Rounds, engine: string): void {
  const [rows, trains, judged] = [ROW, "trains", "judged_in"].map((name) => numbers(answer, name));
  const here = new Map<number, number>();
  for (const row of trainingRows(task, final)) here.set(row, -1);
  const sets: readonly (readonly [Set<number>, (place: number) => boolean])[] = [
    [new Set(here.keys()), (place) => trains[place] === 1],
    ...[final, ...earlier.toReversed()].map(
      ({ test }, round) => [new Set(test), (place: number) => judged[place] === round] as const,
    ),
  ];
  for (const [expected, holds] of sets) {
    let met = 0;
    for (let place = 0; place < rows.length; place++) {
      if (!holds(place)) continue;
      if (!expected.has(rows[place])) engineDiffers(engine, `row ${rows[place]} is used for what it is not meant for`);
      met++;
    }
    if (met !== expected.size)
      engineDiffers(engine, `${expected.size - met} rows are not used for what they are meant for`);
  }
}

function checkSample(
  there: Readonly<Record<string, NumericColumn>>,
  here: ReadonlyMap<string, Float64Array>,
  sample: Int32Array,
  from: number,
  engine: string,
): void {
  for (const [name, column] of here) {
    for (let at = 0; at < sample.length; at++) {
      const other = there[name][sample[at] - from];
      // 0 and -0 are one value.
      if (other === column[at] || (Number.isNaN(other) && Number.isNaN(column[at]))) continue;
      engineDiffers(engine, `\`${name}\` of row ${sample[at]} is ${other} there and ${column[at]} here`);
    }
  }
}
