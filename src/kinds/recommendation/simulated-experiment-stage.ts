/** The stage that tries the system against the baseline on simulated members, and sets what came of it beside what offline foretold. */

import { DAY } from "../../core/day.ts";
import { everyUnitAt } from "../../steps/3-data/split/every-unit.ts";
import type { SignalWeights } from "../../steps/4-model/train/interaction-matrix.ts";
import { storeLists } from "../../steps/4-model/train/ranked-lists.ts";
import { BASELINE, type TwoStagePlan } from "../../steps/4-model/train/two-stage-plan.ts";
import { momentsOf } from "../../steps/5-evaluate/protocols/moments.ts";
import { keptValues } from "../../steps/5-evaluate/protocols/pair-evaluations.ts";
import { parseArmShares } from "../../steps/6-deploy/experiment/arm-shares.ts";
import { pairedMomentsOf } from "../../steps/6-deploy/experiment/paired-moments.ts";
import { type RelativeLift, relativeLift } from "../../steps/6-deploy/experiment/relative-lift.ts";
import type { DeployFacts } from "../../steps/6-deploy/schema.ts";
import { type AnsweringPlan, answeringStages, answerRequests } from "../../steps/6-deploy/serve/answer-requests.ts";
import { EVALUATION_STAGE, evaluationIn } from "../../system/evaluation.ts";
import { NO_FILES, type Stage, type StageContext, type StageResult, stage, stageResult } from "../../system/stage.ts";
import { interactionsFromStored, rankedTaskOf } from "./interactions.ts";
import { worldFromStored } from "./interactions-stage.ts";
import { runTrial } from "./simulated-experiment.ts";
import { describeTrial, type OfflineGain } from "./simulated-experiment-report.ts";

interface TrialPlan {
  readonly system: AnsweringPlan;
  readonly weights: SignalWeights;
  readonly subject: string;
  readonly days: number;
  readonly shares: readonly [number, number];
}

const DAYS = 14;

/** Its result also keeps the lists of every member at the end of the history: `baseline`, `candidates` and `system`. */
export const SIMULATED_EXPERIMENT_STAGE = "simulated-experiment";

/** `subject` is what the evaluation calls the system that is tried. */
export function simulatedExperimentStage(
  plan: TwoStagePlan,
  weights: SignalWeights,
  { experiment }: DeployFacts,
  subject: string,
): Stage {
  const { models, candidates, ranking, reRanking } = plan;
  return stage({
    name: SIMULATED_EXPERIMENT_STAGE,
    step: 6,
    title: "trying the system on simulated members",
    inputs: ["interactions", EVALUATION_STAGE, ...answeringStages(plan)],
    data: NO_FILES,
    plan: {
      system: { models, candidates, ranking, reRanking },
      weights,
      subject,
      days: Math.max(1, Math.round((experiment?.duration?.value ?? DAYS * DAY) / DAY)),
      shares: sharesOf(experiment?.split),
    },
    run: tryOut,
  });
}

async function tryOut(
  { system, weights, subject: tried, days, shares }: TrialPlan,
  { input, random }: Pick<StageContext, "input" | "random">,
): Promise<StageResult> {
  const stored = await input("interactions");
  const world = worldFromStored(stored);
  if (world === null) return notSimulated();
  const interactions = interactionsFromStored(stored);
  const task = rankedTaskOf(interactions);
  const requests = everyUnitAt(task, world.end);
  const lists = await answerRequests(system, weights, task, requests, input);
  const trial = { control: lists.baseline, treated: lists.system, days, shares, salt: tried };
  const result = runTrial(world, interactions, trial, random);
  const kept = {
    ...storeLists("baseline", lists.baseline),
    ...storeLists("candidates", lists.candidates),
    ...storeLists("system", lists.system),
  };
  if (result === null)
    return stageResult({
      arrays: kept,
      remarks: [{ kind: "warning", text: `in ${days} d too few simulated members came to compare two arms` }],
    });
  const told = describeTrial(result, offlineGain(await input(EVALUATION_STAGE), tried), { subject: tried, days });
  return { ...told, arrays: { ...told.arrays, ...kept } };
}

/** The note's shares where it has two arms. */
function sharesOf(split: string | undefined): readonly [number, number] {
  const shares = split === undefined ? undefined : parseArmShares(split);
  return shares?.ok && shares.value.length === 2 ? [shares.value[0], shares.value[1]] : [0.5, 0.5];
}

function notSimulated(): StageResult {
  return stageResult({
    remarks: [
      {
        kind: "assumption",
        text: "an online experiment cannot be simulated on recorded data: nobody can be asked what they would have done with another list. On a simulated source this place shows one",
      },
    ],
  });
}

/** The relative gain in the headline metric on the test requests; members' errors go together in both models. */
function offlineGain({ json, arrays }: Pick<StageResult, "json" | "arrays">, subject: string): OfflineGain | null {
  const metric = evaluationIn(json)?.metric ?? "";
  const [before, after] = [keptValues({ arrays }, BASELINE), keptValues({ arrays }, subject)];
  if (before === undefined || after === undefined || before.length < 2) return null;
  return { metric, lift: pairedLift(before, after) };
}

function pairedLift(before: Float64Array, after: Float64Array): RelativeLift {
  const n = before.length;
  const [control, treated] = [momentsOf(before), momentsOf(after)];
  return relativeLift({
    control: control.mean,
    controlError: Math.sqrt(control.variance / n),
    treated: treated.mean,
    treatedError: Math.sqrt(treated.variance / n),
    covariance: pairedMomentsOf(before, after).covariance / n,
  });
}
