/** Fraud detection: rules, a regression and trees on point-in-time features, judged on days whose labels came late, served and watched. */

import { fail, type Outcome, succeed } from "../../core/outcome.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { doesTheRolloutHold } from "../../report/summary/does-the-rollout-hold.ts";
import { fastEnough } from "../../report/summary/fast-enough.ts";
import { whatItCosts } from "../../report/summary/what-it-costs.ts";
import { whatSurvivesCompression } from "../../report/summary/what-survives-compression.ts";
import { goalsStage, peakRate } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { waitForLabels } from "../../steps/3-data/features/label-delay.ts";
import { lateLabelSplitStage } from "../../steps/3-data/split/late-label-split-stage.ts";
import { planClassifiers } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStage, type TrainingPlan, trainClassifier } from "../../steps/4-model/train/classifier-stage.ts";
import { averagePrecision } from "../../steps/5-evaluate/metrics/average-precision.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { classifierCompressionStage } from "../../steps/5-evaluate/optimize/classifier-compression-stage.ts";
import { alertPolicyOf } from "../../steps/5-evaluate/protocols/alert-policy.ts";
import { fraudAsWrittenStage } from "../../steps/5-evaluate/protocols/fraud-as-written-stage.ts";
import {
  dailyBudget,
  type FraudEvaluationPlan,
  fraudEvaluationStage,
} from "../../steps/5-evaluate/protocols/fraud-evaluation-stage.ts";
import { imbalanceComparisonStage } from "../../steps/5-evaluate/protocols/imbalance-comparison-stage.ts";
import { policyCorrectionStage } from "../../steps/5-evaluate/protocols/policy-correction-stage.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { type RolloutStagePlan, replayRollout, rolloutStage } from "../../steps/6-deploy/rollout/rollout-stage.ts";
import { servingLatencyStage } from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { psi } from "../../steps/7-monitor/drift/psi.ts";
import { fraudMonitorStage } from "../../steps/7-monitor/health/fraud-monitor-stage.ts";
import { type Design, placeOf } from "../../steps/design.ts";
import type { StageContext, StageResult } from "../../system/stage.ts";
import type { Kind, PlanRequest, RunPlan } from "../kind.ts";
import { adversaryStage } from "./adversary-stage.ts";
import { decisionPathStage } from "./decision-path-stage.ts";
import { paymentPath } from "./payment-path.ts";
import { paymentSlice } from "./payment-slices.ts";
import { replaySkewStage } from "./replay-skew-stage.ts";
import { servedStateStage } from "./served-state-stage.ts";
import { transactionFeaturesStage } from "./transaction-features-stage.ts";
import {
  detectTransactions,
  listTransactionFiles,
  type TransactionSource,
  transactionSourceOf,
} from "./transaction-source.ts";
import { describeTransactions, transactionsStage } from "./transactions-stage.ts";

