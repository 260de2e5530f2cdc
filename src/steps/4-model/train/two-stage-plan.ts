/** What a recommender note asks to be trained: the baseline, the first-stage models, how they are merged, ranked and re-ranked. */

import { nearest } from "../../../core/nearest.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import type { FrameFacts } from "../../2-frame/schema.ts";
import { declaredFeatures } from "../../3-data/features/feature-declaration.ts";
import type { DataFacts } from "../../3-data/schema.ts";
import { chooseRecommender, type RecommenderChoice, type RecommenderFacts } from "../models/recommenders.ts";
import { type ModelFacts, modelName, type StageFacts } from "../schema.ts";
import { CANDIDATES_STAGE, type CandidatePlan } from "./candidates-stage.ts";
import { RANKING_STAGE, type RankingPlan } from "./ranking-stage.ts";
import type { ReRankingPlan } from "./re-ranking-stage.ts";
import { LIST_DEPTH, trainingStageName } from "./recommender-stage.ts";
import type { TreesOptions } from "./trees-options.ts";

/** The subject that everything is compared with. */
export const BASELINE = "baseline";

/** A first-stage model: what figures call it, and its options. */
export interface TrainedSubject {
  readonly subject: string;
  readonly choice: RecommenderChoice;
}

export interface TwoStagePlan {
  /** The baseline first. */
  readonly models: readonly TrainedSubject[];
  /** What the note calls the first stage. */
  readonly retrieval: string;
  readonly candidates: CandidatePlan;
  /** Absent where the note has no ranking stage. */
  readonly ranking?: WrittenAs<RankingPlan>;
  /** The same with the features that are known only after the prediction; absent where there are none. */
  readonly leaking?: RankingPlan;
  /** Absent where the note has no re-ranking stage. */
  readonly reRanking?: WrittenAs<ReRankingPlan>;
  /** The index that the first stage asks for. */
  readonly index?: StageFacts["index"];
}

/** A plan with what the note calls its stage. */
type WrittenAs<Plan> = Plan & { readonly written: string };

/** The plan on the task that the stage called `task` stored, or a failure whose `where` is the path of the fact at fault. */
export function planTwoStages(
  task: string,
  frame: FrameFacts,
  data: DataFacts,
  model: ModelFacts,
): Outcome<TwoStagePlan> {
  const stages = model.stages ?? [];
  const retrieval = stages.find((one) => roleOf(one) === "retrieval");
  if (retrieval?.model === undefined) {
    return fail({
      code: "no-first-stage",
      message: "no stage of step 4 names a first-stage model",
      where: "4.stages",
      fix: "add `- { name: candidates, model: als }`, or give the stage that names it `kind: retrieval`",
    });
  }
  const models = chooseModels(frame, retrieval, model["cold-start"]?.member);
  if (!models.ok) return models;
  const { subjects, stageOf } = models.value;
  const keep = retrieval.keep?.value ?? LIST_DEPTH;
  const others = (retrieval.sources ?? []).map((source) => ({ stage: stageOf(source), quota: source.quota }));
  const candidates: CandidatePlan = { primary: stageOf(retrieval), others, cold: models.value.cold, keep };
  const ranking = stages.find((one) => roleOf(one) === "ranking");
  const reRanking = stages.find((one) => roleOf(one) === "re-ranking");
  const ranked = ranking === undefined ? succeed(undefined) : planRanking(task, ranking, models.value, data);
  if (!ranked.ok) return ranked;
  return succeed({
    models: subjects,
    retrieval: retrieval.name,
    index: retrieval.index,
    candidates,
    ranking: ranked.value,
    leaking: ranked.value === undefined ? undefined : leakingRanker(ranked.value, data),
    reRanking: reRanking === undefined ? undefined : planReRanking(task, reRanking, ranking),
  });
}

/** What a stage does: as it says, or by its name. */
function roleOf({ kind, name }: StageFacts): StageFacts["kind"] {
  if (kind !== undefined) return kind;
  if (/re-?rank|divers/iu.test(name)) return "re-ranking";
  if (/rank/iu.test(name)) return "ranking";
  return /filter/iu.test(name) ? "filter" : "retrieval";
}

interface ChosenModels {
  readonly subjects: readonly TrainedSubject[];
  /** The training stage of a model as the note asks for it: two that ask for the same share one. */
  readonly stageOf: (facts: RecommenderFacts & Pick<StageFacts, "model">) => string;
  /** What serves those of whom nothing is known: as the note says, or else the baseline, since a model without a history knows no order. */
  readonly cold: string;
}

