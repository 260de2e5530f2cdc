/** The serving path of a ranked task: every source's candidates, merged; features and trees; re-ranking. Each step is timed apart. */

import { unwrap } from "../../../core/outcome.ts";
import { topK } from "../../../core/top-k.ts";
import type { StageContext, StageResult } from "../../../system/stage.ts";
import { type RankedTask, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { rowStarts, sharedListAt } from "../../3-data/row-lists.ts";
import { requestsFromStored } from "../../3-data/split/stored-requests.ts";
import { maximalMarginalRelevance } from "../../4-model/models/maximal-marginal-relevance.ts";
import type { History, Recommender } from "../../4-model/models/recommender.ts";
import { treesFromFile } from "../../4-model/models/trees-json.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { CANDIDATES_STAGE } from "../../4-model/train/candidates-stage.ts";
import { createHistories } from "../../4-model/train/interaction-matrix.ts";
import { mergeItems } from "../../4-model/train/merge-candidates.ts";
import { listsFromStored, rankedItems } from "../../4-model/train/ranked-lists.ts";
import type { RankedSource } from "../../4-model/train/ranked-source.ts";
import { rankingRows } from "../../4-model/train/ranking-rows.ts";
import { openRankingSet, RANKING_STAGE } from "../../4-model/train/ranking-stage.ts";
import { LIST_DEPTH, recommenderFromStored, trainingStageName } from "../../4-model/train/recommender-stage.ts";
import type { TwoStagePlan } from "../../4-model/train/two-stage-plan.ts";
import {
  measureServing,
  type ServingPath,
  type ServingPathSource,
  type ServingPlan,
  type ServingStep,
} from "./serving-latency-stage.ts";

type Input = StageContext["input"];

/** All that decides about the path of a request. */
export interface TwoStagePath {
  readonly system: Pick<TwoStagePlan, "models" | "retrieval" | "candidates" | "ranking" | "reRanking">;
  readonly source: RankedSource;
}

export function twoStagePath(system: TwoStagePlan, source: RankedSource): ServingPathSource<TwoStagePath> {
  const { models, retrieval, candidates, ranking, reRanking } = system;
  const trained = models.map(({ subject }) => trainingStageName(subject));
  return {
    inputs: [source.task, "split", CANDIDATES_STAGE, ...trained, ...(ranking === undefined ? [] : [RANKING_STAGE])],
    path: { system: { models, retrieval, candidates, ranking, reRanking }, source },
    run: serveTwoStages,
  };
}

async function serveTwoStages(plan: ServingPlan<TwoStagePath>, context: StageContext): Promise<StageResult> {
  return measureServing(plan, context, openTwoStages);
}

async function openTwoStages({ system, source }: TwoStagePath, input: Input): Promise<ServingPath> {
  const { ranking, reRanking } = system;
  const task = rankedTaskFromStored(await input(source.task));
  const requests = requestsFromStored(await input("split"), "test");
  const historyOf = createHistories(task, source.weights);
  const histories = Array.from({ length: requests.count }, (_, i) => historyOf(sharedListAt(requests.history, i)));
  const steps = [await openCandidates(system, histories, input)];
  if (ranking !== undefined) steps.push(await openRanking(ranking, task, input));
  if (reRanking !== undefined) steps.push(await openReRanking(reRanking, task, input));
  return { requests: requests.count, steps };
}

async function openCandidates(
  { models, candidates, retrieval }: TwoStagePath["system"],
  histories: readonly History[],
  input: Input,
): Promise<ServingStep> {
  const byStage = new Map<string, Recommender>();
  for (const { subject, choice } of models) {
    const name = trainingStageName(subject);
    byStage.set(name, recommenderFromStored(await input(name), choice));
  }
  const itemsOf = (stageName: string, history: History): Int32Array => {
    const model = byStage.get(stageName);
    return model === undefined ? new Int32Array(0) : topK(model.score(history), LIST_DEPTH, history.indices);
  };
  return {
    name: retrieval,
    serve(request) {
      const history = histories[request];
      const leading = itemsOf(history.indices.length === 0 ? candidates.cold : candidates.primary, history);
      mergeItems(
        leading,
        candidates.others.map(({ stage, quota }) => ({ items: itemsOf(stage, history), quota })),
        candidates.keep,
      );
    },
  };
}

/** Features of the candidates are read from memory, as from a feature store in the same process; then trees score and a sort orders. */
async function openRanking(
  ranking: NonNullable<TwoStagePlan["ranking"]>,
  task: RankedTask,
  input: Input,
): Promise<ServingStep> {
  const set = await openRankingSet("test", ranking.sources, input);
  const { request, features } = rankingRows(set, task, ranking.declarations);
  const { json } = await input(RANKING_STAGE);
  const model = unwrap(treesFromFile(typeof json === "object" && json !== null && "model" in json ? json.model : null));
  const scorer = createTreesScorer(model);
  const columns = model.features.map(({ name }) => features.columns.get(name) ?? []);
  const starts = rowStarts(request, set.requests.count);
  return {
    name: ranking.written,
    serve(one) {
      const rows = starts[one + 1] - starts[one];
      const batch = new Float64Array(rows * columns.length);
      columns.forEach((column, feature) => {
        for (let row = 0; row < rows; row++) batch[row * columns.length + feature] = Number(column[starts[one] + row]);
      });
      topK(scorer.marginsOf(batch), rows);
    },
  };
}

async function openReRanking(
  plan: NonNullable<TwoStagePlan["reRanking"]>,
  task: RankedTask,
  input: Input,
): Promise<ServingStep> {
  const lists = listsFromStored((await input(plan.input)).arrays, "test");
  const vectors = task.items.vectors;
  return {
    name: plan.written,
    serve(request) {
      const start = lists.offsets[request];
      const items = rankedItems(lists, request).subarray(0, plan.pool);
      maximalMarginalRelevance(
        items,
        lists.scores.subarray(start, start + plan.pool),
        vectors,
        plan.diversity,
        plan.keep,
      );
    },
  };
}
