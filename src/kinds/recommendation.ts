/** Recommendation: interactions, a time split, a baseline beside first-stage models, and what follows from serving them. */

import { fail, type Outcome, succeed } from "../core/outcome.ts";
import { goalsStage, peakRate } from "../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../steps/2-frame/objectives/objective-stage.ts";
import {
  detectSource,
  type InteractionSource,
  interactionSourceOf,
  listSourceFiles,
} from "../steps/3-data/sources/interaction-source.ts";
import { describeSource, interactionsStage } from "../steps/3-data/sources/interactions-stage.ts";
import { relevanceOf, timeSplitStage } from "../steps/3-data/split/time-split-stage.ts";
import { chooseRecommender, type RecommenderChoice } from "../steps/4-model/models/recommenders.ts";
import type { StageFacts } from "../steps/4-model/schema.ts";
import { signalWeights } from "../steps/4-model/train/interaction-matrix.ts";
import { LIST_DEPTH, recommenderStage, trainingStageName } from "../steps/4-model/train/recommender-stage.ts";
import { parseMetric } from "../steps/5-evaluate/metrics/parse-metric.ts";
import { rankingEvaluationStage } from "../steps/5-evaluate/protocols/ranking-evaluation-stage.ts";
import { requestSlice } from "../steps/5-evaluate/protocols/request-slices.ts";
import { experimentPlanStage } from "../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { type FirstStage, firstStagePath } from "../steps/6-deploy/serve/first-stage-path.ts";
import { servingLatencyStage } from "../steps/6-deploy/serve/serving-latency-stage.ts";
import { alertsOf } from "../steps/7-monitor/alerts.ts";
import { driftStage } from "../steps/7-monitor/drift/drift-stage.ts";
import { alertsStage } from "../steps/7-monitor/health/alerts-stage.ts";
import { type Design, placeOf } from "../steps/design.ts";
import type { Stage } from "../system/stage.ts";
import type { Kind, PlanRequest, RunPlan } from "./kind.ts";

/** The subject that everything is compared with. */
const BASELINE = "baseline";

export const recommendation: Kind = {
  name: "recommendation",
  async plan(request): Promise<Outcome<RunPlan>> {
    const { design, files, sql } = request;
    const source = await chooseSource(request);
    const models = chooseModels(design);
    if (!models.ok) return placed(models, design);
    const questions = checkEvaluation(design);
    if (!questions.ok) return placed(questions, design);
    const paths = await listSourceFiles({ sql, files }, source);
    const fingerprint = paths.length === 0 ? "" : await files.fingerprint(paths);
    return succeed({
      stages: composeStages(request, interactionsStage(source, fingerprint), models.value, questions.value),
      data: { source: describeSource(source), fingerprint, simulated: source.format === "simulated" },
    });
  },
};

/** The note's source; `--data` takes the place of its path, with the note's columns where its format fits. */
async function chooseSource({ design, dataPath, resolve, files, sql }: PlanRequest): Promise<InteractionSource> {
  if (dataPath === undefined) return interactionSourceOf(design.data, resolve);
  const detected = await detectSource({ sql, files }, dataPath);
  const { source } = design.data;
  if (source === undefined || source.format !== detected.format) return detected;
  return interactionSourceOf({ ...design.data, source: { ...source, path: dataPath } }, (path) =>
    path === dataPath ? path : resolve(path),
  );
}

interface Subject {
  readonly subject: string;
  readonly choice: RecommenderChoice;
}

interface Questions {
  readonly metrics: readonly string[];
  readonly slices: readonly string[];
}

