/** Item neighbours that an engine elsewhere computes; those of some items are computed here too, and not one bit may differ. */

import type { Random } from "../../../core/random.ts";
import { type SparseMatrix, sparseFromEntries, sparseRow } from "../../../core/sparse-matrix.ts";
import { createTable, numbers, type Table } from "../../../core/table.ts";
import type { Environment, Progress, SqlEngine } from "../../../system/environment.ts";
import { engineDiffers } from "../../3-data/features/engine-differs.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import type { TrainingWindow } from "../../3-data/split/training-window.ts";
import { MOMENT } from "../../3-data/sql/feature-tables.ts";
import { HAPPENED } from "../../3-data/sql/ranked-split-query.ts";
import { createView } from "../../3-data/sql/script.ts";
import { SQL_DIALECTS } from "../../3-data/sql/sql-dialect.ts";
import { cosineNeighbours, type NeighbourOptions } from "../models/cosine-neighbours.ts";
import { itemKnn, itemKnnOf } from "../models/item-knn.ts";
import type { Recommender, TrainingData } from "../models/recommender.ts";
import type { RecommenderChoice } from "../models/recommenders.ts";
import { NEIGHBOURS, neighbourScript, SIGN } from "../sql/neighbour-script.ts";

/** Items whose neighbours are computed here too. */
const SAMPLE = 100;

/** What an item-kNN of the run is trained on. */
export interface TrainedThere {
  /** What figures call the model. */
  readonly subject: string;
  readonly choice: RecommenderChoice;
  readonly task: RankedTask;
  /** How strong a sign each event is, by row. */
  readonly strengthOf: (event: number) => number;
}

/** Training at one cut after the other, the events handed over once. */
export interface TrainingThere {
  train(window: TrainingWindow, data: TrainingData, random: Random): Promise<Recommender>;
  /** What was computed there so far, for the report. */
  says(): string;
}

/** Opens the training of an item-kNN whose pairs the environment's engine counts. */
export async function trainingThere(
  { subject, choice, task, strengthOf }: TrainedThere,
  { engine, progress }: Pick<Environment, "engine" | "progress">,
): Promise<TrainingThere> {
  if (engine === undefined) throw new Error("a stage for an engine was planned, and no engine was opened");
  const path = await engine.share(`heptad_signs_${subject.replaceAll(/\W+/gu, "_")}`, signsOf(task, strengthOf));
  const { neighbours = itemKnn.defaults.neighbours, shrinkage = itemKnn.defaults.shrinkage } = choice.facts;
  const counts = { neighbours: 0, checked: 0, fits: 0 };
  return {
    async train(window, { interactions }, random) {
      const options = { neighbours, shrinkage, window, interactions, random: random.fork("engine"), progress };
      const { similar, checked } = await engineNeighbours(engine, path, options);
      counts.neighbours += similar.indices.length;
      counts.checked += checked;
      counts.fits++;
      return itemKnnOf(similar);
    },
    says() {
      const [counted, checked] = [counts.neighbours, counts.checked].map((count) => count.toLocaleString("en-US"));
      const { item, items } = task.words;
      const [fits, these] = counts.fits === 1 ? ["one fit", ""] : [`${counts.fits} fits`, " over all fits"];
      return `The neighbours that **${subject}** rests on were counted on ${engine.name}: ${counted} in ${fits}, at most ${neighbours.toLocaleString("en-US")} of each ${item} in each. Those of ${checked} ${items}${these}, drawn at random, were counted here too and are equal to the last bit.`;
    },
  };
}

/** One row an event: strengths as a matrix of interactions keeps them, in 32 bits. */
export function signsOf({ events }: RankedTask, strengthOf: (event: number) => number): Table {
  return createTable({
    [SIGN.event]: Int32Array.from({ length: events.count }, (_, row) => row),
    [SIGN.unit]: events.unit,
    [SIGN.item]: events.item,
    [MOMENT]: events.time,
    [HAPPENED]: events.happened ?? events.time,
    [SIGN.judged]: Int32Array.from({ length: events.count }, (_, row) => events.judged?.[row] ?? 0),
    [SIGN.strength]: Float64Array.from({ length: events.count }, (_, row) => Math.fround(strengthOf(row))),
  });
}

interface NeighbourRequest extends NeighbourOptions {
  readonly window: TrainingWindow;
  /** What is learned from the window here: the sample is computed of it. */
  readonly interactions: SparseMatrix;
  readonly random: Random;
  readonly progress: Progress;
}

/** Items x items, as `itemKnn` learns them to the last bit. Throws a `FailureError` where the engine gives anything else. */
async function engineNeighbours(
  engine: SqlEngine,
  path: string,
  { window, interactions, random, progress, ...options }: NeighbourRequest,
): Promise<{ readonly similar: SparseMatrix; readonly checked: number }> {
  const dialect = SQL_DIALECTS[engine.dialect];
  const statements = neighbourScript({ ...options, window, source: `SELECT * FROM ${dialect.parquet(path)}` }).map(
    (one) => ({ sql: createView(one), says: `the view ${one.view}` }),
  );
  const answer = await engine.answer(statements, `SELECT item, other, similarity FROM ${NEIGHBOURS}`, progress);
  const items = interactions.columns;
  const [item, other, similarity] = ["item", "other", "similarity"].map((name) => numbers(answer, name));
  const isItem = (one: number): boolean => Number.isInteger(one) && one >= 0 && one < items;
  if (!item.every(isItem) || !other.every(isItem))
    engineDiffers(engine.name, "it has neighbours of items that are none");
  const there = sparseFromEntries(items, items, item, other, similarity);
  if (there.indices.length !== answer.rows)
    engineDiffers(engine.name, `${answer.rows - there.indices.length} neighbours came back twice`);
  const here = cosineNeighbours(interactions, options);
  const sample = new Set(Array.from({ length: Math.min(SAMPLE, items) }, () => random.below(items)));
  for (const one of sample) {
    const own = here(one);
    const row = sparseRow(there, one);
    const isSame =
      own.items.length === row.indices.length &&
      own.items.every((neighbour, at) => neighbour === row.indices[at]) &&
      own.similarities.every((value, at) => Math.fround(value) === row.values[at]);
    if (!isSame) engineDiffers(engine.name, `the neighbours of number ${one}, or how alike they are, are others there`);
  }
  return { similar: there, checked: sample.size };
}
