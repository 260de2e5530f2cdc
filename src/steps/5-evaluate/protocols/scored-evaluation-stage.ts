/** The stage that judges every classifier on the test days: the field's metrics with intervals, earlier rounds, slices, calibration, alerts and what is at stake. */

import type { Chart } from "../../../core/chart.ts";
import { dayText } from "../../../core/day.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { bestMeasured } from "../../../core/mean-of-measured.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { plainJson } from "../../../system/canonical-json.ts";
import { EVALUATION_STAGE, type Evaluation } from "../../../system/evaluation.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import type { ScoredTask } from "../../3-data/scored-task.ts";
import { labelsOf } from "../../3-data/scored-task.ts";
import { ROUNDS_STAGE } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { calibrationBins } from "../metrics/calibration.ts";
import { calibrationToJson } from "../optimize/calibrate-scores.ts";
import { decideAlerts } from "./alert-decision.ts";
import type { AlertPolicy } from "./alert-policy.ts";
import {
  differenceFigures,
  type MeasuredUnits,
  type MeasureNames,
  measureFigures,
  measureNames,
  UNIT_RESAMPLES,
} from "./case-figures.ts";
import { caseSlice, shapeOf } from "./case-slices.ts";
import { decidingTrees } from "./deciding-model.ts";
import { qualityDoubts, tellingFeatures } from "./doubtful-quality.ts";
import { measureInterval } from "./drawn-interval.ts";
import {
  calibrationErrorOf,
  casesOf,
  type JudgedClassifier,
  type JudgedRounds,
  judgeClassifier,
  openJudgedRounds,
  probabilitiesOf,
} from "./judged-classifier.ts";
import { keepCases } from "./pair-evaluations.ts";
import { scoredEvaluationRemarks } from "./scored-evaluation-remarks.ts";
import { bootstrapUnits, type DailyBudget, NO_BUDGET, openUnitSample } from "./unit-bootstrap.ts";

export interface ScoredEvaluationPlan {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly classifiers: readonly Pick<ClassifierPlan, "subject" | "calibration" | "choices">[];
  readonly slices: readonly string[];
  /** What decides about single cases; null where scores are used as they are. */
  readonly policy: AlertPolicy | null;
  /** Units that can be checked each day; of use with a policy only. */
  readonly units: number;
  /** What one review costs, in the currency of the data; 0 where the note gives none. */
  readonly reviewCost: number;
}

/** How much is looked at each day: alerts of the policy, or as many as units where costs decide. */
export function dailyBudget({ units, policy }: Pick<ScoredEvaluationPlan, "units" | "policy">): DailyBudget {
  if (policy === null) return NO_BUDGET;
  return { units, alerts: policy.policy === "capacity" ? policy.alertsPerDay : units };
}

export function scoredEvaluationStage({
  task,
  classifiers,
  slices,
  policy,
  units,
  reviewCost,
}: ScoredEvaluationPlan): Stage {
  return stage({
    name: EVALUATION_STAGE,
    step: 5,
    title: "judging the test days",
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE, ...classifiers.map(({ subject }) => classifierStageName(subject))],
    data: NO_FILES,
    plan: {
      task,
      classifiers: classifiers.map(({ subject, calibration }) => ({ subject, calibration })),
      served: decidingTrees({ classifiers }).subject,
      slices,
      policy,
      units,
      reviewCost,
    },
    run: judgeTestDays,
  });
}

type Access = Pick<StageContext, "input" | "random">;

interface JudgingPlan extends Omit<ScoredEvaluationPlan, "classifiers"> {
  readonly classifiers: readonly Pick<ClassifierPlan, "subject" | "calibration">[];
  /** The classifier that answers requests. */
  readonly served: string;
}

