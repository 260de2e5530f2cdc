/** The stage that replays the cases through the serving state and compares each feature of the judged ones with the batch's, to the last bit. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { type Column, numbers } from "../../../core/table.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import { scoredTaskFromStored } from "../../3-data/scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { openCaseReplay, requestOfRow } from "./case-replay.ts";
import { openCaseState } from "./case-state.ts";

interface CaseSkewPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  /** Values that features read. */
  readonly values: readonly string[];
}

/** Above this many rows the replay, a row at a time, would take longer than the training. */
const MOST_ROWS = 2_000_000;

export function caseSkewStage(plan: CaseSkewPlan): Stage {
  return stage({
    name: "skew",
    step: 7,
    title: "replaying cases through the serving state",
    inputs: [plan.task, ROUNDS_STAGE, FEATURES_STAGE],
    data: NO_FILES,
    plan: { ...plan },
    run: replay,
  });
}

async function replay(
  { task: name, declarations, values }: CaseSkewPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(name));
  const { final } = roundsFromStored(await input(ROUNDS_STAGE));
  const { cases } = task.words;
  if (task.time.length > MOST_ROWS)
    return stageResult({
      remarks: [
        {
          kind: "warning",
          text: `Whether training and serving compute features apart was not looked at: the data has more than ${formatNumber(MOST_ROWS)} ${cases}.`,
        },
      ],
    });
  const table = featureTable(await input(FEATURES_STAGE), final.test);
  const state = openCaseState(declarations, task);
  const columns = state.names.map((feature): Column => numbers(table, feature));
  const places = new Map(Array.from(final.test, (row, at) => [row, at]));
  const features = new Float64Array(state.names.length);
  const replayed = openCaseReplay(state, task);
  let differing = 0;
  replayed.advance(final.test[0]);
  replayed.advance(final.test[final.test.length - 1] + 1, (row) => {
    const at = places.get(row);
    if (at === undefined) return;
    const asked = { id: "", time: task.time[row], ...requestOfRow(task, state.entities, values, row) };
    state.read(asked, features);
    if (columns.some((column, feature) => !Object.is(column[at], features[feature]))) differing++;
  });
  const rows = final.test.length;
  return stageResult({
    json: { differing, rows, share: differing / Math.max(1, rows) },
    figures: [
      figure({
        step: 7,
        name: "rows with skew",
        subject: "features",
        value: differing,
        unit: "rows",
        n: rows,
        note: "batch against serving state, to the last bit",
      }),
    ],
    remarks: [
      {
        kind: differing === 0 ? "answer" : "warning",
        text: `Training and serving compute features apart: ${formatNumber(differing)} of ${formatNumber(rows)} replayed ${cases} differ in any feature.`,
      },
    ],
  });
}
