/** What a replayed rollout leaves in the report: figures, each name of `abort-on` held against what was measured, words and a picture. */

import { formatValue } from "../../../core/format-figure.ts";
import { type AlertOutcome, type StageResult, stageResult } from "../../../system/stage.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { Guardrail } from "./guardrail.ts";
import { rolloutCharts } from "./rollout-chart.ts";
import { rolloutFigures } from "./rollout-figures.ts";
import { rolloutRemarks } from "./rollout-remarks.ts";
import type { ReplayedRollout, RolloutStory, ShadowOutcome } from "./rollout-story.ts";
import { measureName, points } from "./rollout-words.ts";
import { compareInShadow } from "./shadow-comparison.ts";

export function describeRollout(replayed: ReplayedRollout): StageResult {
  const story: RolloutStory = { ...replayed, shadow: shadowOf(replayed) };
  const { outcome, toll } = story;
  return stageResult({
    json: {
      stopped:
        outcome.stop === undefined ? null : { at: outcome.stop.at, step: outcome.steps[outcome.stop.step].label },
      steps: outcome.steps.map(({ label }) => label),
      units: toll.units,
    },
    figures: rolloutFigures(story),
    alerts: guardrailOutcomes(story),
    remarks: rolloutRemarks(story),
    charts: rolloutCharts(story),
  });
}

function shadowOf(replayed: ReplayedRollout): ShadowOutcome | undefined {
  const { cases, decisions, outcome, plan, scores, testScores } = replayed;
  const step = outcome.steps.find(({ share }) => share === 0);
  if (step === undefined) return undefined;
  // What shadow shows is told for the whole step, whether or not the watch had stopped it by then.
  const period = { from: step.from, until: step.from + plan.bake };
  const inShadow = scores.filter((_, row) => cases.time[row] >= period.from && cases.time[row] < period.until);
  const drift = replayed.drift(testScores, inShadow);
  return {
    ...compareInShadow(cases, decisions, period),
    drift: drift.ok ? { value: drift.value.value, noise: drift.value.noise.percentile95 } : undefined,
  };
}

/** One outcome for each name that can be measured: the largest harm that any step's reading shows for sure, against the margin. */
function guardrailOutcomes({ facts, outcome, latency, words }: RolloutStory): AlertOutcome[] {
  return facts.guardrails.map((guardrail) => {
    const base = {
      step: 6 as const,
      kind: "budget" as const,
      metric: measured(guardrail, words),
      owner: "",
      action: "roll back",
    };
    if (guardrail.kind === "latency p99") {
      const [low] = latency.interval;
      return {
        ...base,
        condition: `no certain rise beyond ${formatValue({ value: guardrail.margin, unit: "s" })}`,
        measured: latency.difference,
        unit: "s",
        fires: low > guardrail.margin,
        interval: latency.interval,
        verdict: verdictOf(low > guardrail.margin, latency.interval, guardrail.margin),
        note: "one decision, features at hand, in process; candidate less champion",
      };
    }
    const readings = outcome.steps
      .flatMap((step) => step.readings.map((reading) => ({ ...reading, label: step.label })))
      .filter(({ kind }) => kind === guardrail.kind);
    // What is confirmed speaks for a guardrail; what is known at once only bounds it.
    const confirmed = readings.filter(({ when }) => when === "confirmed");
    const told = confirmed.length === 0 ? readings : confirmed;
    const worst = told.reduce<(typeof told)[number] | undefined>(
      (most, one) => (most === undefined || one.interval[0] > most.interval[0] ? one : most),
      undefined,
    );
    const condition = `no certain rise beyond ${points(guardrail.margin)}`;
    if (worst === undefined)
      return {
        ...base,
        condition,
        measured: null,
        unit: "points",
        fires: null,
        note: `no step had a ${words.case} that counts`,
      };
    const fires = outcome.stop?.reading?.kind === guardrail.kind;
    return {
      ...base,
      condition,
      measured: worst.effect * 100,
      unit: "points",
      fires,
      interval: [worst.interval[0] * 100, worst.interval[1] * 100] as const,
      n: worst.n,
      verdict: verdictOf(fires, worst.interval, guardrail.margin),
      note: noteOf(worst, guardrail),
    };
  });
}

/** No stop is no proof: a guardrail is kept where the whole interval stays within the margin. */
function verdictOf(
  fires: boolean,
  [, high]: readonly [number, number],
  margin: number,
): "broken" | "kept" | "not settled" {
  return fires ? "broken" : high <= margin ? "kept" : "not settled";
}

/** A guardrail by what is watched for a rise: `recall` falls where missed positives rise. */
function measured({ name, kind }: Guardrail, words: ScoredWords): string {
  const what = measureName({ name, kind, when: "confirmed" }, words);
  return what === name ? name : `${what} (${name})`;
}

function noteOf({ label, when }: { readonly label: string; readonly when: string }, { isStated }: Guardrail): string {
  return `the step ${label}, ${when}${isStated ? "" : "; the note states no margin"}`;
}
