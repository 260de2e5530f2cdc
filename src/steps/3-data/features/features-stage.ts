/** The stage that computes the declared features of every case that a round trains on or judges, as of the case's moment. */

import { type Figure, figure } from "../../../core/figure.ts";
import { createTable, pickRows, type Table } from "../../../core/table.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { scoredTaskFromStored } from "../scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../split/late-label-split-stage.ts";
import type { FeatureDeclaration } from "./feature-declaration.ts";
import { rowsWithFeatures, rowsWithout } from "./rows-with-features.ts";
import { scoredFeatures } from "./scored-features.ts";

export const FEATURES_STAGE = "features";

interface FeaturesPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
}

/** `cases` names what is judged in the title of the stage: `payment`. */
export function featuresStage(task: string, declarations: readonly FeatureDeclaration[], cases: string): Stage {
  return stage({
    name: FEATURES_STAGE,
    step: 3,
    title: `computing features as of each ${cases}'s moment`,
    inputs: [task, ROUNDS_STAGE],
    data: NO_FILES,
    plan: { task, declarations },
    run: computeFeatures,
  });
}

async function computeFeatures(
  { task: name, declarations }: FeaturesPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(name));
  const used = rowsWithFeatures(roundsFromStored(await input(ROUNDS_STAGE)));
  const { from, until } = used;
  const rows = Int32Array.from({ length: until - from }, (_, at) => from + at);
  const built = scoredFeatures(declarations, task, rows);
  const { case: one, cases, positive } = task.words;
  return stageResult({
    json: { from },
    arrays: Object.fromEntries(built),
    figures: [...built].map(([feature, values]) => missingShare(feature, values)),
    remarks: [
      {
        kind: "answer",
        text: `${built.size} features of ${rows.length.toLocaleString("en-US")} ${cases}${task.dealt === undefined ? `, each from events before the ${one}; labels (\`${positive}\`) are used only after their delay` : `; a word's rate is made of ${cases} dealt before the ${one}, never of labels of the part that is judged`}.${rowsWithout(task, used)}`,
      },
    ],
  });
}

/** How much of a feature is missing, as a figure. */
export function missingShare(name: string, values: Float64Array): Figure {
  let missing = 0;
  for (const value of values) if (Number.isNaN(value)) missing++;
  return figure({ step: 3, name: "missing share", subject: name, value: missing / values.length, unit: "share" });
}

/** The feature columns of some rows of the task. Throws for a row that no round needs. */
export function featureTable({ json, arrays }: Pick<StageResult, "json" | "arrays">, rows: Int32Array): Table {
  const from = typeof json === "object" && json !== null && "from" in json ? Number(json.from) : Number.NaN;
  const places = rows.map((row) => row - from);
  return createTable(
    Object.fromEntries(Object.entries(arrays).map(([name, column]) => [name, pickRows(column, places)])),
  );
}
