/** The stage that tells the serving state what happened before the test days, once for all that serve them. */

import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { createPaymentDecider, type PaymentDeciderParts, type RestorableDecider } from "./payment-decision.ts";
import { catchUp, openServedPayments, type ServedPlan, servedInputs } from "./served-payments.ts";

export const SERVED_STATE_STAGE = "served-state";

export function servedStateStage(plan: ServedPlan): Stage {
  return stage({
    name: SERVED_STATE_STAGE,
    step: 6,
    title: "telling the serving state what happened before the test days",
    inputs: servedInputs(plan),
    data: NO_FILES,
    plan,
    run: tellState,
  });
}

async function tellState(plan: ServedPlan, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const { parts, transactions, final } = await openServedPayments(plan, input);
  const decider = createPaymentDecider(parts);
  catchUp(decider.state, plan.declarations, transactions, final.test[0]);
  return stageResult({ arrays: { snapshot: decider.save() } });
}

/** A decider at the beginning of the test days, or an empty one for another snapshot. Throws where the stage stored something else. */
export async function openServedDecider(
  parts: PaymentDeciderParts,
  input: StageContext["input"],
  isBlank = false,
): Promise<RestorableDecider> {
  const { snapshot } = (await input(SERVED_STATE_STAGE)).arrays;
  if (!(snapshot instanceof Uint8Array)) throw new Error("no snapshot of the serving state");
  const decider = createPaymentDecider(parts);
  if (!isBlank) decider.restore(snapshot);
  return decider;
}
