/** The run's second stage: what is predicted, what counts as right, and what has to be beaten. */

import { NO_FILES, type Remark, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import type { FrameFacts } from "../schema.ts";

interface ObjectivePlan {
  readonly task: string | null;
  readonly predict: string | null;
  readonly label: string | null;
  readonly baseline: string | null;
  readonly standIn: string;
  /** Whether the run makes the baseline that the note names. */
  readonly isMade: boolean;
  readonly offline: readonly string[];
  readonly online: readonly string[];
  readonly guardrails: readonly string[];
}

/** `standIn` says in the kind's own words what the figures stand beside where the note names no baseline, or none that the run makes. */
export function objectiveStage(frame: FrameFacts, standIn: string, isMade = true): Stage {
  return stage({
    name: "objective",
    step: 2,
    title: "framing the problem",
    inputs: [],
    data: NO_FILES,
    plan: {
      task: frame.task ?? null,
      predict: frame.predict ?? null,
      label: labelText(frame),
      baseline: baselineText(frame),
      standIn,
      isMade,
      offline: (frame.metrics?.offline ?? []).map(({ metric }) => metric),
      online: frame.metrics?.online ?? [],
      guardrails: frame.metrics?.guardrails ?? [],
    },
    run: describeObjective,
  });
}

async function describeObjective(plan: ObjectivePlan): Promise<StageResult> {
  return stageResult({ remarks: objectiveRemarks(plan) });
}

function labelText({ label }: FrameFacts): string | null {
  if (label?.event === undefined) return null;
  const { positive: written } = label;
  const positive =
    written === undefined ? "" : Array.isArray(written) ? `, ${written.join(" or ")}` : ` ${written.text}`;
  return `\`${label.event}${positive}\`${label.window === undefined || label.window.value === 0 ? "" : ` within ${label.window.text}`}`;
}

function baselineText({ baseline }: FrameFacts): string | null {
  if (baseline?.rule === undefined) return null;
  const window = baseline.window;
  return `${baseline.rule}${window === undefined || window === "all" ? "" : ` in the last ${window.text}`}`;
}

function objectiveRemarks({
  task,
  predict,
  label,
  baseline,
  standIn,
  isMade,
  offline,
  online,
  guardrails,
}: ObjectivePlan): Remark[] {
  const remarks: Remark[] = [];
  const list = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(", ");
  if (task !== null)
    remarks.push({ kind: "answer", text: `A ${task} problem${predict === null ? "" : `: ${predict}`}.` });
  if (label !== null) remarks.push({ kind: "answer", text: `An example is positive where there is ${label}.` });
  remarks.push(
    baseline === null
      ? {
          kind: "warning",
          text: `no baseline is named; ${standIn} stands in for it, which need not be what is served today`,
        }
      : isMade
        ? { kind: "answer", text: `The baseline is ${baseline}; every figure stands beside it.` }
        : {
            kind: "warning",
            text: `the note's baseline is ${baseline}, which is no one rule that this run makes; ${standIn} stands in for it`,
          },
  );
  if (offline.length > 0)
    remarks.push({
      kind: "answer",
      text: `Offline it is judged by ${list(offline)}${online.length > 0 ? `, online by ${list(online)}` : ""}${guardrails.length > 0 ? `, guarded by ${list(guardrails)}` : ""}.`,
    });
  return remarks;
}
