/** The trained ranker over the candidates of one request: their features out of the live state, and the trees' margins. */

import { unwrap } from "../../core/outcome.ts";
import { topK } from "../../core/top-k.ts";
import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { treesFromFile } from "../../steps/4-model/models/trees-json.ts";
import type { TreesModel } from "../../steps/4-model/models/trees-model.ts";
import { createTreesScorer } from "../../steps/4-model/models/trees-scorer.ts";
import { RANKING_STAGE } from "../../steps/4-model/train/ranking-stage.ts";
import type { TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import { isJsonObject } from "../../system/canonical-json.ts";
import type { StageContext } from "../../system/stage.ts";
import type { OnlineState } from "./online-state.ts";

/** A first-stage model's list for a request, best first, with its scores. */
export interface RankedSource {
  readonly titles: Int32Array;
  readonly scores: Float32Array;
}

export interface RankingQuestion {
  readonly member: number;
  readonly moment: number;
  readonly deeds: number;
  readonly titles: readonly number[];
  readonly lists: ReadonlyMap<string, RankedSource>;
  readonly isLate: () => boolean;
}

export interface LiveRanker {
  readonly sample: RankedSample;
  /** First-stage models whose place or score some tree asks for. */
  readonly needs: ReadonlySet<string>;
  /** The best `most`, best first; undefined where the time was over before every candidate had its score. */
  order(
    question: RankingQuestion,
    most: number,
  ): { readonly items: Int32Array; readonly scores: Float32Array } | undefined;
}

/** A candidate's features, by the state's names, and its score; NaN before the first. */
export interface RankedSample {
  readonly features: Float64Array;
  score: number;
}

/** Candidates whose features are read between two looks at the clock. */
const READ_AT_ONCE = 64;
const ABSENT = -1;

export async function openLiveRanker(
  { sources }: NonNullable<TwoStagePlan["ranking"]>,
  task: RankedTask,
  state: OnlineState,
  input: StageContext["input"],
): Promise<LiveRanker> {
  const { json } = await input(RANKING_STAGE);
  const model = unwrap(treesFromFile(isJsonObject(json) ? json.model : null));
  const scorer = createTreesScorer(model);
  const read = new Float64Array(READ_AT_ONCE * state.names.length);
  const sample: RankedSample = { features: new Float64Array(state.names.length).fill(Number.NaN), score: Number.NaN };
  let lists = 0;
  const width = model.features.length;
  const slot = new Map(model.features.map(({ name }, at) => [name, at]));
  const slotOf = (name: string): number => slot.get(name) ?? ABSENT;
  const declared = Int32Array.from(state.names, slotOf);
  const deedsAt = slotOf(`history_${task.words.items}`);
  const asked = splitFeatures(model);
  const ofSources = sources
    .map(({ name, stage }) => ({ stage, score: slotOf(`${name}_score`), place: slotOf(`${name}_place`) }))
    .filter(({ score, place }) => asked.has(score) || asked.has(place));
  /** The row of each title among the candidates of the request in hand; absent between two requests. */
  const rowOf = new Int32Array(task.items.count).fill(ABSENT);
  let rows = new Float64Array(0);

  /** Where the sources list the candidates, and with what scores. */
  const placeAll = ({ titles, lists: bySource }: RankingQuestion): void => {
    for (let row = 0; row < titles.length; row++) rowOf[titles[row]] = row;
    for (const { stage, score, place } of ofSources) {
      const listed = bySource.get(stage);
      if (listed === undefined) continue;
      for (let at = 0; at < listed.titles.length; at++) {
        const row = rowOf[listed.titles[at]];
        if (row === ABSENT) continue;
        if (place >= 0) rows[row * width + place] = at;
        if (score >= 0) rows[row * width + score] = listed.scores[at];
      }
    }
    for (let row = 0; row < titles.length; row++) rowOf[titles[row]] = ABSENT;
  };
  const marginsOf = (question: RankingQuestion, sampled: number): Float64Array | undefined => {
    const { member, moment, deeds, titles } = question;
    const count = titles.length;
    if (rows.length < count * width) rows = new Float64Array(count * width);
    rows.fill(Number.NaN, 0, count * width);
    placeAll(question);
    for (let from = 0; from < count; from += READ_AT_ONCE) {
      if (question.isLate()) return undefined;
      const until = Math.min(from + READ_AT_ONCE, count);
      state.read(member, titles, from, until, moment, read);
      for (let row = from, value = 0; row < until; row++) {
        const start = row * width;
        for (let at = 0; at < declared.length; at++, value++)
          if (declared[at] >= 0) rows[start + declared[at]] = read[value];
        if (deedsAt >= 0) rows[start + deedsAt] = deeds;
      }
      if (from <= sampled && sampled < until) {
        const start = (sampled - from) * declared.length;
        sample.features.set(read.subarray(start, start + declared.length));
      }
    }
    if (question.isLate()) return undefined;
    // All at once: the more rows, the less the trees take of each.
    return scorer.marginsOf(rows.subarray(0, count * width));
  };
  return {
    sample,
    needs: new Set(ofSources.map(({ stage }) => stage)),
    order(question, most) {
      const { titles } = question;
      const sampled = lists++ % Math.max(1, titles.length);
      const margins = marginsOf(question, sampled);
      if (margins === undefined) return undefined;
      if (titles.length > 0) sample.score = margins[sampled];
      const order = topK(margins, most);
      const items = new Int32Array(order.length);
      const scores = new Float32Array(order.length);
      for (let place = 0; place < order.length; place++) {
        items[place] = titles[order[place]];
        scores[place] = margins[order[place]];
      }
      return { items, scores };
    },
  };
}

/** Features that some tree splits on. */
function splitFeatures({ trees }: TreesModel): ReadonlySet<number> {
  return new Set(trees.flatMap(({ feature }) => [...feature]).filter((one) => one >= 0));
}
