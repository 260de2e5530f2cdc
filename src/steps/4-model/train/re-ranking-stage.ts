/** The stage that re-orders the ranker's best items so that they are not all alike. */

import { figure } from "../../../core/figure.ts";
import type { Column } from "../../../core/table.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { ItemVectors } from "../../3-data/ranked-task.ts";
import { rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { cutsFromStored } from "../../3-data/split/stored-requests.ts";
import { intraListSimilarity, maximalMarginalRelevance } from "../models/maximal-marginal-relevance.ts";
import { listsFromStored, type RankedLists, rankedItems, storeLists } from "./ranked-lists.ts";

export const RE_RANKING_STAGE = "re-ranking";

/** `pool` items of the ranker are considered for the `keep` that are shown. */
export type ReRankingPlan = {
  /** The stage that stored the ranked task. */
  readonly task: string;
  readonly input: string;
  readonly diversity: number;
  readonly pool: number;
  readonly keep: number;
};

export function reRankingStage({ task, input, diversity, pool, keep }: ReRankingPlan): Stage {
  return stage({
    name: RE_RANKING_STAGE,
    step: 4,
    title: "re-ranking for diversity",
    inputs: [task, "split", input],
    data: NO_FILES,
    plan: { task, input, diversity, pool, keep },
    run: reRank,
  });
}

async function reRank(plan: ReRankingPlan, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const { items, words } = rankedTaskFromStored(await input(plan.task));
  const { vectors } = items;
  const { arrays } = await input(plan.input);
  const lists: Record<string, Column> = {};
  const names = cutsFromStored(await input("split")).sets.map((set) => set.name);
  for (const name of names.filter((one) => !one.startsWith("fold-"))) {
    Object.assign(lists, storeLists(name, diversify(listsFromStored(arrays, name), vectors, plan)));
  }
  const likeness = (of: RankedLists): number => meanSimilarity(of, vectors, plan.keep);
  if (vectors.width === 0)
    return stageResult({
      arrays: lists,
      remarks: [
        {
          kind: "warning",
          text: `The data says nothing of the ${words.items} (${words.vectors}) by which two could be alike: the lists stay in the order in which they came.`,
        },
      ],
    });
  const note = `mean cosine of ${words.vectors} over the pairs of a list`;
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

type Diversity = Pick<ReRankingPlan, "diversity" | "pool" | "keep">;

/** The re-ordered head, then the rest of the list as it was; scores are minus the place. */
export function diversify(lists: RankedLists, vectors: ItemVectors, plan: Diversity): RankedLists {
  const items = new Int32Array(lists.items.length);
  const scores = new Float32Array(lists.items.length);
  for (let request = 0; request + 1 < lists.offsets.length; request++) {
    const [start, end] = [lists.offsets[request], lists.offsets[request + 1]];
    const order = diverseOrder(rankedItems(lists, request), lists.scores.subarray(start, end), vectors, plan);
    for (let place = 0; place < order.length; place++) {
      items[start + place] = order[place];
      scores[start + place] = -place;
    }
  }
  return { offsets: lists.offsets, items, scores };
}

/** The same of one list, of which `most` items are wanted: no more than the pool has to be given for as many as are kept. */
export function diverseOrder(
  ranked: Int32Array,
  scores: Float32Array,
  vectors: ItemVectors,
  { diversity, pool, keep }: Diversity,
  most = ranked.length,
): Int32Array {
  const head = maximalMarginalRelevance(ranked.subarray(0, pool), scores.subarray(0, pool), vectors, diversity, keep);
  if (most <= head.length) return head.subarray(0, most);
  const isShown = new Set(head);
  return Int32Array.of(...head, ...ranked.filter((item) => !isShown.has(item))).subarray(0, most);
}

function meanSimilarity(lists: RankedLists, vectors: ItemVectors, keep: number): number {
  const requests = lists.offsets.length - 1;
  let sum = 0;
  let measured = 0;
  for (let request = 0; request < requests; request++) {
    const value = intraListSimilarity(rankedItems(lists, request).subarray(0, keep), vectors);
    if (Number.isNaN(value)) continue;
    sum += value;
    measured++;
  }
  return sum / measured;
}
