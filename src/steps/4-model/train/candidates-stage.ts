/** The stage that finds candidates: several first-stage models, merged with quotas, for every request. */

import type { Column } from "../../../core/table.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import { cutsFromStored, requestsFromStored } from "../../3-data/split/stored-requests.ts";
import { mergeCandidates } from "./merge-candidates.ts";
import { listsFromStored, storeLists } from "./ranked-lists.ts";

/** Where candidates come from: training stages by name. */
export type CandidatePlan = {
  readonly primary: string;
  readonly others: readonly { readonly stage: string; readonly quota: number }[];
  /** The training stage that serves units without history. */
  readonly cold: string;
  readonly keep: number;
};

export const CANDIDATES_STAGE = "candidates";

export function candidatesStage(plan: CandidatePlan): Stage {
  const stages = [plan.primary, ...plan.others.map((one) => one.stage), plan.cold];
  return stage({
    name: CANDIDATES_STAGE,
    step: 4,
    title: "merging candidates",
    inputs: ["split", ...new Set(stages)],
    data: NO_FILES,
    plan,
    run: mergeSources,
  });
}

async function mergeSources(
  { primary, others, cold, keep }: CandidatePlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const split = await input("split");
  const lists: Record<string, Column> = {};
  for (const { name } of cutsFromStored(split).sets) {
    const of = async (stageName: string) => listsFromStored((await input(stageName)).arrays, name);
    const { history } = requestsFromStored(split, name);
    const merged = mergeCandidates(
      await of(primary),
      await Promise.all(others.map(async (one) => ({ lists: await of(one.stage), quota: one.quota }))),
      {
        keep,
        cold: await of(cold),
        isCold: (request) => sharedLength(history, request) === 0,
      },
    );
    Object.assign(lists, storeLists(name, merged));
  }
  return stageResult({ arrays: lists });
}
