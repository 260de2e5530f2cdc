/** The stages of a fraud run on any table of payments: what the parts for cards at terminals do is left out, and said to be. */

import { type Outcome, succeed } from "../../core/outcome.ts";
import { goalsStage, peakRate } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { featuresStage } from "../../steps/3-data/features/features-stage.ts";
import { waitForLabels } from "../../steps/3-data/features/label-delay.ts";
import { mappingStage } from "../../steps/3-data/sources/mapping-stage.ts";
import { caseMapping } from "../../steps/3-data/sources/scored-table-facts.ts";
import { describeTable, scoredTableStage } from "../../steps/3-data/sources/scored-table-stage.ts";
import { expandPaths } from "../../steps/3-data/sources/source-paths.ts";
import { lateLabelSplitStage } from "../../steps/3-data/split/late-label-split-stage.ts";
import { planClassifiers } from "../../steps/4-model/train/classifier-plan.ts";
import { classifierStage } from "../../steps/4-model/train/classifier-stage.ts";
import { compressionStage } from "../../steps/5-evaluate/optimize/compression-stage.ts";
import { scoredCompression } from "../../steps/5-evaluate/optimize/scored-compression.ts";
import { imbalanceComparisonStage } from "../../steps/5-evaluate/protocols/imbalance-comparison-stage.ts";
import { knownClaimsStage } from "../../steps/5-evaluate/protocols/known-claims-stage.ts";
import { policyCorrectionStage } from "../../steps/5-evaluate/protocols/policy-correction-stage.ts";
import { scoredAsWrittenStage } from "../../steps/5-evaluate/protocols/scored-as-written-stage.ts";
import { dailyBudget, scoredEvaluationStage } from "../../steps/5-evaluate/protocols/scored-evaluation-stage.ts";
import { trainByAveragePrecision } from "../../steps/5-evaluate/protocols/train-by-average-precision.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { rolloutStage } from "../../steps/6-deploy/rollout/rollout-stage.ts";
import { scoredPath } from "../../steps/6-deploy/serve/scored-path.ts";
import { servingLatencyStage } from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { alertsStage } from "../../steps/7-monitor/health/alerts-stage.ts";
import { scoredMonitor } from "../../steps/7-monitor/health/scored-monitor.ts";
import type { PlanRequest, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { loadOf, scoredLoad } from "../run-load.ts";
import { planEvaluation } from "./payment-evaluation.ts";
import { rollOutWatchedByPsi } from "./roll-out-watched-by-psi.ts";
import { tablePayments } from "./table-payments.ts";
import { LABEL } from "./transactions.ts";
import { TRANSACTIONS_STAGE } from "./transactions-stage.ts";

/** The plan of a run whose payments are no cards at terminals, or whose rows say when they became known. */
export async function planTablePayments({
  design,
  dataPath,
  resolve,
  files,
  sql,
}: PlanRequest): Promise<Outcome<RunPlan>> {
  const { reading, written, shape } = tablePayments(design, dataPath === undefined ? resolve : () => dataPath);
  const delay = design.clarify.labels?.delay?.value ?? 0;
  const declarations = waitForLabels(written, LABEL, delay);
  const names = declarations.map(({ name }) => name);
  const planned = planClassifiers(design.model, names, design.data.imbalance);
  if (!planned.ok) return placed(planned, design);
  const classifiers = planned.value;
  const evaluation = planEvaluation(design, shape);
  if (!evaluation.ok) return placed(evaluation, design);
  const { policy, reviewCost } = evaluation.value;
  const fingerprint = await files.fingerprint(await expandPaths(files, reading.table.path));
  const task = TRANSACTIONS_STAGE;
  const trees = classifiers.filter(({ choices }) => choices[0].model === "gbdt");
  const entries = design.evaluate.optimize ?? [];
  const load = await loadOf({ sql, files }, reading.table, scoredLoad(names.length, reading.table.entities.length));
  const traffic = { peak: peakRate(design.clarify), replicas: design.deploy.serving?.replicas ?? null };
  const optional = [
    imbalanceComparisonStage(task, classifiers, dailyBudget(evaluation.value)),
    compressionStage(entries, scoredCompression({ task, trees, ...evaluation.value }, entries)),
    scoredAsWrittenStage({ task, label: LABEL }, design.data, written, delay),
    policyCorrectionStage(design.evaluate),
    experimentPlanStage(design),
  ].filter((one) => one !== undefined);
  const claims = knownClaimsStage({ task, label: LABEL }, declarations, design.data.source?.known !== undefined);
  return succeed({
    stages: [
      goalsStage(design.clarify),
      objectiveStage(design.frame, "the first stage of section 4"),
      mappingStage(caseMapping(reading.table, LABEL), fingerprint, design.front.waive),
      scoredTableStage(task, reading, fingerprint),
      lateLabelSplitStage(task, design.data),
      featuresStage(task, declarations, reading.words.case),
      ...(claims === undefined ? [] : [claims]),
      ...classifiers.map((plan) => classifierStage(task, plan, { run: trainByAveragePrecision })),
      scoredEvaluationStage({ task, ...evaluation.value, classifiers }),
      ...optional,
      ...trees
        .slice(0, 1)
        .map((served) => servingLatencyStage(scoredPath(task, served), design.clarify, design.deploy, traffic.peak)),
      rolloutStage(
        design.deploy,
        { task, declarations, classifiers, policy, reviewCost },
        { run: rollOutWatchedByPsi },
      ),
      alertsStage(alertsOf(design), [], scoredMonitor(task, declarations, classifiers), traffic),
    ],
    data: { source: describeTable(reading.table), fingerprint, simulated: false },
    load,
  });
}