export const fraudDetection: Kind = {
  name: "fraud-detection",
  questions: [betterThanBaseline, fastEnough, whatItCosts, whatSurvivesCompression, doesTheRolloutHold],
  async plan(request): Promise<Outcome<RunPlan>> {
    const { design, files } = request;
    const source = chooseSource(request);
    const written = declaredFeatures(design.data);
    const delay = design.clarify.labels?.delay?.value ?? 0;
    const declarations = waitForLabels(written, delay);
    const asWritten = fraudAsWrittenStage(design.data, written, delay);
    const classifiers = planClassifiers(
      design.model,
      declarations.map(({ name }) => name),
      design.data.imbalance,
    );
    if (!classifiers.ok) return placed(classifiers, design);
    const evaluation = planEvaluation(design);
    if (!evaluation.ok) return placed(evaluation, design);
    const handling = imbalanceComparisonStage(classifiers.value, dailyBudget(evaluation.value));
    const served = { declarations, classifiers: classifiers.value, policy: evaluation.value.policy };
    const paths = await listTransactionFiles(request, source);
    const fingerprint = paths.length === 0 ? "" : await files.fingerprint(paths);
    const compression = classifierCompressionStage({
      entries: design.evaluate.optimize ?? [],
      trees: classifiers.value.filter(({ choices }) => choices[0].model === "gbdt"),
      ...evaluation.value,
    });
    const uncorrected = policyCorrectionStage(design.evaluate);
    const experiment = experimentPlanStage(design);
    return succeed({
      stages: [
        goalsStage(design.clarify),
        objectiveStage(design.frame, "the first stage of section 4"),
        transactionsStage(source, fingerprint),
        lateLabelSplitStage(design.data),
        transactionFeaturesStage(declarations),
        ...classifiers.value.map((plan) => classifierStage(plan, { run: trainByAveragePrecision })),
        fraudEvaluationStage({ ...evaluation.value, classifiers: classifiers.value }),
        ...(handling === undefined ? [] : [handling]),
        ...(compression === undefined ? [] : [compression]),
        ...(asWritten === undefined ? [] : [asWritten]),
        ...(uncorrected === undefined ? [] : [uncorrected]),
        servedStateStage(served),
        servingLatencyStage(paymentPath(served), design.clarify, design.deploy, peakRate(design.clarify)),
        decisionPathStage(served),
        ...(experiment === undefined ? [] : [experiment]),
        rolloutStage(
          design.deploy,
          { ...served, reviewCost: evaluation.value.reviewCost },
          { run: rollOutWatchedByPsi },
        ),
        replaySkewStage(declarations),
        fraudMonitorStage(alertsOf(design), classifiers.value, {
          peak: peakRate(design.clarify),
          replicas: design.deploy.serving?.replicas ?? null,
        }),
        ...(source.format === "simulated" && design.data.source?.adaptive === true ? [adversaryStage()] : []),
      ],
      data: {
        source: describeTransactions(source),
        fingerprint,
        simulated: source.format === "simulated" || source.format === "handbook-fraud",
      },
    });
  },
};

function trainByAveragePrecision(plan: TrainingPlan, context: StageContext): Promise<StageResult> {
  return trainClassifier(plan, context, { name: "average precision", measure: averagePrecision });
}

function rollOutWatchedByPsi(plan: RolloutStagePlan, context: StageContext): Promise<StageResult> {
  return replayRollout(plan, context, psi);
}

/** The note's source; `--data` takes the place of its path, with the note's columns where its format fits. */
function chooseSource({ design, dataPath, resolve }: PlanRequest): TransactionSource {
  if (dataPath === undefined) return transactionSourceOf(design.data, resolve);
  const detected = detectTransactions(dataPath);
  const { source } = design.data;
  if (source === undefined || source.format !== detected.format) return detected;
  return transactionSourceOf({ ...design.data, source: { ...source, path: dataPath } }, (path) => path);
}

const USUAL_CARDS = 100;

function planEvaluation({ frame, evaluate }: Design): Outcome<Omit<FraudEvaluationPlan, "classifiers">> {
  let cards = USUAL_CARDS;
  for (const { metric } of frame.metrics?.offline ?? []) {
    const parsed = parseMetric(metric);
    if (!parsed.ok) return fail({ ...parsed.failure, where: "2.metrics.offline" });
    if (parsed.value.definition.over === "cases") cards = parsed.value.k;
  }
  for (const name of evaluate.slices ?? []) {
    const slice = paymentSlice(name);
    if (!slice.ok) return fail({ ...slice.failure, where: "5.slices" });
  }
  const policy = alertPolicyOf(frame);
  if (!policy.ok) return policy;
  return succeed({
    cards,
    slices: evaluate.slices ?? [],
    policy: policy.value,
    reviewCost: frame.threshold?.["false-positive"]?.value ?? 0,
  });
}

/** A failure that names a path of the note gets the place of that fact. */
function placed(outcome: Outcome<unknown>, design: Design): Outcome<never> {
  if (outcome.ok) throw new Error("only a failure has a place");
  const { where } = outcome.failure;
  const isPath = where !== undefined && /^[0-7]\./u.test(where);
  return fail(isPath ? { ...outcome.failure, at: placeOf(design, where).value } : outcome.failure);
}