function chooseModels(frame: FrameFacts, retrieval: StageFacts, cold: string | undefined): Outcome<ChosenModels> {
  const window = frame.baseline?.window;
  const popular: RecommenderFacts = window === undefined || window === "all" ? {} : { window };
  const asked = [
    { subject: BASELINE, model: "most-popular", facts: popular, where: "2.baseline" },
    { subject: modelName(retrieval) ?? "", model: modelName(retrieval) ?? "", facts: retrieval, where: `4.stages` },
    ...(retrieval.sources ?? []).map((source) => ({
      subject: source.model,
      model: source.model,
      facts: source,
      where: "4.stages",
    })),
    ...(cold === undefined ? [] : [{ subject: cold, model: cold, facts: popular, where: "4.cold-start" }]),
  ];
  const subjects: TrainedSubject[] = [];
  const find = (choice: RecommenderChoice): TrainedSubject | undefined =>
    subjects.find((one) => one.choice.name === choice.name && one.choice.settings === choice.settings);
  for (const { subject, model, facts, where } of asked) {
    const choice = chooseRecommender(model, facts);
    if (!choice.ok) return fail({ ...choice.failure, where });
    if (find(choice.value) !== undefined) continue;
    const isTaken = subjects.some((one) => one.subject === subject);
    subjects.push({ subject: isTaken ? `${subject} ${subjects.length}` : subject, choice: choice.value });
  }
  const stageOf = (model: string, facts: RecommenderFacts): string => {
    const choice = chooseRecommender(model, facts);
    return trainingStageName((choice.ok ? find(choice.value)?.subject : undefined) ?? BASELINE);
  };
  return succeed({
    subjects,
    stageOf: (facts) => stageOf(modelName(facts) ?? "", facts),
    cold: cold === undefined ? trainingStageName(BASELINE) : stageOf(cold, popular),
  });
}

const OBJECTIVES = ["lambdarank", "log-loss", "squared-error"] as const;

function planRanking(
  task: string,
  facts: StageFacts,
  { subjects }: ChosenModels,
  data: DataFacts,
): Outcome<WrittenAs<RankingPlan>> {
  const options = planTrees(facts);
  if (!options.ok) return options;
  const declared = declaredFeatures(data).filter(({ name }) => leadOf(data, name) === 0);
  const wanted = facts.features;
  const unknown = wanted?.find((name) => declared.every((one) => one.name !== name));
  if (unknown !== undefined) {
    const suggestion = nearest(
      unknown,
      declared.map((one) => one.name),
    );
    return fail({
      code: "unknown-feature",
      message: `the ranking stage reads \`${unknown}\`, which step 3 does not declare`,
      where: "4.stages",
      fix: suggestion === undefined ? "declare it under `features`" : `did you mean \`${suggestion}\`?`,
    });
  }
  return succeed({
    task,
    name: RANKING_STAGE,
    leads: {},
    written: facts.name,
    sources: subjects.map(({ subject }) => ({
      name: subject.replaceAll(/[^\w]+/gu, "_"),
      stage: trainingStageName(subject),
    })),
    declarations: wanted === undefined ? declared : declared.filter(({ name }) => wanted.includes(name)),
    options: options.value,
  });
}

/** The boosted trees of a ranking stage, or a failure where it asks for another model or objective. */
export function planTrees(facts: StageFacts): Outcome<TreesOptions> {
  if (facts.model !== "gbdt") {
    return fail({
      code: "unknown-ranker",
      message: `the ranking stage asks for \`${facts.model ?? "nothing"}\`; what can be trained is gbdt`,
      where: "4.stages",
      fix: "write `model: gbdt`",
    });
  }
  const objective = OBJECTIVES.find((one) => one === (facts.objective ?? "lambdarank"));
  if (objective === undefined) {
    return fail({
      code: "unknown-objective",
      message: `the stage \`${facts.name}\` asks for \`objective: ${facts.objective}\`, which its trees cannot minimise`,
      where: "4.stages",
      fix: `use one of ${OBJECTIVES.join(", ")}`,
    });
  }
  return succeed(treesOptions(facts, objective));
}

/** The ranker with the features that read past the request, as the note's `available` says of them. */
function leakingRanker(honest: RankingPlan, data: DataFacts): RankingPlan | undefined {
  const leads = Object.fromEntries((data.features ?? []).map(({ name }) => [name, leadOf(data, name)]));
  const leaking = declaredFeatures(data).filter(({ name }) => leads[name] > 0);
  if (leaking.length === 0) return undefined;
  return { ...honest, name: "ranking-reading-the-future", declarations: [...honest.declarations, ...leaking], leads };
}

/** Seconds after the prediction at which a feature is known; 0 for an honest one. */
function leadOf({ features }: DataFacts, name: string): number {
  return Math.max(0, features?.find((one) => one.name === name)?.available?.value ?? 0);
}

/** Options that the note leaves out keep a ranker from learning single requests by heart. */
function treesOptions(facts: StageFacts, objective: TreesOptions["objective"]): TreesOptions {
  const monotone = Object.entries(facts.monotone ?? {}).map(([name, way]): [string, 1 | -1] => [
    name,
    way === "increasing" ? 1 : -1,
  ]);
  return {
    objective,
    trees: facts.trees ?? 200,
    leaves: facts.leaves ?? 31,
    maxDepth: facts.depth ?? 64,
    learningRate: facts["learning-rate"] ?? 0.05,
    maxBins: facts.bins ?? 255,
    minRowsInLeaf: facts["minimum-rows"] ?? 50,
    rowShare: facts["row-sample"]?.value ?? 1,
    featureShare: facts["feature-sample"]?.value ?? 0.8,
    patience: facts["early-stopping"] ?? 30,
    monotone: Object.fromEntries(monotone),
  };
}

const MMR_DIVERSITY = 0.2;
const SHOWN = 10;

function planReRanking(task: string, facts: StageFacts, ranking: StageFacts | undefined): WrittenAs<ReRankingPlan> {
  const keep = facts.keep?.value ?? SHOWN;
  return {
    task,
    written: facts.name,
    input: ranking === undefined ? CANDIDATES_STAGE : RANKING_STAGE,
    diversity: facts.diversity ?? MMR_DIVERSITY,
    pool: ranking?.keep?.value ?? 5 * keep,
    keep,
  };
}
