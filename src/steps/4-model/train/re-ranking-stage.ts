/** The stage that re-orders the ranker's best titles so that they are not all alike. */

import { figure } from "../../../core/figure.ts";
import type { Column } from "../../../core/table.ts";
import { interactionsFromStored } from "../../../kinds/recommendation/interactions.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { cutsFromStored } from "../../3-data/split/time-split-stage.ts";
import {
  type ItemVectors,
  intraListSimilarity,
  maximalMarginalRelevance,
} from "../models/maximal-marginal-relevance.ts";
import { titleAttributes } from "./interaction-matrix.ts";
import { listsFromStored, type RankedLists, rankedTitles, storeLists } from "./ranked-lists.ts";

export const RE_RANKING_STAGE = "re-ranking";

/** `pool` titles of the ranker are considered for the `keep` that are shown. */
export type ReRankingPlan = {
  readonly input: string;
  readonly diversity: number;
  readonly pool: number;
  readonly keep: number;
};

export function reRankingStage({ input, diversity, pool, keep }: ReRankingPlan): Stage {
  return stage({
    name: RE_RANKING_STAGE,
    step: 4,
    title: "re-ranking for diversity",
    inputs: ["interactions", "split", input],
    data: NO_FILES,
    plan: { input, diversity, pool, keep },
    run: reRank,
  });
}

async function reRank(plan: ReRankingPlan, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const vectors = titleAttributes(interactionsFromStored(await input("interactions")));
  const { arrays } = await input(plan.input);
  const lists: Record<string, Column> = {};
  const names = cutsFromStored(await input("split")).sets.map((set) => set.name);
  for (const name of names.filter((one) => !one.startsWith("fold-"))) {
    Object.assign(lists, storeLists(name, diversify(listsFromStored(arrays, name), vectors, plan)));
  }
  const likeness = (of: RankedLists): number => meanSimilarity(of, vectors, plan.keep);
  const note = "mean cosine of genres and decade over the pairs of a list";
  return stageResult({
    arrays: lists,
    figures: [
      figure({
        step: 4,
        name: "intra-list similarity",
        subject: plan.input,
        value: likeness(listsFromStored(arrays, "test")),
        note,
      }),
      figure({
        step: 4,
        name: "intra-list similarity",
        subject: RE_RANKING_STAGE,
        value: likeness(listsFromStored(lists, "test")),
        note,
      }),
    ].filter(({ value }) => Number.isFinite(value)),
  });
}

/** The re-ordered head, then the rest of the list as it was; scores are minus the place. */
export function diversify(
  lists: RankedLists,
  vectors: ItemVectors,
  { diversity, pool, keep }: Pick<ReRankingPlan, "diversity" | "pool" | "keep">,
): RankedLists {
  const items = new Int32Array(lists.items.length);
  const scores = new Float32Array(lists.items.length);
  for (let request = 0; request + 1 < lists.offsets.length; request++) {
    const start = lists.offsets[request];
    const titles = rankedTitles(lists, request);
    const head = maximalMarginalRelevance(
      titles.subarray(0, pool),
      lists.scores.subarray(start, start + pool),
      vectors,
      diversity,
      keep,
    );
    const isShown = new Set(head);
    const order = [...head, ...titles.filter((title) => !isShown.has(title))];
    order.forEach((title, place) => {
      items[start + place] = title;
      scores[start + place] = -place;
    });
  }
  return { offsets: lists.offsets, items, scores };
}

function meanSimilarity(lists: RankedLists, vectors: ItemVectors, keep: number): number {
  const requests = lists.offsets.length - 1;
  let sum = 0;
  let measured = 0;
  for (let request = 0; request < requests; request++) {
    const value = intraListSimilarity(rankedTitles(lists, request).subarray(0, keep), vectors);
    if (Number.isNaN(value)) continue;
    sum += value;
    measured++;
  }
  return sum / measured;
}
