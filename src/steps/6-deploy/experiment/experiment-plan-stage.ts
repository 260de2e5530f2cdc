/** The stage that plans the online experiment: units per arm, days, and the smallest effect that the planned days can find. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import type { Outcome } from "../../../core/outcome.ts";
import { NO_FILES, type Remark, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import type { Design } from "../../design.ts";
import { type ExperimentPlan, planExperiment } from "./plan.ts";
import { planOfDesign } from "./plan-of-design.ts";
import type { PlanInput } from "./sized-plan.ts";

interface ExperimentFacts {
  readonly metric: string;
  readonly input: Outcome<PlanInput>;
  readonly unitsAssumed: boolean;
}

/** Undefined where the note plans no experiment, or does not say what its metric is today and what change is looked for. */
export function experimentPlanStage(design: Pick<Design, "clarify" | "deploy">): Stage | undefined {
  const { experiment } = design.deploy;
  const input = planOfDesign(design);
  if (experiment === undefined || (!input.ok && input.failure.code === "missing-fact")) return undefined;
  return stage({
    name: "experiment",
    step: 6,
    title: "planning the experiment",
    inputs: [],
    data: NO_FILES,
    plan: {
      metric: experiment.metric ?? "the metric",
      input,
      unitsAssumed: experiment["units-daily"] === undefined,
    },
    run: planUnits,
  });
}

async function planUnits(facts: ExperimentFacts): Promise<StageResult> {
  const { input } = facts;
  const plan = input.ok ? planExperiment(input.value) : input;
  if (input.ok && plan.ok) return planResult(facts, input.value, plan.value);
  const why = plan.ok ? "" : plan.failure.message;
  return stageResult({ remarks: [{ kind: "warning", text: `the experiment cannot be planned: ${why}` }] });
}

function planResult(facts: ExperimentFacts, input: PlanInput, plan: ExperimentPlan): StageResult {
  const part = (name: string, value: number, unit: string, note: string): Figure =>
    figure({ step: 6, name, subject: "experiment", value, unit, note });
  const figures = [
    part("sample size", plan.perArm, "units", `per arm; ${plan.steps.map(({ what }) => what).join("; ")}`),
  ];
  if (input.unitsPerDay === undefined)
    return stageResult({
      figures,
      remarks: [
        { kind: "warning", text: "neither `units-daily` nor `users.daily` is given, so the days are not known" },
      ],
    });
  if (plan.duration !== undefined) {
    const { days, wholeWeeks } = plan.duration;
    figures.push(part("days needed", days, "d", "until the smallest arm is full"));
    figures.push(part("days in whole weeks", wholeWeeks, "d", "so that every weekday counts equally often"));
  }
  const detectable = plan.curve.find((point) => point.day === input.days)?.relative;
  if (detectable !== undefined)
    figures.push(
      part(
        "minimum detectable effect",
        detectable,
        "share",
        `relative, in the planned ${input.days} d, ${readingOf(input)}`,
      ),
    );
  return stageResult({ figures, remarks: planRemarks(facts, input, plan), charts: daysChart(input, plan) });
}

function planRemarks({ metric, unitsAssumed }: ExperimentFacts, input: PlanInput, plan: ExperimentPlan): Remark[] {
  const isRate = "baseline" in input.metric;
  const level = "baseline" in input.metric ? input.metric.baseline : input.metric.mean;
  const effect =
    input.effect.kind === "relative" || isRate
      ? formatValue({ value: input.effect.size, unit: "share" })
      : formatNumber(input.effect.size);
  const today = isRate ? formatValue({ value: level, unit: "share" }) : formatNumber(level);
  const perDay = formatNumber((input.unitsPerDay ?? 0) * (input.traffic ?? 1));
  const days = plan.duration?.days ?? Number.POSITIVE_INFINITY;
  const pace = plan.duration === undefined ? "" : `: ${formatNumber(days)} d at ${perDay} new units a day`;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `To find a change of ${effect} ${input.effect.kind} in ${metric} from ${today}, each arm needs **${formatNumber(plan.perArm)}** units${pace}.`,
    },
  ];
  if (unitsAssumed)
    remarks.push({
      kind: "assumption",
      text: "`users.daily` stands in for new units a day; people come back, so later days bring fewer new ones and this is a lower bound on the days",
    });
  for (const text of plan.warnings) remarks.push({ kind: "warning", text });
  if (input.days !== undefined && days > input.days) {
    const ways = "give it more traffic, or use a metric with less variance (CUPED).";
    const text = plan.duration === undefined ? `G${ways.slice(1)}` : `Run it longer, ${ways}`;
    remarks.push({ kind: "next", short: "Give the experiment what it takes", text });
  }
  return remarks;
}

function readingOf({ sequential }: PlanInput): string {
  if (sequential === undefined) return "read once";
  return sequential.shape === "always-valid" ? "read at any time" : `read at ${sequential.looks} looks`;
}

/** The curve of what the days can find; none where the metric's level is 0 and a relative effect has no meaning. */
function daysChart(input: PlanInput, plan: ExperimentPlan): Chart[] {
  const level = "baseline" in input.metric ? input.metric.baseline : input.metric.mean;
  if (level === 0 || plan.curve.length === 0) return [];
  return [
    {
      form: "lines",
      title: "The smallest effect that so many days can find",
      caption: `At power ${plan.power} and two-sided alpha ${formatNumber(plan.alpha, 3)}, ${readingOf(input)}, if every day brought as many new units as the first${input.unitsTotal === undefined ? "" : `, until all ${formatNumber(input.unitsTotal)} have been in`}.`,
      xLabel: "days",
      yLabel: "relative effect, %",
      points: plan.curve.map(({ day, relative }) => ({ x: day, y: relative * 100 })),
      limit: { value: Math.abs(plan.effect / level) * 100, label: "planned effect" },
      events: input.days === undefined ? [] : [{ x: input.days, label: "planned end" }],
    },
  ];
}