function composeStages(
  { design }: PlanRequest,
  interactions: Stage,
  models: readonly Subject[],
  { metrics, slices }: Questions,
): Stage[] {
  const weights = signalWeights(design.frame.signals?.weights);
  const subjects = models.map(({ subject }) => ({ subject, stage: trainingStageName(subject) }));
  const peak = peakRate(design.clarify);
  const replicas = design.deploy.serving?.replicas ?? null;
  const experiment = experimentPlanStage(design.clarify, design.deploy);
  const served = firstServed(design, models);
  return [
    goalsStage(design.clarify),
    objectiveStage(design.frame),
    interactions,
    timeSplitStage(design.data, relevanceOf(design.frame.label)),
    ...models.map(({ subject, choice }) => recommenderStage(subject, choice, weights)),
    rankingEvaluationStage(subjects, metrics, slices),
    servingLatencyStage(firstStagePath(served, weights), design.clarify, design.deploy, peak),
    ...(experiment === undefined ? [] : [experiment]),
    driftStage(),
    alertsStage(alertsOf(design), design.monitor.retrain?.when ?? [], subjects, { peak, replicas }),
  ];
}

/** The baseline first, then the models of the first stage and of its further sources, each once. */
function chooseModels({ frame, model }: Design): Outcome<readonly Subject[]> {
  const retrieval = firstStage(model.stages ?? []);
  if (retrieval === undefined) {
    return fail({
      code: "no-first-stage",
      message: "no stage of step 4 names a first-stage model",
      where: "4.stages",
      fix: "add `- { name: candidates, model: als }`",
    });
  }
  const window = frame.baseline?.window;
  const baseline = chooseRecommender("most-popular", window === undefined || window === "all" ? {} : { window });
  if (!baseline.ok) return baseline;
  const subjects: Subject[] = [{ subject: BASELINE, choice: baseline.value }];
  const asked = [
    { name: retrieval.model ?? "", facts: retrieval },
    ...(retrieval.sources ?? []).map((source) => ({ name: source.model, facts: source })),
  ];
  for (const [i, { name, facts }] of asked.entries()) {
    const choice = chooseRecommender(name, facts);
    if (!choice.ok)
      return fail({
        ...choice.failure,
        where: i === 0 ? `4.stages.${retrieval.name}.model` : `4.stages.${retrieval.name}.sources`,
      });
    const isKnown = subjects.some(
      (one) => one.choice.name === choice.value.name && one.choice.settings === choice.value.settings,
    );
    if (!isKnown) subjects.push({ subject: name, choice: choice.value });
  }
  return succeed(subjects);
}

/** The model that the note's first stage names: what serving is measured on. */
function firstServed({ model }: Design, models: readonly Subject[]): FirstStage {
  const retrieval = firstStage(model.stages ?? []);
  const { subject, choice } = models.find((one) => one.subject === retrieval?.model) ?? models[0];
  return {
    name: retrieval?.name ?? subject,
    choice,
    stage: trainingStageName(subject),
    keep: retrieval?.keep?.value ?? LIST_DEPTH,
  };
}

/** The stage that finds candidates: said to retrieve, or the first one. */
function firstStage(stages: readonly StageFacts[]): StageFacts | undefined {
  return stages.find(({ kind }) => kind === "retrieval") ?? stages[0];
}

function checkEvaluation({ frame, evaluate }: Design): Outcome<Questions> {
  const metrics: string[] = [];
  for (const { metric } of frame.metrics?.offline ?? []) {
    const parsed = parseMetric(metric);
    if (!parsed.ok) return fail({ ...parsed.failure, where: "2.metrics.offline" });
    metrics.push(parsed.value.name);
  }
  for (const name of evaluate.slices ?? []) {
    const slice = requestSlice(name);
    if (!slice.ok) return fail({ ...slice.failure, where: "5.slices" });
  }
  return succeed({ metrics, slices: evaluate.slices ?? [] });
}

/** A failure that names a path of the note gets the place of that fact. */
function placed(outcome: Outcome<unknown>, design: Design): Outcome<never> {
  if (outcome.ok) throw new Error("only a failure has a place");
  const { where } = outcome.failure;
  const isPath = where !== undefined && /^[0-7]\./u.test(where);
  return fail(isPath ? { ...outcome.failure, at: placeOf(design, where).value } : outcome.failure);
}
