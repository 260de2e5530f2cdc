/** Answers any requests with the trained system, whole: the baseline's lists, the candidates, and the lists that would be shown. */

import { unwrap } from "../../../core/outcome.ts";
import { isJsonObject } from "../../../system/canonical-json.ts";
import type { StageContext } from "../../../system/stage.ts";
import type { RankedTask } from "../../3-data/ranked-task.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import type { StoredRequests } from "../../3-data/split/stored-requests.ts";
import { treesFromFile } from "../../4-model/models/trees-json.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import type { SignalWeights } from "../../4-model/train/interaction-matrix.ts";
import { mergeCandidates } from "../../4-model/train/merge-candidates.ts";
import type { RankedLists } from "../../4-model/train/ranked-lists.ts";
import { rankingRows } from "../../4-model/train/ranking-rows.ts";
import { orderCandidates, RANKING_STAGE } from "../../4-model/train/ranking-stage.ts";
import { diversify } from "../../4-model/train/re-ranking-stage.ts";
import { rankRequests, recommenderFromStored, trainingStageName } from "../../4-model/train/recommender-stage.ts";
import { BASELINE, type TwoStagePlan } from "../../4-model/train/two-stage-plan.ts";

/** Lists of the same requests; items of a request's history are in none of them. */
export interface Answers {
  readonly baseline: RankedLists;
  readonly candidates: RankedLists;
  /** After ranking and re-ranking, as far as the note has them. */
  readonly system: RankedLists;
}

/** What of a system decides about its answers. */
export type AnsweringPlan = Pick<TwoStagePlan, "models" | "candidates" | "ranking" | "reRanking">;

/** The stages whose models are needed. */
export function answeringStages({ models, ranking }: AnsweringPlan): readonly string[] {
  const trained = models.map(({ subject }) => trainingStageName(subject));
  return ranking === undefined ? trained : [...trained, RANKING_STAGE];
}

/** The models are those of the run, trained before the test cut; features see `interactions` up to each request's moment. */
export async function answerRequests(
  plan: AnsweringPlan,
  weights: SignalWeights,
  task: RankedTask,
  requests: StoredRequests,
  input: StageContext["input"],
): Promise<Answers> {
  const { models, candidates: merging, ranking, reRanking } = plan;
  const byStage = new Map<string, RankedLists>();
  for (const { subject, choice } of models) {
    const name = trainingStageName(subject);
    const model = recommenderFromStored(await input(name), choice);
    byStage.set(name, rankRequests(model, task, requests, weights));
  }
  const listsOf = (stage: string): RankedLists => {
    const lists = byStage.get(stage);
    if (lists === undefined) throw new Error(`the system has no lists of ${stage}`);
    return lists;
  };
  const isCold = (request: number): boolean => sharedLength(requests.history, request) === 0;
  const candidates = mergeCandidates(
    listsOf(merging.primary),
    merging.others.map(({ stage, quota }) => ({ lists: listsOf(stage), quota })),
    { keep: merging.keep, cold: listsOf(merging.cold), isCold },
  );
  let system = candidates;
  if (ranking !== undefined) {
    const sources = new Map(ranking.sources.map(({ name, stage }) => [name, listsOf(stage)]));
    const rows = rankingRows({ requests, candidates, sources }, task, ranking.declarations);
    const { json } = await input(RANKING_STAGE);
    const scorer = createTreesScorer(unwrap(treesFromFile(isJsonObject(json) ? json.model : null)));
    system = orderCandidates(scorer.margins, rows, requests.count, isCold);
  }
  if (reRanking !== undefined) system = diversify(system, task.items.vectors, reRanking);
  return { baseline: listsOf(trainingStageName(BASELINE)), candidates, system };
}
