/** The serving path of a fraud decision: features out of the state, then trees, calibration, threshold and reasons. Each step is timed apart. */

import { decidingTrees } from "../../steps/5-evaluate/protocols/deciding-model.ts";
import {
  measureServing,
  type ServingPath,
  type ServingPathSource,
  type ServingPlan,
} from "../../steps/6-deploy/serve/serving-latency-stage.ts";
import type { StageContext, StageResult } from "../../system/stage.ts";
import { openPaymentJudge } from "./payment-judge.ts";
import { openServedPayments, paymentAt, type ServedPlan, servedInputs } from "./served-payments.ts";
import { openServedDecider, SERVED_STATE_STAGE } from "./served-state-stage.ts";

export function paymentPath(plan: ServedPlan): ServingPathSource<ServedPlan> {
  return { inputs: [...servedInputs(plan), SERVED_STATE_STAGE], path: plan, run: servePayments };
}

async function servePayments(plan: ServingPlan<ServedPlan>, context: StageContext): Promise<StageResult> {
  return measureServing(plan, context, openPaymentPath);
}

async function openPaymentPath(plan: ServedPlan, input: StageContext["input"]): Promise<ServingPath> {
  const { transactions, final, parts } = await openServedPayments(plan, input);
  const { state } = await openServedDecider(parts, input);
  const features = new Float64Array(state.names.length);
  const judge = parts.model === undefined ? undefined : openPaymentJudge(parts.model, state.names);
  return {
    requests: final.test.length,
    steps: [
      { name: "features", serve: (at) => void state.read(paymentAt(transactions, final.test[at]), features) },
      { name: decidingTrees(plan).subject, serve: () => void judge?.(features) },
    ],
  };
}
