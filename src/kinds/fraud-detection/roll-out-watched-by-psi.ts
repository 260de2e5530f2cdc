/** The rollout of a classifier of payments, each step of which watches by PSI whether what it sees has drifted. */

import { type RolloutStagePlan, replayRollout } from "../../steps/6-deploy/rollout/rollout-stage.ts";
import { psi } from "../../steps/7-monitor/drift/psi.ts";
import type { StageContext, StageResult } from "../../system/stage.ts";

export function rollOutWatchedByPsi(plan: RolloutStagePlan, context: StageContext): Promise<StageResult> {
  return replayRollout(plan, context, psi);
}
