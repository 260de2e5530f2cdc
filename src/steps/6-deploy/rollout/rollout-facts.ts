/** The rollout as a note plans it, in plain numbers, with what had to be assumed. */

import type { DeployFacts } from "../schema.ts";
import { type Guardrail, readGuardrails } from "./guardrail.ts";
import type { RolloutStep } from "./run-rollout.ts";

/** JSON as it stands. */
export type RolloutFacts = {
  readonly steps: readonly RolloutStep[];
  /** Seconds, whole hours. */
  readonly bake: number;
  readonly rollback: number | null;
  readonly guardrails: readonly Guardrail[];
  readonly alpha: number;
  /** What the note leaves open, or asks for and cannot have: sentences for the report. */
  readonly assumed: readonly string[];
  /** Names of `abort-on` that no replay measures. */
  readonly unmeasured: readonly string[];
  readonly warned: readonly string[];
};

const HOUR = 3600;
const WEEK = 7 * 24 * HOUR;
const USUAL_ALPHA = 0.05;

/** Undefined where the note plans no steps. */
export function rolloutFacts(deploy: DeployFacts): RolloutFacts | undefined {
  const { rollout, rollback, experiment } = deploy;
  const steps = rollout?.steps ?? [];
  if (steps.length === 0) return undefined;
  const { guardrails, unknown } = readGuardrails(deploy);
  const written = rollout?.bake?.value;
  const bake = Math.max(1, Math.ceil((written ?? WEEK) / HOUR)) * HOUR;
  const canGoBack = rollback?.kind !== "none" && rollback?.time !== undefined;
  return {
    steps: steps.map((step) =>
      step === "shadow" ? { label: step, share: 0 } : { label: step.text, share: step.value },
    ),
    bake,
    rollback: canGoBack ? (rollback?.time?.value ?? null) : null,
    guardrails,
    alpha: experiment?.alpha?.value ?? USUAL_ALPHA,
    assumed: [
      ...(written === undefined ? ["`bake` is not stated: each step lasts a week here"] : []),
      ...(written !== undefined && written !== bake
        ? [`a step lasts whole hours here, so \`bake\` is taken as ${bake / HOUR} h`]
        : []),
      ...(canGoBack
        ? rollback?.kind === "manual"
          ? ["the way back is manual: somebody is taken to start it as soon as the watch says so"]
          : []
        : ["nothing says how long the way back takes: what is stopped goes on here until its step ends"]),
    ],
    unmeasured: unknown,
    warned: [
      ...(rollout?.["abort-on"] === undefined || rollout["abort-on"].length === 0
        ? ["the rollout has no `abort-on`: nothing can stop it here but the team's budget of alerts in shadow"]
        : []),
      ...guardrails
        .filter(({ isStated, kind }) => !isStated && kind !== "errors")
        .map(
          ({ name }) =>
            `\`${name}\` has no margin among the experiment's guardrails: any harm that is certain stops the rollout`,
        ),
    ],
  };
}
