/** What features and scores of candidates were in the run's test window: what drift of the service is held against. */

import type { RankedTask } from "../../steps/3-data/ranked-task.ts";
import { listsFromStored } from "../../steps/4-model/train/ranked-lists.ts";
import { rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import { openRankingSet, RANKING_STAGE } from "../../steps/4-model/train/ranking-stage.ts";
import type { TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import type { StageContext } from "../../system/stage.ts";

/** The name under which predictions are watched, as alerts say it: `on: prediction`. */
export const PREDICTION = "prediction";

/** Values kept of each: enough for a PSI that is not noise. */
const MOST_VALUES = 20_000;

/** By name of the declared feature, and `prediction`; empty where nothing is ranked. Evenly spread over the candidates of the window. */
export async function trainingProfile(
  { ranking }: TwoStagePlan,
  task: RankedTask,
  input: StageContext["input"],
): Promise<ReadonlyMap<string, Float64Array>> {
  const profile = new Map<string, Float64Array>();
  if (ranking === undefined) return profile;
  const set = await openRankingSet("test", ranking.sources, input);
  const { features } = rankingRows(set, task, ranking.declarations);
  for (const { name } of ranking.declarations) {
    const column = features.columns.get(name);
    if (column instanceof Float64Array) profile.set(name, thinned(column));
  }
  profile.set(PREDICTION, thinned(listsFromStored((await input(RANKING_STAGE)).arrays, "test").scores));
  return profile;
}

function thinned(values: ArrayLike<number>): Float64Array {
  const step = Math.max(1, Math.ceil(values.length / MOST_VALUES));
  return Float64Array.from({ length: Math.floor(values.length / step) }, (_, at) => values[at * step]);
}
