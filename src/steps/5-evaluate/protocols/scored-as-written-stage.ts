/** The stage that does what a note asks though it should not: rows dealt at random, labels read before they arrived, test rows resampled. What it claims stands beside the honest figures. */

import { figure } from "../../../core/figure.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { createTable, pickRows, type Table } from "../../../core/table.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { readsLabel } from "../../3-data/features/label-delay.ts";
import { scoredFeatures } from "../../3-data/features/scored-features.ts";
import { type Imbalance, imbalanceOf } from "../../3-data/sample/imbalance.ts";
import type { DataFacts } from "../../3-data/schema.ts";
import { labelsOf, scoredTaskFromStored } from "../../3-data/scored-task.ts";
import type { Round } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { isByRow } from "../../3-data/split-plan.ts";
import { fitClassifier, scoreRows } from "../../4-model/models/classifier.ts";
import { handleImbalance } from "../../4-model/train/handle-imbalance.ts";
import { aucRoc } from "../metrics/auc-roc.ts";
import { averagePrecision } from "../metrics/average-precision.ts";

interface AsWrittenPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
  /** Share of the rows that is trained on, dealt at random; null where the split follows time and only features cheat. */
  readonly share: number | null;
  readonly early: readonly string[];
  /** What is done to all rows, those of the test included; null where the test is left as it is. */
  readonly resampled: Imbalance | null;
}

const USUAL_SHARE = 0.7;
const SUBJECT = "as written";

/**
 * Undefined for a note that waits for its labels, does not deal out rows and leaves its test rows alone. `delay` is how long a label takes,
 * in seconds, and `label` the measure that features know it by.
 */
export function scoredAsWrittenStage(
  { task, label }: { readonly task: string; readonly label: string },
  { split, imbalance }: DataFacts,
  declarations: readonly FeatureDeclaration[],
  delay: number,
): Stage | undefined {
  const early = declarations.filter((one) => readsLabel(one, label) && one.delay < delay).map(({ name }) => name);
  const isDealt = split?.by !== undefined && isByRow(split.by);
  const handled = imbalance?.["applied-to"] === "all" ? imbalanceOf(imbalance) : undefined;
  const resampled = handled?.ok === true && handled.value.handling !== "none" ? handled.value : null;
  if (!isDealt && early.length === 0 && resampled === null) return undefined;
  const written = split?.train?.dimension.second === undefined ? split?.train?.value : undefined;
  return stage({
    name: "as-written",
    step: 5,
    title: "measuring as the note is written",
    inputs: [task, ROUNDS_STAGE],
    data: NO_FILES,
    plan: { task, declarations, share: isDealt ? (written ?? USUAL_SHARE) : null, early, resampled },
    run: measureAsWritten,
  });
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

async function measureAsWritten(plan: AsWrittenPlan, { input, random, environment }: Access): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(plan.task));
  const { final } = roundsFromStored(await input(ROUNDS_STAGE));
  const until = final.test[final.test.length - 1] + 1;
  const all = Int32Array.from({ length: until - final.trainFrom }, (_, at) => final.trainFrom + at);
  // As the note is written: a label counts from its declared delay on, known or not.
  const built = scoredFeatures(plan.declarations, { ...task, knownAt: undefined }, all);
  const labels = (rows: Int32Array): Uint8Array => labelsOf(task, rows);
  const [training, test] = dealRows(resample(all, labels(all), plan.resampled, random), plan.share, final, random);
  const table = (rows: Int32Array): Table =>
    createTable(
      Object.fromEntries(
        [...built].map(([name, column]) => [
          name,
          pickRows(
            column,
            rows.map((row) => row - final.trainFrom),
          ),
        ]),
      ),
    );
  const options = {
    objective: "log-loss",
    binning: "tails",
    trees: 100,
    leaves: 16,
    learningRate: 0.1,
    l2: 5,
  } as const;
  const classifier = unwrap(
    await fitClassifier(
      { model: "gbdt", options },
      { features: table(training), labels: labels(training) },
      { random: random.fork("fit"), pool: environment.pool, machine: environment.machine },
    ),
  );
  const scores = scoreRows(classifier, table(test));
  const truth = labels(test);
  const precision = averagePrecision(truth, scores);
  // Accuracy at the threshold of 0.5 that such notes use; log-odds of 0.
  const accuracy =
    truth.reduce((sum, label, row) => sum + Number(scores[row] >= 0 === (label === 1)), 0) / truth.length;
  const idle = 1 - truth.reduce((sum, label) => sum + label, 0) / truth.length;
  const cheat = { note: "inflated: not what production would see", role: "cheat" as const };
  return stageResult({
    figures: [
      figure({ step: 5, name: "average precision", subject: SUBJECT, value: precision, ...cheat }),
      figure({ step: 5, name: "auc roc", subject: SUBJECT, value: aucRoc(truth, scores), ...cheat }),
      figure({ step: 5, name: "accuracy", subject: SUBJECT, value: accuracy, unit: "share", ...cheat }),
      figure({ step: 5, name: "accuracy", subject: task.words.idle, value: idle, unit: "share" }),
    ].filter(({ value }) => Number.isFinite(value)),
    remarks: [
      {
        kind: "warning",
        text: `Measured as the note is written (${whatCheats(plan)}), average precision is ${formatNumber(precision, 3)} and accuracy ${formatShare(accuracy, 4)}; ${task.words.idle} has ${formatShare(idle, 4)}. The figures above wait for labels and stand on later days: they are the honest ones.`,
      },
    ],
  });
}

/** The rows as a note would have them that resamples before it splits: left out, or once for each copy. */
function resample(rows: Int32Array, labels: Uint8Array, imbalance: Imbalance | null, random: Random): Int32Array {
  if (imbalance === null) return rows;
  const handled = unwrap(handleImbalance(rows, labels, imbalance, random.fork("resample")));
  if (imbalance.handling === "downsample") return handled.rows;
  const copies = Math.max(1, Math.round(Math.exp(handled.lift)));
  return Int32Array.from([...rows].flatMap((row, at) => new Array<number>(labels[at] === 1 ? copies : 1).fill(row)));
}

/** Rows to train on and rows to judge: dealt at random, or before the wait for labels and on the test days. */
function dealRows(
  rows: Int32Array,
  share: number | null,
  { trainUntil, test }: Round,
  random: Random,
): readonly [Int32Array, Int32Array] {
  const deal = random.fork("deal");
  const judged = new Set(test);
  const isTrained = rows.map((row) => Number(share === null ? row < trainUntil : deal.uniform() < share));
  const isJudged = rows.map((row, at) => (share === null ? Number(judged.has(row)) : 1 - isTrained[at]));
  return [rows.filter((_, at) => isTrained[at] === 1), rows.filter((_, at) => isJudged[at] === 1)];
}

function whatCheats({ share, early, resampled }: AsWrittenPlan): string {
  const parts = share === null ? [] : ["rows dealt out at random"];
  if (early.length > 0)
    parts.push(`labels read before they arrive by ${early.map((name) => `\`${name}\``).join(", ")}`);
  if (resampled !== null) parts.push(`test rows resampled (${resampled.handling})`);
  return parts.join("; ");
}
