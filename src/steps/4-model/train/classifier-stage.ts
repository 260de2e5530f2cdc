/** The stage that trains a classifier: settings chosen on earlier rounds, then fitted on the final one, and every round scored. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { bestMeasured, meanOfMeasured } from "../../../core/mean-of-measured.ts";
import { unwrap } from "../../../core/outcome.ts";
import { isJsonObject, plainJson } from "../../../system/canonical-json.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  type StageRun,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { FEATURES_STAGE } from "../../3-data/features/features-stage.ts";
import { scoredTaskFromStored } from "../../3-data/scored-task.ts";
import { type Round, trainingRows } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import {
  type Classifier,
  type ClassifierChoice,
  classifierToJson,
  scoreRows,
  treesFromJson,
} from "../models/classifier.ts";
import type { TreesModel } from "../models/trees-model.ts";
import type { ClassifierPlan } from "./classifier-plan.ts";
import { fitRound, type OpenRound, openRound } from "./fit-round.ts";
import { imbalanceRemarks } from "./imbalance-remarks.ts";

/** What a setting is judged by on earlier rounds, higher is better. */
export interface SettingMetric {
  readonly name: string;
  readonly measure: (labels: Uint8Array, scores: Float64Array) => number;
}

export function classifierStageName(subject: string): string {
  return `train-${subject}`;
}

/** What decides about training; how scores become probabilities does not. */
export type TrainingPlan = Omit<ClassifierPlan, "calibration"> & {
  /** The stage that stored the scored task. */
  readonly task: string;
};

/** `trainer.run` is `trainClassifier` with the metric that decides about settings. */
export function classifierStage(
  task: string,
  { subject, choices, imbalance }: ClassifierPlan,
  trainer: { readonly run: StageRun<TrainingPlan> },
): Stage {
  return stage({
    name: classifierStageName(subject),
    step: 4,
    title: `training ${subject}`,
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE],
    data: NO_FILES,
    plan: { task, subject, choices, imbalance },
    run: trainer.run,
  });
}

type Access = Pick<StageContext, "input" | "random" | "environment">;

/** Trains what the plan asks for. */
export async function trainClassifier(
  plan: TrainingPlan,
  { input, random, environment }: Access,
  metric: SettingMetric,
): Promise<StageResult> {
  const task = scoredTaskFromStored(await input(plan.task));
  const { earlier, final } = roundsFromStored(await input(ROUNDS_STAGE));
  const features = await input(FEATURES_STAGE);
  const open = (round: Round): OpenRound => unwrap(openRound(task, features, round, plan.imbalance, random));
  const tried: Tried[] = plan.choices.map((choice) => ({ choice, classifiers: [], scores: [], values: [] }));
  for (const round of earlier) {
    const rows = open(round);
    for (const one of tried) {
      const classifier = await fitRound(one.choice, rows, plan.imbalance, random, environment);
      const scores = scoreRows(classifier, rows.test);
      one.classifiers.push(classifier);
      one.scores.push(scores);
      one.values.push(metric.measure(rows.testLabels, scores));
    }
  }
  const best = bestMeasured(tried, ({ values }) => meanOfMeasured(values)) ?? tried[0];
  const rows = open(final);
  const begin = environment.stopwatch.now();
  const classifier = await fitRound(best.choice, rows, plan.imbalance, random, environment);
  const seconds = environment.stopwatch.now() - begin;
  const json = classifierToJson(classifier);
  return stageResult({
    json: {
      classifier: json,
      choice: plainJson(best.choice),
      // Trees only: they are what can be made smaller, and what comes of it is judged on the same rounds.
      earlier: best.choice.model === "gbdt" ? best.classifiers.map(classifierToJson) : [],
    },
    arrays: Object.fromEntries([
      ...earlier.map((round, at) => [`score.${round.testDay}`, best.scores[at]] as const),
      [`score.${final.testDay}`, scoreRows(classifier, rows.test)] as const,
    ]),
    figures: trainingFigures(plan, best, metric, classifier, { bytes: JSON.stringify(json).length, seconds }),
    remarks: [
      ...trainingRemarks(plan, tried, best, metric),
      ...imbalanceRemarks(plan.subject, plan.imbalance, rows, trainingRows(task, final).length, task.words),
    ],
    charts: tried.length < 2 ? [] : [settingsChart(plan.subject, tried, metric.name)],
  });
}

