/** The trained recommender one request at a time, from memory: candidates, ranking and re-ranking as the evaluation made them, and less where time is short. */

import { unwrap } from "../../core/outcome.ts";
import { topK } from "../../core/top-k.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import type { History, Recommender } from "../../steps/4-model/models/recommender.ts";
import { treesFromFile } from "../../steps/4-model/models/trees-json.ts";
import { createTreesScorer } from "../../steps/4-model/models/trees-scorer.ts";
import { mergeItems } from "../../steps/4-model/train/merge-candidates.ts";
import { RANKING_STAGE } from "../../steps/4-model/train/ranking-stage.ts";
import { diversify } from "../../steps/4-model/train/re-ranking-stage.ts";
import { LIST_DEPTH, recommenderFromStored, trainingStageName } from "../../steps/4-model/train/recommender-stage.ts";
import { BASELINE, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import { isJsonObject } from "../../system/canonical-json.ts";
import type { Turn } from "../../system/served-system.ts";
import type { StageContext } from "../../system/stage.ts";
import type { OnlineState } from "./online-state.ts";

/** A list of titles, best first, and what lateness left out of it. */
export interface LiveList {
  readonly titles: readonly number[];
  readonly scores: readonly number[];
  readonly degraded: readonly string[];
}

export interface LiveRecommender {
  /** Stages by the note's names. */
  readonly stages: readonly string[];
  /** The whole system's list. */
  answer(member: number, moment: number, turn: Pick<Turn, "time">): LiveList;
  /** What everything is compared with. */
  baseline(member: number, moment: number, turn: Pick<Turn, "time">): LiveList;
  /** Of each ranked list one candidate, another place each time: what drift is watched on. */
  readonly sample: RankedSample;
}

/** A candidate's features, by the state's names, and its score; NaN before the first. */
export interface RankedSample {
  readonly features: Float64Array;
  score: number;
}

/** Candidates that are ranked between two looks at the clock. */
const RANKED_AT_ONCE = 32;

interface Ordered {
  readonly items: Int32Array;
  readonly scores: Float32Array;
}

interface RankedSource {
  readonly titles: Int32Array;
  readonly scores: Float32Array;
}

export async function openLiveRecommender(
  { models, retrieval, candidates, ranking, reRanking }: TwoStagePlan,
  task: RankedTask,
  state: OnlineState,
  input: StageContext["input"],
): Promise<LiveRecommender> {
  const trained = new Map<string, Recommender>();
  for (const { subject, choice } of models) {
    const name = trainingStageName(subject);
    trained.set(name, recommenderFromStored(await input(name), choice));
  }
  const rank = ranking === undefined ? undefined : await openRanker(ranking, task, state, input);
  const { vectors } = task.items;
  const baselineName = trainingStageName(BASELINE);

  const listOf = (stage: string, history: History): RankedSource => {
    const model = trained.get(stage);
    if (model === undefined) throw new Error(`the system has no model ${stage}`);
    const scores = model.score(history);
    return { titles: topK(scores, LIST_DEPTH, history.indices), scores };
  };
  const baseline = (member: number, moment: number, turn: Pick<Turn, "time">): LiveList => {
    const { history } = state.known(member, moment);
    const { titles, scores } = turn.time(BASELINE, () => listOf(baselineName, history));
    return { titles: [...titles], scores: Array.from(titles, (title) => scores[title]), degraded: [] };
  };

  return {
    stages: [
      retrieval,
      ...(ranking === undefined ? [] : [ranking.written]),
      ...(reRanking === undefined ? [] : [reRanking.written]),
    ],
    sample: rank?.sample ?? { features: new Float64Array(state.names.length).fill(Number.NaN), score: Number.NaN },
    baseline,
    answer(member, moment, turn) {
      const known = state.known(member, moment);
      const isCold = known.deeds === 0 && candidates.cold !== null;
      const lists = new Map<string, RankedSource>();
      const degraded: string[] = [];
      const merged = turn.time(retrieval, (isLate) => {
        const leading = isCold ? (candidates.cold ?? "") : candidates.primary;
        if (isLate()) return undefined;
        for (const stage of new Set([leading, ...trained.keys()])) {
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
        return { ...baseline(member, moment, turn), degraded: [`${retrieval}: ${BASELINE} instead`] };
      }
      let ordered: Ordered = {
        items: Int32Array.from(merged),
        scores: Float32Array.from(merged, (_, place) => -place),
      };
      // Without any history there is nothing to rank by: the cold-start source's order stands.
      if (rank !== undefined && ranking !== undefined && !(ranking.hasColdStart && known.deeds === 0)) {
        const inOrder = turn.time(ranking.written, (isLate) =>
          rank.order({ member, moment, deeds: known.deeds, titles: merged, lists, isLate }),
        );
        if (inOrder === undefined) degraded.push(`${ranking.written}: order of the candidates`);
        else ordered = inOrder;
      }
      const scoreOf = new Map(Array.from(ordered.items, (title, at) => [title, ordered.scores[at]]));
      if (reRanking !== undefined) {
        ordered = turn.time(reRanking.written, (isLate) => {
          if (!isLate())
            return diversify({ offsets: Int32Array.of(0, ordered.items.length), ...ordered }, vectors, reRanking);
          degraded.push(`${reRanking.written}: left out`);
          return ordered;
        });
      }
      return {
        titles: [...ordered.items],
        scores: Array.from(ordered.items, (title) => scoreOf.get(title) ?? 0),
        degraded,
      };
    },
  };
}

interface RankingQuestion {
  readonly member: number;
  readonly moment: number;
  readonly deeds: number;
  readonly titles: readonly number[];
  readonly lists: ReadonlyMap<string, RankedSource>;
  readonly isLate: () => boolean;
}

interface Ranker {
  readonly sample: RankedSample;
  /** Undefined where the time was over before every candidate had its score. */
  order(question: RankingQuestion): Ordered | undefined;
}

async function openRanker(
  { sources }: NonNullable<TwoStagePlan["ranking"]>,
  task: RankedTask,
  state: OnlineState,
  input: StageContext["input"],
): Promise<Ranker> {
  const { json } = await input(RANKING_STAGE);
  const model = unwrap(treesFromFile(isJsonObject(json) ? json.model : null));
  const scorer = createTreesScorer(model);
  const read = new Float64Array(state.names.length);
  const sample: RankedSample = { features: new Float64Array(state.names.length).fill(Number.NaN), score: Number.NaN };
  let lists = 0;
  const width = model.features.length;
  const slot = new Map(model.features.map(({ name }, at) => [name, at]));
  const declared = state.names.map((name) => slot.get(name) ?? -1);
  const ofSources = sources.map(({ name, stage }) => ({
    stage,
    score: slot.get(`${name}_score`) ?? -1,
    place: slot.get(`${name}_place`) ?? -1,
  }));
  const deedsAt = slot.get(`history_${task.words.items}`) ?? -1;
  return {
    sample,
    order({ member, moment, deeds, titles, lists: bySource, isLate }) {
      const places = ofSources.map(({ stage }) => {
        const list = bySource.get(stage);
        return { list, at: new Map(Array.from(list?.titles ?? [], (title, place) => [title, place])) };
      });
      const margins = new Float64Array(titles.length);
      const sampled = lists++ % Math.max(1, titles.length);
      for (let from = 0; from < titles.length; from += RANKED_AT_ONCE) {
        if (isLate()) return undefined;
        const until = Math.min(from + RANKED_AT_ONCE, titles.length);
        const rows = new Float64Array((until - from) * width).fill(Number.NaN);
        for (let row = from; row < until; row++) {
          const start = (row - from) * width;
          state.read(member, titles[row], moment, read);
          if (row === sampled) sample.features.set(read);
          for (let at = 0; at < declared.length; at++) if (declared[at] >= 0) rows[start + declared[at]] = read[at];
          if (deedsAt >= 0) rows[start + deedsAt] = deeds;
          for (let at = 0; at < ofSources.length; at++) {
            const place = places[at].at.get(titles[row]);
            if (place === undefined) continue;
            if (ofSources[at].place >= 0) rows[start + ofSources[at].place] = place;
            if (ofSources[at].score >= 0)
              rows[start + ofSources[at].score] = places[at].list?.scores[titles[row]] ?? Number.NaN;
          }
        }
        margins.set(scorer.marginsOf(rows), from);
      }
      if (titles.length > 0) sample.score = margins[sampled];
      const order = Int32Array.from(titles, (_, at) => at).sort((a, b) => margins[b] - margins[a] || a - b);
      return {
        items: order.map((at) => titles[at]),
        scores: Float32Array.from(order, (at) => margins[at]),
      };
    },
  };
}
