/** The trained ranker over the candidates of one request: their features out of the live state, and the trees' margins. */

import { unwrap } from "../../core/outcome.ts";
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
  /** Best first; undefined where the time was over before every candidate had its score. */
  order(question: RankingQuestion): { readonly items: Int32Array; readonly scores: Float32Array } | undefined;
}

/** A candidate's features, by the state's names, and its score; NaN before the first. */
export interface RankedSample {
  readonly features: Float64Array;
  score: number;
}

/** Candidates that are ranked between two looks at the clock. */
const RANKED_AT_ONCE = 32;
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
  const read = new Float64Array(state.names.length);
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
    .filter(({ score, place }) => asked.has(score) || asked.has(place))
    // The place of each title in the source's list; absent between two requests.
    .map((one) => ({ ...one, places: new Int32Array(task.items.count).fill(ABSENT) }));
  const chunk = new Float64Array(RANKED_AT_ONCE * width);

  /** Of each source the scores of its list for the request in hand. */
  const scoresOf: (Float32Array | undefined)[] = [];

  const fill = ({ member, titles, moment, deeds }: RankingQuestion, row: number, start: number) => {
    const title = titles[row];
    state.read(member, title, moment, read);
    for (let at = 0; at < declared.length; at++) if (declared[at] >= 0) chunk[start + declared[at]] = read[at];
    if (deedsAt >= 0) chunk[start + deedsAt] = deeds;
    for (let source = 0; source < ofSources.length; source++) {
      const { score, place, places } = ofSources[source];
      const at = places[title];
      if (at === ABSENT) continue;
      if (place >= 0) chunk[start + place] = at;
      if (score >= 0) chunk[start + score] = scoresOf[source]?.[at] ?? Number.NaN;
    }
  };
  const marginsOf = (question: RankingQuestion, sampled: number): Float64Array | undefined => {
    const count = question.titles.length;
    const margins = new Float64Array(count);
    for (let from = 0; from < count; from += RANKED_AT_ONCE) {
      if (question.isLate()) return undefined;
      const until = Math.min(from + RANKED_AT_ONCE, count);
      chunk.fill(Number.NaN);
      for (let row = from; row < until; row++) {
        fill(question, row, (row - from) * width);
        if (row === sampled) sample.features.set(read);
      }
      margins.set(scorer.marginsOf(chunk.subarray(0, (until - from) * width)), from);
    }
    return margins;
  };
  return {
    sample,
    needs: new Set(ofSources.map(({ stage }) => stage)),
    order(question) {
      const { titles, lists: bySource } = question;
      for (const [source, { stage, places }] of ofSources.entries()) {
        const listed = bySource.get(stage);
        scoresOf[source] = listed?.scores;
        const asked = listed?.titles ?? [];
        for (let place = 0; place < asked.length; place++) places[asked[place]] = place;
      }
      const sampled = lists++ % Math.max(1, titles.length);
      const margins = marginsOf(question, sampled);
      for (const { stage, places } of ofSources) {
        const asked = bySource.get(stage)?.titles ?? [];
        for (let place = 0; place < asked.length; place++) places[asked[place]] = ABSENT;
      }
      if (margins === undefined) return undefined;
      if (titles.length > 0) sample.score = margins[sampled];
      const order = new Int32Array(titles.length);
      for (let at = 0; at < order.length; at++) order[at] = at;
      order.sort((a, b) => margins[b] - margins[a] || a - b);
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