async function judgeTestDays(plan: JudgingPlan, { input, random }: Access): Promise<StageResult> {
  const data = await openJudgedRounds(plan.task, input);
  const judged: JudgedClassifier[] = [];
  for (const one of plan.classifiers) {
    const stored = await input(classifierStageName(one.subject));
    judged.push(judgeClassifier(one, (round) => roundScores(stored, round), data));
  }
  const chosen = bestMeasured(judged, ({ earlier }) => earlier) ?? judged[0];
  const budget = dailyBudget(plan);
  const measured = judged.map((one) => ({
    subject: one.subject,
    ...bootstrapUnits(
      openUnitSample(casesOf(data, data.final.test, one.scores(data.final)), budget),
      random.fork("cards"),
      UNIT_RESAMPLES,
    ),
  }));
  const { words } = data.task;
  const names = measureNames(budget, words);
  const labels = labelsOf(data.task, data.final.test);
  const decision = plan.policy === null ? undefined : decideAlerts(plan.policy, chosen, data, random.fork("alerts"));
  return stageResult({
    json: plainJson({
      ...whatWasDecided(judged, chosen, plan.served),
      threshold: decision?.threshold ?? null,
      calibration: calibrationToJson(chosen.calibration),
    }),
    arrays: keepCases(
      casesOf(data, data.final.test, new Float64Array(0)),
      new Map(judged.map(({ subject, scores }) => [subject, scores(data.final)])),
    ),
    figures: [
      ...measured.flatMap((one) => measureFigures(one, names)),
      ...differenceFigures(measured, chosen.subject, names, words),
      ...roundFigures(judged, data),
      ...sliceFigures(plan.slices, chosen, data, budget, names, random),
      ...calibrationFigures(chosen, data),
      ...(decision?.figures(plan.reviewCost) ?? []),
    ],
    remarks: [
      ...scoredEvaluationRemarks(measured, chosen, plan.served, data, decision),
      ...qualityDoubts(
        measured.map(({ subject, value, support }) => ({ subject, support, averagePrecision: value.averagePrecision })),
        tellingFeatures(featureTable(await input(FEATURES_STAGE), data.final.test), labels),
        labels,
        words,
      ),
    ],
    charts: [
      ...comparisonCharts(measured, names, data.task),
      ...(data.task.dealt === undefined ? [roundsChart(judged, data)] : []),
      calibrationChart(chosen, data),
    ],
  });
}

/** The first classifier of the note is what the others are held against; what is best on earlier rounds goes on. */
function whatWasDecided(
  judged: readonly JudgedClassifier[],
  { subject: chosen, earlier }: JudgedClassifier,
  served: string,
): Evaluation {
  const [{ subject: baseline }, ...others] = judged;
  const rivals = others.filter(({ subject }) => subject !== chosen);
  return {
    metric: "average precision",
    baseline,
    chosen,
    rival: bestMeasured(rivals, (one) => one.earlier)?.subject ?? rivals.at(0)?.subject ?? null,
    ...(Number.isNaN(earlier) ? { unchosen: true as const } : {}),
    served,
    contenders: judged.map(({ subject }, at) => ({ subject, role: at === 0 ? "baseline" : "single" })),
  };
}

function roundFigures(judged: readonly JudgedClassifier[], { task, earlier }: JudgedRounds): Figure[] {
  return judged.flatMap(({ subject, scores }) =>
    earlier.flatMap((round) => {
      const value = averagePrecision(labelsOf(task, round.test), scores(round));
      const slice = task.dealt === undefined ? `from ${dayText(round.testDay)}` : "validation";
      return Number.isFinite(value)
        ? [figure({ step: 5, name: "average precision", subject, slice, value, note: "an earlier round" })]
        : [];
    }),
  );
}

/** Slices with fewer positives say nothing. */
const LEAST_POSITIVES = 10;

