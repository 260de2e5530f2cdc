/** The trained recommender one request at a time, from memory: candidates, ranking and re-ranking as the evaluation made them, and less where time is short. */

import { createTopOfRow } from "../../kernels/top-of-row.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import type { History, Recommender } from "../../steps/4-model/models/recommender.ts";
import { mergeItems } from "../../steps/4-model/train/merge-candidates.ts";
import { createAlikeRanking } from "../../steps/4-model/train/rank-alike.ts";
import { diverseOrder } from "../../steps/4-model/train/re-ranking-stage.ts";
import { LIST_DEPTH, recommenderFromStored, trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { BASELINE, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import type { Turn } from "../../system/served-system.ts";
import type { StageContext } from "../../system/stage.ts";
import { openLiveRanker, type RankedSample, type RankedSource } from "./live-ranker.ts";
import type { OnlineState } from "./online-state.ts";

/** A list of titles, best first, and what lateness left out of it. */
export interface LiveList {
  readonly titles: readonly number[];
  readonly scores: readonly number[];
  /** Whether the member had done anything before the moment. */
  readonly isKnown: boolean;
  readonly degraded: readonly string[];
}

export interface LiveRecommender {
  /** Stages by the note's names. */
  readonly stages: readonly string[];
  /** The whole system's list, at most `limit` titles. */
  answer(member: number, moment: number, turn: Pick<Turn, "time">, limit: number): LiveList;
  /** What everything is compared with. */
  baseline(member: number, moment: number, turn: Pick<Turn, "time">, limit: number): LiveList;
  /** Of each ranked list one candidate, another place each time: what drift is watched on. */
  readonly sample: RankedSample;
}

interface Ordered {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

const NOTHING: History = { indices: new Int32Array(0), values: new Float32Array(0) };

export async function openLiveRecommender(
  { models, retrieval, candidates, ranking, reRanking }: TwoStagePlan,
  task: RankedTask,
  state: OnlineState,
  input: StageContext["input"],
): Promise<LiveRecommender> {
  const trained = new Map<string, Recommender>();
  /** Lists of those that score alike for everybody. */
  const alike = new Map<string, (skip: ArrayLike<number>) => Int32Array>();
  for (const { subject, choice } of models) {
    const name = trainingStageName(subject);
    const model = recommenderFromStored(await input(name), choice);
    trained.set(name, model);
    if (model.alike) alike.set(name, createAlikeRanking(model.score(NOTHING), LIST_DEPTH));
  }
  const rank = ranking === undefined ? undefined : await openLiveRanker(ranking, task, state, input);
  const { vectors } = task.items;
  const baselineName = trainingStageName(BASELINE);
  const top = createTopOfRow(task.items.count, LIST_DEPTH);
  /** Of every request; one that nothing asks for is not scored. */
  const sources = new Set([candidates.primary, ...candidates.others.map(({ stage }) => stage), ...(rank?.needs ?? [])]);

  /** What each model lists for a history; gone with the history. */
  const listed = new WeakMap<History, Map<string, RankedSource>>();
  const listOf = (stage: string, history: History): RankedSource => {
    const model = trained.get(stage);
    if (model === undefined) throw new Error(`the system has no model ${stage}`);
    const lists = listed.get(history) ?? new Map<string, RankedSource>();
    listed.set(history, lists);
    const known = lists.get(stage);
    if (known !== undefined) return known;
    const all = model.score(history, true);
    const titles = alike.get(stage)?.(history.indices) ?? top.best(all, history.indices);
    const scores = new Float32Array(titles.length);
    for (let place = 0; place < titles.length; place++) scores[place] = all[titles[place]];
    const made = { titles, scores };
    lists.set(stage, made);
    return made;
  };
  const baseline: LiveRecommender["baseline"] = (member, moment, turn, limit) => {
    const { history, deeds } = state.known(member, moment);
    const { titles, scores } = turn.time(BASELINE, () => listOf(baselineName, history));
    const shown = titles.subarray(0, limit);
    return { titles: [...shown], scores: [...scores.subarray(0, limit)], isKnown: deeds > 0, degraded: [] };
  };

  return {
    stages: [
      retrieval,
      ...(ranking === undefined ? [] : [ranking.written]),
      ...(reRanking === undefined ? [] : [reRanking.written]),
    ],
    sample: rank?.sample ?? { features: new Float64Array(state.names.length).fill(Number.NaN), score: Number.NaN },
    baseline,
    answer(member, moment, turn, limit) {
      const known = state.known(member, moment);
      const isKnown = known.deeds > 0;
      const lists = new Map<string, RankedSource>();
      const degraded: string[] = [];
      const merged = turn.time(retrieval, (isLate) => {
        const leading = isKnown ? candidates.primary : candidates.cold;
        if (isLate()) return undefined;
        for (const stage of new Set([leading, ...sources])) {
          if (stage !== leading && isLate()) {
            degraded.push(`${retrieval}: fewer sources`);
            break;
          }
          lists.set(stage, listOf(stage, known.history));
        }
        const titlesOf = (stage: string): ArrayLike<number> => lists.get(stage)?.titles ?? [];
        return mergeItems(
          titlesOf(leading),
          candidates.others.map(({ stage, quota }) => ({ items: titlesOf(stage), quota })),
          candidates.keep,
        );
      });
      if (merged === undefined) {
        return { ...baseline(member, moment, turn, limit), degraded: [`${retrieval}: ${BASELINE} instead`] };
      }
      // Re-ranking reads the head of the list, and nobody what lies behind what is shown.
      const most = Math.max(limit, reRanking?.pool ?? 0);
      let ordered: Ordered | undefined;
      // Without any history there is nothing to rank by: the cold-start source's order stands.
      if (rank !== undefined && ranking !== undefined && isKnown) {
        const inOrder = turn.time(ranking.written, (isLate) =>
          rank.order({ member, moment, deeds: known.deeds, titles: merged, lists, isLate }, most),
        );
        if (inOrder === undefined) degraded.push(`${ranking.written}: order of the candidates`);
        else ordered = inOrder;
      }
      const ranked = ordered ?? { items: Int32Array.from(merged), scores: Float32Array.from(merged, (_, at) => -at) };
      const { items, scores } = ranked;
      let last = items;
      if (reRanking !== undefined) {
        last = turn.time(reRanking.written, (isLate) => {
          if (!isLate()) return diverseOrder(items, scores, vectors, reRanking, limit);
          degraded.push(`${reRanking.written}: left out`);
          return items;
        });
      }
      const shown = last.subarray(0, limit);
      // Re-ranking changes the order and leaves each title the score that it was given.
      const shownScores = Array.from(shown, (title) => scores[items.indexOf(title)]);
      return { titles: [...shown], scores: shownScores, isKnown, degraded };
    },
  };
}
