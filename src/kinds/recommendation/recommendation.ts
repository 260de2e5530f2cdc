/** Recommendation: a baseline beside two stages, judged on requests after a cut in time, served, tried and watched. */

import { FailureError, fail, type Outcome, succeed, unwrap } from "../../core/outcome.ts";
import { betterThanBaseline } from "../../report/summary/better-than-baseline.ts";
import { doesItHelpOnline } from "../../report/summary/does-it-help-online.ts";
import { fastEnough } from "../../report/summary/fast-enough.ts";
import { whatItCosts } from "../../report/summary/what-it-costs.ts";
import { whatSurvivesCompression } from "../../report/summary/what-survives-compression.ts";
import { goalsStage, peakRate } from "../../steps/1-clarify/goals/goals-stage.ts";
import { objectiveStage } from "../../steps/2-frame/objectives/objective-stage.ts";
import { declaredFeatures } from "../../steps/3-data/features/feature-declaration.ts";
import { preferencesOf } from "../../steps/3-data/preferences.ts";
import { mappingStage } from "../../steps/3-data/sources/mapping-stage.ts";
import { checkSplit } from "../../steps/3-data/split/split-events.ts";
import { relevanceOf, timeSplitStage } from "../../steps/3-data/split/time-split-stage.ts";
import { writtenPeriods } from "../../steps/3-data/split/written-periods.ts";
import { recommenderNeed, type TrainingSize } from "../../steps/4-model/models/recommender-needs.ts";
import { CANDIDATES_STAGE, candidatesStage } from "../../steps/4-model/train/candidates-stage.ts";
import { signalWeights } from "../../steps/4-model/train/interaction-matrix.ts";
import type { RankedSource } from "../../steps/4-model/train/ranked-source.ts";
import { RANKING_STAGE, rankingStage } from "../../steps/4-model/train/ranking-stage.ts";
import { RE_RANKING_STAGE, reRankingStage } from "../../steps/4-model/train/re-ranking-stage.ts";
import { recommenderStage, trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { planTwoStages, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import { parseMetric } from "../../steps/5-evaluate/metrics/parse-metric.ts";
import { compressionStage } from "../../steps/5-evaluate/optimize/compression-stage.ts";
import { rankedCompression } from "../../steps/5-evaluate/optimize/ranked-compression.ts";
import { candidateCeilingStage } from "../../steps/5-evaluate/protocols/candidate-ceiling-stage.ts";
import { policyCorrectionStage } from "../../steps/5-evaluate/protocols/policy-correction-stage.ts";
import { rankedAsWrittenStage } from "../../steps/5-evaluate/protocols/ranked-as-written-stage.ts";
import { rankedKnownClaimsStage } from "../../steps/5-evaluate/protocols/ranked-known-claims-stage.ts";
import { rankingEvaluationStage } from "../../steps/5-evaluate/protocols/ranking-evaluation-stage.ts";
import { requestSlice } from "../../steps/5-evaluate/protocols/request-slices.ts";
import { experimentPlanStage } from "../../steps/6-deploy/experiment/experiment-plan-stage.ts";
import { indexStage } from "../../steps/6-deploy/index/index-stage.ts";
import { servingLatencyStage } from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import { twoStagePath } from "../../steps/6-deploy/serve/two-stage-path.ts";
import { alertsOf } from "../../steps/7-monitor/alerts.ts";
import { driftWatchesOf } from "../../steps/7-monitor/drift/drift-alert.ts";
import { driftStage } from "../../steps/7-monitor/drift/drift-stage.ts";
import { alertsStage } from "../../steps/7-monitor/health/alerts-stage.ts";
import { rankedMonitor } from "../../steps/7-monitor/health/ranked-monitor.ts";
import { type Design, placeOf } from "../../steps/design.ts";
import { plainJson } from "../../system/canonical-json.ts";
import type { ServedSystem } from "../../system/served-system.ts";
import type { Stage } from "../../system/stage.ts";
import type { DeclaredRanking, Kind, PlanRequest, RunPlan } from "../kind.ts";
import { placed } from "../placed-failure.ts";
import { loadOf } from "../run-load.ts";
import { eventLoad } from "./event-load.ts";
import { interactionMapping } from "./interaction-mapping.ts";
import { detectSource, type InteractionSource, interactionSourceOf, listSourceFiles } from "./interaction-source.ts";
import { INTERACTION_WORDS } from "./interactions.ts";
import { describeSource, INTERACTIONS_STAGE, interactionsStage } from "./interactions-stage.ts";
import { missingData } from "./missing-data.ts";
import { offPolicyStage } from "./off-policy-stage.ts";
import { positionBiasEffectStage } from "./position-bias-effect-stage.ts";
import { POSITION_BIAS_STAGE, positionBiasStage } from "./position-bias-stage.ts";
import { requestSkewStage } from "./request-skew-stage.ts";
import { openServedRecommender } from "./served-recommender.ts";
import { simulatedExperimentStage } from "./simulated-experiment-stage.ts";

export const recommendation: Kind = {
  name: "recommendation",
  questions: [betterThanBaseline, fastEnough, whatItCosts, whatSurvivesCompression, doesItHelpOnline],
  async plan(request): Promise<Outcome<RunPlan>> {
    const { design, files, sql } = request;
    const source = await chooseSource(request);
    const system = planTwoStages(INTERACTIONS_STAGE, design.frame, design.data, design.model);
    if (!system.ok) return placed(system, design);
    const questions = checkEvaluation(design);
    if (!questions.ok) return placed(questions, design);
    const split = checkSplit(design.data.split);
    if (!split.ok) return placed(split, design);
    const paths = await listSourceFiles({ sql, files }, source);
    const { refusal } = await missingData(system.value, design.model, declaredFeatures(design.data), source, { files });
    if (refusal !== undefined) return placed(fail(refusal), design);
    const fingerprint = paths.length === 0 ? "" : await files.fingerprint(paths);
    const preferences = preferencesOf(design.frame);
    const mapping = interactionMapping(source, preferences);
    const least = leastSize(source);
    return succeed({
      ...(mapping === undefined ? {} : { load: await loadOf({ sql, files }, mapping, eventLoad(design)) }),
      needs: system.value.models.map(({ choice }) => recommenderNeed(choice.name, choice.settings, least)),
      stages: composeStages(
        request,
        [
          ...(mapping === undefined ? [] : [mappingStage(mapping, fingerprint, design.front.waive)]),
          interactionsStage(source, fingerprint, preferences),
        ],
        system.value,
        questions.value,
        isTimeless(source),
      ),
      data: {
        source: describeSource(source),
        fingerprint,
        ...(source.format === "simulated" ? { simulated: true, world: plainJson(source.world) } : { simulated: false }),
      },
    });
  },
  mapping({ design, resolve }) {
    return interactionMapping(interactionSourceOf(design.data, resolve), preferencesOf(design.frame));
  },
  async missing({ design, resolve, files, sql, dataPath }) {
    const system = planTwoStages(INTERACTIONS_STAGE, design.frame, design.data, design.model);
    if (!system.ok) return {};
    const source =
      sql === undefined
        ? interactionSourceOf(design.data, resolve)
        : await chooseSource({ design, dataPath, resolve, files, sql });
    return await missingData(system.value, design.model, declaredFeatures(design.data), source, { files });
  },
  query({ design, resolve }) {
    return declaredRanking(design, isTimeless(interactionSourceOf(design.data, resolve)));
  },
  async serve({ design, input, begin, isBlank }): Promise<Outcome<ServedSystem>> {
    const system = planTwoStages(INTERACTIONS_STAGE, design.frame, design.data, design.model);
    if (!system.ok) return placed(system, design);
    return succeed(await openServedRecommender(system.value, design, input, isBlank ? "nothing" : begin));
  },
};

/** What step 3 declares of members and titles. Throws a `FailureError` for a note whose data has no time, by which alone SQL parts it. */
function declaredRanking(design: Design, timeless: boolean): DeclaredRanking {
  if (timeless)
    throw new FailureError({
      code: "nothing-to-compile",
      message: "the data has no time, and an engine of SQL parts events by their moments alone",
      at: placeOf(design, "3.split").value,
      fix: "it runs without an engine: `heptad run`",
    });
  const system = planTwoStages(INTERACTIONS_STAGE, design.frame, design.data, design.model);
  const { ranking } = system.ok ? system.value : unwrap(placed(system, design));
  const asked = design.evaluate.evaluation?.["sampled-users"]?.value;
  return {
    form: "ranked",
    task: INTERACTIONS_STAGE,
    declared: {
      declarations: ranking?.declarations ?? declaredFeatures(design.data),
      preferences: preferencesOf(design.frame),
      split: writtenPeriods(design.data.split),
      folds: ranking === undefined ? 0 : FOLDS,
      ...(asked !== undefined && { asked }),
    },
    ...(ranking === undefined ? {} : { ranker: ranking }),
  };
}

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

/** What is known of the sizes before anything is read: of a simulated world how many live in it, of files nothing. */
function leastSize(source: InteractionSource): TrainingSize {
  if (source.format !== "simulated") return { units: 0, items: 0, pairs: 0 };
  const { members: units = 0, titles: items = 0 } = source.world;
  return { units, items, pairs: 0 };
}

/** Whether the source has no time: then no stage that speaks of time is part of the run. */
function isTimeless(source: InteractionSource): boolean {
  return "time" in source && source.time === "none";
}

interface Questions {
  readonly metrics: readonly string[];
  readonly slices: readonly string[];
}

/** Windows of the training part that a ranker learns from. */
const FOLDS = 3;

function composeStages(
  { design }: PlanRequest,
  reading: readonly Stage[],
  system: TwoStagePlan,
  { metrics, slices }: Questions,
  timeless: boolean,
): Stage[] {
  const { models, candidates, ranking, leaking, reRanking } = system;
  const weights = signalWeights(design.frame.signals?.weights);
  const headline = metrics[0] ?? "ndcg@10";
  const unbiased = design.model["position-bias"]?.method === "ips";
  // The first-stage model once more as clicks stand, so that the effect of their weights shows.
  const biased = models.find(({ subject }) => unbiased && trainingStageName(subject) === candidates.primary);
  const withoutIps = `${biased?.subject} without ips`;
  const peak = peakRate(design.clarify);
  const replicas = design.deploy.serving?.replicas ?? null;
  const alerts = alertsOf(design);
  const triggers = design.monitor.retrain?.when ?? [];
  const experiment = experimentPlanStage(design);
  const relevant = relevanceOf(design.frame.label);
  const plain: RankedSource = { task: INTERACTIONS_STAGE, weights, examination: null };
  const source: RankedSource = { ...plain, examination: unbiased ? POSITION_BIAS_STAGE : null };
  const asWritten = rankedAsWrittenStage(source, design.data, relevant, models, headline);
  const claims = rankedKnownClaimsStage(
    INTERACTIONS_STAGE,
    weights,
    relevant,
    design.data.source?.known !== undefined && !timeless,
  );
  const uncorrected = policyCorrectionStage(design.evaluate);
  const index = indexStage(system, source);
  const compression = compressionStage(design.evaluate.optimize ?? [], rankedCompression({ system, source, headline }));
  const subjects = [
    ...models.map(({ subject }) => ({ subject, stage: trainingStageName(subject), role: "single" as const })),
    { subject: "candidates", stage: CANDIDATES_STAGE, role: "system" as const },
    ...(ranking === undefined ? [] : [{ subject: "two-stage", stage: RANKING_STAGE, role: "system" as const }]),
    ...(leaking === undefined
      ? []
      : [{ subject: "two-stage reading the future", stage: leaking.name, role: "cheat" as const }]),
    ...(reRanking === undefined
      ? []
      : [
          {
            subject: ranking === undefined ? "re-ranked" : "two-stage re-ranked",
            stage: RE_RANKING_STAGE,
            role: "system" as const,
          },
        ]),
  ];
  const tried = subjects.filter(({ role }) => role === "system").at(-1)?.subject ?? "candidates";
  return [
    goalsStage(design.clarify),
    objectiveStage(design.frame, "the most popular titles over all time"),
    ...reading,
    timeSplitStage(INTERACTIONS_STAGE, design.data, relevant, {
      folds: ranking === undefined ? 0 : FOLDS,
      timeless,
      asked: design.evaluate.evaluation?.["sampled-users"]?.value,
    }),
    ...(claims === undefined ? [] : [claims]),
    positionBiasStage(unbiased),
    ...models.map(({ subject, choice }) => recommenderStage(source, subject, choice)),
    ...(biased === undefined ? [] : [recommenderStage(plain, withoutIps, biased.choice)]),
    candidatesStage(candidates),
    ...(ranking === undefined ? [] : [rankingStage(ranking)]),
    ...(leaking === undefined ? [] : [rankingStage(leaking)]),
    ...(reRanking === undefined ? [] : [reRankingStage(reRanking)]),
    candidateCeilingStage(INTERACTIONS_STAGE, candidates.keep),
    rankingEvaluationStage(INTERACTIONS_STAGE, subjects, metrics, slices, design.evaluate.evaluation?.candidates, {
      handsOn: { subject: "candidates", keep: candidates.keep },
    }),
    ...(biased === undefined ? [] : [positionBiasEffectStage(withoutIps, biased.subject, headline)]),
    ...(asWritten === undefined || timeless ? [] : [asWritten]),
    ...(uncorrected === undefined ? [] : [uncorrected]),
    ...(compression === undefined ? [] : [compression]),
    ...(index === undefined ? [] : [index]),
    servingLatencyStage(twoStagePath(system, source), design.clarify, design.deploy, peak),
    ...(experiment === undefined ? [] : [experiment]),
    simulatedExperimentStage(system, weights, design.deploy, tried),
    offPolicyStage(design.model, tried),
    ...(timeless || ranking === undefined || ranking.declarations.length === 0
      ? []
      : [requestSkewStage(ranking.declarations, preferencesOf(design.frame))]),
    ...(timeless
      ? []
      : [
          driftStage(INTERACTIONS_STAGE, declaredFeatures(design.data), driftWatchesOf(alerts, triggers)),
          alertsStage(alerts, triggers, rankedMonitor(INTERACTIONS_STAGE, subjects), { peak, replicas }),
        ]),
  ];
}

function checkEvaluation({ frame, evaluate }: Design): Outcome<Questions> {
  const metrics: string[] = [];
  for (const { metric } of frame.metrics?.offline ?? []) {
    const parsed = parseMetric(metric);
    if (!parsed.ok) return fail({ ...parsed.failure, where: "2.metrics.offline" });
    metrics.push(parsed.value.name);
  }
  for (const name of evaluate.slices ?? []) {
    const slice = requestSlice(name, INTERACTION_WORDS);
    if (!slice.ok) return fail({ ...slice.failure, where: "5.slices" });
  }
  return succeed({ metrics, slices: evaluate.slices ?? [] });
}
