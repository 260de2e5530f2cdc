/** The stage that replays the test window through the serving state, and compares each feature of each test candidate with the batch's, to the last bit. */

import { figure } from "../../core/figure.ts";
import type { FeatureDeclaration } from "../../steps/3-data/features/feature-declaration.ts";
import type { Preferences } from "../../steps/3-data/preferences.ts";
import { cutsFromStored } from "../../steps/3-data/split/stored-requests.ts";
import { CANDIDATES_STAGE } from "../../steps/4-model/train/candidates-stage.ts";
import { rankingRows } from "../../steps/4-model/train/ranking-rows.ts";
import { openRankingSet } from "../../steps/4-model/train/ranking-stage.ts";
import { skewRemarks } from "../../steps/6-deploy/serve/skew-remarks.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { interactionsFromStored, rankedTaskOf } from "./interactions.ts";
import { INTERACTIONS_STAGE } from "./interactions-stage.ts";
import { openOnlineState } from "./online-state.ts";
import { replayRequests } from "./replay-requests.ts";

type RequestSkewPlan = {
  readonly declarations: readonly FeatureDeclaration[];
  readonly preferences: Preferences;
};

export function requestSkewStage(declarations: readonly FeatureDeclaration[], preferences: Preferences): Stage {
  return stage<RequestSkewPlan>({
    name: "skew",
    step: 7,
    title: "replaying the test window through the serving state",
    inputs: [INTERACTIONS_STAGE, "split", CANDIDATES_STAGE],
    data: NO_FILES,
    plan: { declarations, preferences },
    run: replay,
  });
}

async function replay(
  { declarations, preferences }: RequestSkewPlan,
  { input }: Pick<StageContext, "input">,
): Promise<StageResult> {
  const interactions = interactionsFromStored(await input(INTERACTIONS_STAGE));
  const { testStart } = cutsFromStored(await input("split"));
  const set = await openRankingSet("test", [], input);
  const rows = rankingRows(set, rankedTaskOf(interactions), declarations);
  const state = openOnlineState(declarations, interactions, preferences, testStart);
  const { count, differingRows, differingFeatures } = replayRequests(state, interactions, set, rows, testStart);
  return stageResult({
    json: { differing: differingRows, rows: count.requests, share: differingRows / Math.max(1, count.requests) },
    figures: [
      figure({
        step: 7,
        name: "rows with skew",
        subject: "features",
        value: differingRows,
        unit: "rows",
        n: count.requests,
        note: "batch against serving state, to the last bit",
      }),
    ],
    remarks: skewRemarks(
      { differing: differingRows, rows: count.requests, features: differingFeatures },
      "candidates of test requests",
    ),
  });
}