interface Tried {
  readonly choice: ClassifierChoice;
  /** As fitted on each earlier round. */
  readonly classifiers: Classifier[];
  readonly scores: Float64Array[];
  readonly values: number[];
}

/** Earlier rounds that hold something to measure. */
function measuredRounds({ values }: Tried): number {
  return values.filter((value) => !Number.isNaN(value)).length;
}

function trainingFigures(
  { subject }: TrainingPlan,
  best: Tried,
  metric: SettingMetric,
  classifier: Classifier,
  { bytes, seconds }: { readonly bytes: number; readonly seconds: number },
): Figure[] {
  const mean = meanOfMeasured(best.values);
  const figures = [figure({ step: 4, name: "model bytes", subject, value: bytes, unit: "B", note: "as JSON" })];
  if (classifier.model === "gbdt")
    figures.push(figure({ step: 4, name: "trees", subject, value: classifier.trees.trees.length, unit: "trees" }));
  if (classifier.model !== "rules")
    figures.push(
      figure({
        step: 4,
        name: "training time",
        subject,
        value: seconds,
        unit: "s",
        note: "measured once, on this machine",
      }),
    );
  if (Number.isFinite(mean)) {
    figures.push(
      figure({
        step: 4,
        name: `${metric.name} on earlier rounds`,
        subject,
        value: mean,
        n: measuredRounds(best),
        note: "mean over the rounds that settings were chosen on",
      }),
    );
  }
  return figures;
}

function trainingRemarks(
  { subject }: TrainingPlan,
  tried: readonly Tried[],
  best: Tried,
  metric: SettingMetric,
): Remark[] {
  if (tried.length < 2) return [];
  const rounds = measuredRounds(best);
  if (rounds === 0) {
    const why =
      best.values.length === 0 ? "no earlier round fits into the data" : `no earlier round has a ${metric.name}`;
    return [
      {
        kind: "warning",
        text: `**${subject}**: ${why}, so none of ${tried.length} settings could be chosen; ${describe(best.choice)} stand first.`,
      },
    ];
  }
  return [
    {
      kind: "answer",
      text: `**${subject}**: of ${tried.length} settings, ${describe(best.choice)} had the best ${rounds === 1 ? "" : "mean "}${metric.name} on ${formatValue({ value: rounds, unit: "earlier rounds" })} (${formatNumber(meanOfMeasured(best.values), 3)}).`,
    },
  ];
}

function describe(choice: ClassifierChoice): string {
  if (choice.model !== "gbdt") return choice.model;
  const { trees = 0, leaves = 0, learningRate = 0 } = choice.options;
  return `${trees} trees of ${leaves} leaves at rate ${learningRate}`;
}

function settingsChart(subject: string, tried: readonly Tried[], metric: string): Chart {
  return {
    form: "bars",
    title: `Settings of ${subject} on earlier rounds`,
    caption:
      "Mean over rounds that ended, labels included, before the test days began. The best one was trained anew for the test.",
    xLabel: "setting",
    yLabel: metric,
    points: tried.map(({ choice, values }) => ({ x: describe(choice), y: meanOfMeasured(values) })),
  };
}

/** The scores that a round's test rows got. Throws where the stage scored no such round. */
export function roundScores({ arrays }: Pick<StageResult, "arrays">, { testDay }: Round): Float64Array {
  const scores = arrays[`score.${testDay}`];
  if (scores instanceof Float64Array) return scores;
  throw new Error(`no scores of the round from day ${testDay}`);
}

/** The trees that were fitted on each round, earlier ones first and the final ones last. Throws where the stage trained another model. */
export function roundTrees({ json }: Pick<StageResult, "json">): readonly TreesModel[] {
  const { earlier, classifier } = isJsonObject(json) ? json : { earlier: null, classifier: null };
  return [...(Array.isArray(earlier) ? earlier : []), classifier].map(treesFromJson);
}