function sliceFigures(
  slices: readonly string[],
  { subject, scores }: JudgedClassifier,
  data: JudgedRounds,
  budget: DailyBudget,
  names: MeasureNames,
  random: Random,
): Figure[] {
  const all = scores(data.final);
  const { words } = data.task;
  const place = new Map(Array.from(data.final.test, (row, at) => [row, at]));
  return slices.flatMap((name) => {
    const rows = unwrap(caseSlice(name, shapeOf(data.task))).pick(data.task, data.final.test);
    const positives = labelsOf(data.task, rows).reduce((sum, one) => sum + one, 0);
    const count = (title: string, value: number): Figure =>
      figure({ step: 5, name: title, subject, slice: name, value, unit: words.rows });
    const counts = [count(words.cases, rows.length), count(words.positives, positives)];
    if (positives < LEAST_POSITIVES) return counts;
    const picked = Float64Array.from(rows, (row) => all[place.get(row) ?? 0]);
    const sample = openUnitSample(casesOf(data, rows, picked), budget);
    const measured = { subject, ...bootstrapUnits(sample, random.fork(`slice ${name}`), UNIT_RESAMPLES) };
    const curve = measureFigures(measured, names.slice(0, 2)).map((one) => ({ ...one, slice: name }));
    return [...counts, ...curve];
  });
}

function calibrationFigures(chosen: JudgedClassifier, data: JudgedRounds): Figure[] {
  const { subject, calibration } = chosen;
  const add = (name: string, one: JudgedClassifier, note: string): Figure =>
    figure({ step: 5, name, subject, value: calibrationErrorOf(one, data), note });
  const figures = [add("ece", chosen, `${calibration.method} on earlier rounds; 20 bins of equal mass`)];
  return calibration.method === "none"
    ? figures
    : [
        ...figures,
        add("ece before calibration", { ...chosen, calibration: { method: "none" } }, "as the model gives it"),
      ];
}

function comparisonCharts(
  measured: readonly MeasuredUnits[],
  names: MeasureNames,
  { words: { units }, dealt }: Pick<ScoredTask, "words" | "dealt">,
): Chart[] {
  return names.slice(0, 3).map(([key, name]) => ({
    form: "intervals",
    title: `${name} on the test ${dealt === undefined ? "days" : "part"}`,
    caption: `95 % intervals from drawing whole ${units}. Overlapping intervals do not settle who is better: the paired differences do.`,
    xLabel: "classifier",
    yLabel: name,
    points: measured
      .filter(({ value }) => Number.isFinite(value[key]))
      .map(({ subject, ...one }) => ({ x: subject, y: one.value[key], interval: measureInterval(key, one) })),
  }));
}

function roundsChart(judged: readonly JudgedClassifier[], { task, earlier, final }: JudgedRounds): Chart {
  const rounds = [...earlier, final];
  return {
    form: "lines",
    title: "Average precision, round by round",
    caption:
      "Each round trains, waits for its labels and is judged on the days after. The last round is the test; settings were chosen on the others.",
    xLabel: "round",
    yLabel: "average precision",
    points: judged.flatMap(({ subject, scores }) =>
      rounds.flatMap((round, x) => {
        const y = averagePrecision(labelsOf(task, round.test), scores(round));
        return Number.isFinite(y) ? [{ x, y, series: subject }] : [];
      }),
    ),
    events: [{ x: rounds.length - 1, label: "test" }],
  };
}

function calibrationChart(chosen: JudgedClassifier, { task, final }: JudgedRounds): Chart {
  const { words } = task;
  const bins = calibrationBins(labelsOf(task, final.test), probabilitiesOf(chosen, final), { bins: 10 });
  return {
    form: "points",
    title: `Calibration of ${chosen.subject}`,
    caption: `Ten bins of equal width: mean probability along, share of ${words.positives} up. Right on the diagonal is well calibrated; bins on the right hold few ${words.cases}.`,
    xLabel: "mean probability",
    yLabel: `share of ${words.positives}`,
    points: bins.map(({ predicted, observed, count }) => ({ x: predicted, y: observed, label: String(count) })),
  };
}
