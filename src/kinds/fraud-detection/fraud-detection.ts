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
import { featuresStage } from "../../steps/3-data/features/features-stage.ts";
import { waitForLabels } from "../../steps/3-data/features/label-delay.ts";
import { mappingStage } from "../../steps/3-data/sources/mapping-stage.ts";
import { caseMapping } from "../../steps/3-data/sources/scored-table-facts.ts";
import { checkLateLabelSplit } from "../../steps/3-data/split/check-split.ts";
import { lateLabelSplitStage } from "../../steps/3-data/split/late-label-split-stage.ts";
import { planClassifiers } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStage } from "../../steps/4-model/train/classifier-stage.ts";
import { compressionStage } from "../../steps/5-evaluate/optimize/compression-stage.ts";
import { scoredCompression } from "../../steps/5-evaluate/optimize/scored-compression.ts";
import { imbalanceComparisonStage } from "../../steps/5-evaluate/protocols/imbalance-comparison-stage.ts";
import { policyCorrectionStage } from "../../steps/5-evaluate/protocols/policy-correction-stage.ts";
import { scoredAsWrittenStage } from "../../steps/5-evaluate/protocols/scored-as-written-stage.ts";
import { dailyBudget, scoredEvaluationStage } from "../../steps/5-evaluate/protocols/scored-evaluation-stage.ts";
import { trainByAveragePrecision } from "../../steps/5-evaluate/protocols/train-by-average-precision.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { rolloutStage } from "../../steps/6-deploy/rollout/rollout-stage.ts";
import { servingLatencyStage } from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { alertsStage } from "../../steps/7-monitor/health/alerts-stage.ts";
import { scoredMonitor } from "../../steps/7-monitor/health/scored-monitor.ts";
import { plainJson } from "../../system/canonical-json.ts";
import type { ServedSystem } from "../../system/served-system.ts";
import type { Kind, PlanRequest, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { loadOf, scoredLoad } from "../run-load.ts";
import { adversaryStage } from "./adversary-stage.ts";
import { decisionPathStage } from "./decision-path-stage.ts";
import { declaredPayments } from "./declared-payments.ts";
import { planEvaluation } from "./payment-evaluation.ts";
import { paymentMapping } from "./payment-mapping.ts";
import { paymentPath } from "./payment-path.ts";
import { replaySkewStage } from "./replay-skew-stage.ts";
import { rollOutWatchedByPsi } from "./roll-out-watched-by-psi.ts";
import { openServedDecisions } from "./served-decisions.ts";
import { servedStateStage } from "./served-state-stage.ts";
import { areCardPayments, tablePayments } from "./table-payments.ts";
import { planTablePayments } from "./table-plan.ts";
import {
  detectTransactions,
  listTransactionFiles,
  type TransactionSource,
  transactionSourceOf,
} from "./transaction-source.ts";
import { LABEL, PAYMENT_SHAPE } from "./transactions.ts";
import { describeTransactions, TRANSACTIONS_STAGE, transactionsStage } from "./transactions-stage.ts";

export const fraudDetection: Kind = {
  name: "fraud-detection",
  questions: [betterThanBaseline, fastEnough, whatItCosts, whatSurvivesCompression, doesTheRolloutHold],
  async plan(request): Promise<Outcome<RunPlan>> {
    const { design, files, sql } = request;
    const split = checkLateLabelSplit(design.data.split);
    if (!split.ok) return placed(split, design);
    if (!areCardPayments(design.data)) return planTablePayments(request);
    const source = chooseSource(request);
    const mapping = paymentMapping(source);
    const written = declaredFeatures(design.data);
    const delay = design.clarify.labels?.delay?.value ?? 0;
    const declarations = waitForLabels(written, LABEL, delay);
    const asWritten = scoredAsWrittenStage({ task: TRANSACTIONS_STAGE, label: LABEL }, design.data, written, delay);
    const classifiers = planClassifiers(
      design.model,
      declarations.map(({ name }) => name),
      design.data.imbalance,
    );
    if (!classifiers.ok) return placed(classifiers, design);
    const evaluation = planEvaluation(design, PAYMENT_SHAPE);
    if (!evaluation.ok) return placed(evaluation, design);
    const handling = imbalanceComparisonStage(TRANSACTIONS_STAGE, classifiers.value, dailyBudget(evaluation.value));
    const served = {
      task: TRANSACTIONS_STAGE,
      declarations,
      classifiers: classifiers.value,
      policy: evaluation.value.policy,
    };
    const paths = await listTransactionFiles(request, source);
    const fingerprint = paths.length === 0 ? "" : await files.fingerprint(paths);
    const entries = design.evaluate.optimize ?? [];
    const trees = classifiers.value.filter(({ choices }) => choices[0].model === "gbdt");
    const parts = scoredCompression({ task: TRANSACTIONS_STAGE, trees, ...evaluation.value }, entries);
    const compression = compressionStage(entries, parts);
    const uncorrected = policyCorrectionStage(design.evaluate);
    const experiment = experimentPlanStage(design);
    const load = mapping && (await loadOf({ sql, files }, mapping, scoredLoad(declarations.length, 2)));
    return succeed({
      ...(load === undefined ? {} : { load }),
      stages: [
        goalsStage(design.clarify),
        objectiveStage(design.frame, "the first stage of section 4"),
        ...(mapping === undefined ? [] : [mappingStage(mapping, fingerprint, design.front.waive)]),
        transactionsStage(source, fingerprint),
        lateLabelSplitStage(TRANSACTIONS_STAGE, design.data),
        featuresStage(TRANSACTIONS_STAGE, declarations, "payment"),
        ...classifiers.value.map((plan) => classifierStage(TRANSACTIONS_STAGE, plan, { run: trainByAveragePrecision })),
        scoredEvaluationStage({ task: TRANSACTIONS_STAGE, ...evaluation.value, classifiers: classifiers.value }),
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
        alertsStage(alertsOf(design), [], scoredMonitor(TRANSACTIONS_STAGE, declarations, classifiers.value), {
          peak: peakRate(design.clarify),
          replicas: design.deploy.serving?.replicas ?? null,
        }),
        ...(source.format === "simulated" && design.data.source?.adaptive === true ? [adversaryStage()] : []),
      ],
      data: {
        source: describeTransactions(source),
        fingerprint,
        simulated: source.format === "simulated" || source.format === "handbook-fraud",
        ...(source.format === "simulated" && { world: plainJson(source.world) }),
      },
    });
  },
  query: declaredPayments,
  mapping({ design, resolve }) {
    if (areCardPayments(design.data)) return paymentMapping(transactionSourceOf(design.data, resolve));
    return caseMapping(tablePayments(design, resolve).reading.table, LABEL);
  },
  async serve({ design, input, begin, isBlank }): Promise<Outcome<ServedSystem>> {
    if (!areCardPayments(design.data))
      return fail({
        code: "cannot-serve",
        message: "the service of decisions knows cards at terminals only, with all known of a payment at once",
        where: "section 3, source",
        fix: "map who paid and where: `columns: { customer: …, terminal: … }`, with features of these and of amounts only",
      });
    const delay = design.clarify.labels?.delay?.value ?? 0;
    const declarations = waitForLabels(declaredFeatures(design.data), LABEL, delay);
    const names = declarations.map(({ name }) => name);
    const classifiers = planClassifiers(design.model, names, design.data.imbalance);
    if (!classifiers.ok) return placed(classifiers, design);
    const evaluation = planEvaluation(design, PAYMENT_SHAPE);
    if (!evaluation.ok) return placed(evaluation, design);
    const { policy } = evaluation.value;
    const plan = { task: TRANSACTIONS_STAGE, declarations, classifiers: classifiers.value, policy };
    return succeed(await openServedDecisions(plan, input, isBlank ? "nothing" : begin));
  },
};

/** The note's source; `--data` takes the place of its path, with the note's columns where its format fits. */
function chooseSource({ design, dataPath, resolve }: PlanRequest): TransactionSource {
  if (dataPath === undefined) return transactionSourceOf(design.data, resolve);
  const detected = detectTransactions(dataPath);
  const { source } = design.data;
  if (source === undefined || source.format !== detected.format) return detected;
  return transactionSourceOf({ ...design.data, source: { ...source, path: dataPath } }, (path) => path);
}
