/** The stage that says of a correction for the old system's choices that this run does not make it, and why. */

import { NO_FILES, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import type { EvaluateFacts } from "../schema.ts";

/** Undefined where the note asks for no such correction. */
export function policyCorrectionStage(evaluate: EvaluateFacts): Stage | undefined {
  const method = evaluate["policy-correction"];
  if (method === undefined || method === "none") return undefined;
  return stage({
    name: "policy-correction",
    step: 5,
    title: "looking for what a correction of the old system's choices needs",
    inputs: [],
    data: NO_FILES,
    plan: { method },
    run: sayUncorrected,
  });
}

async function sayUncorrected({ method }: { readonly method: string }): Promise<StageResult> {
  return stageResult({
    remarks: [
      {
        kind: "warning",
        text: `the note asks for \`policy-correction: ${method}\`, and this run trains and evaluates without it: no source logs how likely the old system was to show or to pass each thing, and without these probabilities neither inverse propensities nor doubly robust estimates exist. The figures speak of what the old system let happen.`,
      },
    ],
  });
}
