/** The drill: a faulty candidate through the note's rollout, through the same one without its shadow step, and to everybody at once. */

import type { Guardrail } from "./guardrail.ts";
import type { InjectedFault } from "./injected-fault.ts";
import type { CandidateDecisions, RolloutCases } from "./rollout-cases.ts";
import { type RolloutToll, rolloutToll } from "./rollout-toll.ts";
import { type RolloutOutcome, type RolloutPlan, runRollout } from "./run-rollout.ts";

export interface DrillRun {
  readonly plan: RolloutPlan;
  readonly outcome: RolloutOutcome;
  readonly toll: RolloutToll;
}

export interface Drill {
  readonly fault: InjectedFault;
  readonly candidate: CandidateDecisions;
  readonly planned: DrillRun;
  /** What shadow and small steps are worth, where the plan catches it. The first is undefined where the plan does not begin in shadow. */
  readonly unshadowed: DrillRun | undefined;
  readonly atOnce: DrillRun | undefined;
  /** Where the plan does not catch it: the plan with the guardrails that it lacks of those on missed positives and honest cases. */
  readonly mended: DrillRun | undefined;
}

/** What a system that decides can do wrong: each with the name that a note would give it. */
const ADVISED: readonly Guardrail[] = [
  { name: "recall", kind: "positives missed", margin: 0, isStated: false },
  { name: "false-positive rate", kind: "false positives", margin: 0, isStated: false },
];

/** Everybody at once is watched like the rest, against what the champion would have decided about the same cases. */
export function runDrill(
  fault: InjectedFault,
  candidate: CandidateDecisions,
  cases: RolloutCases,
  plan: RolloutPlan,
): Drill {
  const run = (changed: RolloutPlan): DrillRun => {
    const outcome = runRollout(cases, candidate, changed);
    return { plan: changed, outcome, toll: rolloutToll(cases, candidate, changed, outcome) };
  };
  const acting = plan.steps.filter(({ share }) => share > 0);
  const first = plan.steps.findIndex(({ share }) => share > 0);
  const start = plan.start + Math.max(0, first) * plan.bake;
  const planned = run(plan);
  const isCaught = planned.outcome.stop !== undefined;
  const lacking = ADVISED.filter(({ kind }) => !plan.guardrails.some((one) => one.kind === kind));
  return {
    fault,
    candidate,
    planned,
    unshadowed: isCaught && first > 0 ? run({ ...plan, start, steps: acting }) : undefined,
    atOnce:
      isCaught && acting.length > 0
        ? run({ ...plan, start, steps: [{ label: "everybody", share: 1 }], bake: plan.bake * acting.length })
        : undefined,
    mended:
      !isCaught && lacking.length > 0 ? run({ ...plan, guardrails: [...plan.guardrails, ...lacking] }) : undefined,
  };
}
