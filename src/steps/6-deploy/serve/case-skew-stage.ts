/** The stage that replays the cases through the serving state and compares each feature of the judged ones with the batch's, to the last bit. */

import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { numbers } from "../../../core/table.ts";
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
import { type ScoredTask, scoredTaskFromStored } from "../../3-data/scored-task.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { openCaseReplay, requestOfRow } from "./case-replay.ts";
import { openCaseState } from "./case-state.ts";
import { skewRemarks } from "./skew-remarks.ts";
import { openSkewTally, type SkewTally } from "./skew-tally.ts";

interface CaseSkewPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  /** Values that features read. */
  readonly values: readonly string[];
}

/** Above this many rows the replay, a row at a time, would take longer than the training. */
export const MOST_ROWS = 2_000_000;

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

/** Cases of the data and their labels told to a state that knows nothing yet; what it reads of the judged rows is compared with the run's features. */
export async function replayCases(
  { declarations, values }: Pick<CaseSkewPlan, "declarations" | "values">,
  task: ScoredTask,
  test: Int32Array,
  input: StageContext["input"],
): Promise<SkewTally> {
  const table = featureTable(await input(FEATURES_STAGE), test);
  const state = openCaseState(declarations, task);
  const tally = openSkewTally(
    state.names,
    state.names.map((feature) => numbers(table, feature)),
  );
  const places = new Map(Array.from(test, (row, at) => [row, at]));
  const features = new Float64Array(state.names.length);
  const replayed = openCaseReplay(state, task);
  replayed.advance(test[0]);
  replayed.advance(test[test.length - 1] + 1, (row) => {
    const at = places.get(row);
    if (at === undefined) return;
    const asked = { id: "", time: task.time[row], ...requestOfRow(task, state.entities, values, row) };
    state.read(asked, features);
    tally.compare(at, features);
  });
  return tally;
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
  const { differingRows: differing, differingFeatures: features } = await replayCases(
    { declarations, values },
    task,
    final.test,
    input,
  );
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
    remarks: skewRemarks({ differing, rows, features }, `replayed ${cases}`),
  });
}
