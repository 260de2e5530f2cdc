/** The stage that plans the online experiment: units per arm, days, and the smallest effect that the planned days can find. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { type Remark, type Stage, type StageResult, stage, stageResult } from "../../../system/stage.ts";
import type { ClarifyFacts } from "../../1-clarify/schema.ts";
import type { DeployFacts } from "../schema.ts";
import { experimentDuration } from "./duration.ts";
import { sampleSizeProportions } from "./sample-size-proportions.ts";

type ExperimentFacts = {
  readonly metric: string;
  readonly baseline: number;
  readonly effect: number;
  readonly effectKind: "relative" | "absolute";
  readonly alpha: number;
  readonly power: number;
  readonly arms: number;
  readonly smallestShare: number;
  readonly traffic: number;
  readonly unitsPerDay: number | null;
  readonly unitsAssumed: boolean;
  readonly days: number | null;
};

const DAY = 86_400;
const DEFAULTS = { alpha: 0.05, power: 0.8, arms: 2, traffic: 1 };

/** Undefined where the note plans no experiment on a proportion with a baseline and an effect. */
export function experimentPlanStage(clarify: ClarifyFacts, { experiment }: DeployFacts): Stage | undefined {
  if (experiment?.baseline === undefined || experiment.effect === undefined) return undefined;
  const arms = experiment.arms ?? DEFAULTS.arms;
  const units = experiment["units-daily"]?.value ?? clarify.users?.daily?.value ?? null;
  return stage<ExperimentFacts>({
    name: "experiment",
    step: 6,
    title: "planning the experiment",
    inputs: [],
    data: "",
    facts: {
      metric: experiment.metric ?? "the metric",
      baseline: experiment.baseline.value,
      effect: experiment.effect.amount.value,
      effectKind: experiment.effect.kind,
      alpha: experiment.alpha?.value ?? DEFAULTS.alpha,
      power: experiment.power?.value ?? DEFAULTS.power,
      arms,
      smallestShare: smallestShare(experiment.split, arms),
      traffic: experiment.traffic?.value ?? DEFAULTS.traffic,
      unitsPerDay: units,
      unitsAssumed: experiment["units-daily"] === undefined,
      days: experiment.duration === undefined ? null : experiment.duration.value / DAY,
    },
    async execute({ facts }) {
      return planExperiment(facts);
    },
  });
}

/** The smallest of the written shares (`50/50`, `90/10`), as a fraction; equal shares where nothing is written. */
function smallestShare(written: string | undefined, arms: number): number {
  const parts = (written ?? "").split("/").map(Number);
  const total = parts.reduce((sum, part) => sum + part, 0);
  const isUsable = parts.length === arms && parts.every((part) => part > 0) && Number.isFinite(total);
  return isUsable ? Math.min(...parts) / total : 1 / arms;
}

function planExperiment(facts: ExperimentFacts): StageResult {
  const perArm = unitsPerArm(facts, facts.effect);
  if (!perArm.ok)
    return stageResult({
      remarks: [{ kind: "warning", text: `the experiment cannot be planned: ${perArm.failure.message}` }],
    });
  const figures: Figure[] = [
    figure({
      step: 6,
      name: "sample size",
      subject: "experiment",
      value: Math.ceil(perArm.value),
      unit: "units",
      note: "per arm; pooled variance under the null, unpooled under the alternative",
    }),
  ];
  const { unitsPerDay, traffic, arms, smallestShare: share } = facts;
  if (unitsPerDay === null)
    return stageResult({
      figures,
      remarks: [
        { kind: "warning", text: "neither `units-daily` nor `users.daily` is given, so the days are not known" },
      ],
    });
  const duration = experimentDuration({ perArm: perArm.value, unitsPerDay, traffic, arms, smallestShare: share });
  if (!duration.ok) return stageResult({ figures, remarks: [{ kind: "warning", text: duration.failure.message }] });
  const { days, wholeWeeks } = duration.value;
  figures.push(
    figure({
      step: 6,
      name: "days needed",
      subject: "experiment",
      value: days,
      unit: "d",
      note: "until the smallest arm is full",
    }),
  );
  figures.push(
    figure({
      step: 6,
      name: "days in whole weeks",
      subject: "experiment",
      value: wholeWeeks,
      unit: "d",
      note: "so that every weekday counts equally often",
    }),
  );
  const detectable = facts.days === null ? null : detectableEffect(facts, facts.days);
  if (detectable !== null)
    figures.push(
      figure({
        step: 6,
        name: "minimum detectable effect",
        subject: "experiment",
        value: detectable,
        unit: "share",
        note: `relative, in the planned ${formatNumber(facts.days ?? 0)} d`,
      }),
    );
  return stageResult({
    figures,
    remarks: planRemarks(facts, perArm.value, days, detectable),
    charts: [daysChart(facts)],
  });
}

function unitsPerArm({ baseline, effectKind, alpha, power }: ExperimentFacts, effect: number) {
  const treated = effectKind === "relative" ? baseline * (1 + effect) : baseline + effect;
  return sampleSizeProportions({ baseline, treated, alpha, power });
}

/** The relative effect whose sample size just fits into so many days, by bisection; null where even a doubling does not fit. */
function detectableEffect(facts: ExperimentFacts, days: number): number | null {
  const available = (facts.unitsPerDay ?? 0) * facts.traffic * days * facts.smallestShare;
  const needs = (relative: number): number => {
    const size = sampleSizeProportions({
      baseline: facts.baseline,
      treated: facts.baseline * (1 + relative),
      alpha: facts.alpha,
      power: facts.power,
    });
    return size.ok ? size.value : Number.POSITIVE_INFINITY;
  };
  let high = Math.min(1, 0.999 * (1 / facts.baseline - 1));
  let low = 0;
  if (needs(high) > available) return null;
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (needs(middle) > available) low = middle;
    else high = middle;
  }
  return high;
}

function planRemarks(facts: ExperimentFacts, perArm: number, days: number, detectable: number | null): Remark[] {
  const effect = `${formatValue({ value: facts.effect, unit: "share" })} ${facts.effectKind}`;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `To find a change of ${effect} in ${facts.metric} from ${formatValue({ value: facts.baseline, unit: "share" })}, each arm needs **${formatNumber(Math.ceil(perArm))}** units: ${formatNumber(days)} d at ${formatNumber((facts.unitsPerDay ?? 0) * facts.traffic)} new units a day.`,
    },
  ];
  if (facts.unitsAssumed)
    remarks.push({
      kind: "assumption",
      text: "`users.daily` stands in for new units a day; members come back, so later days bring fewer new ones and this is a lower bound on the days",
    });
  if (facts.days !== null && days > facts.days) {
    const found =
      detectable === null
        ? "no effect up to a doubling"
        : `only effects from ${formatValue({ value: detectable, unit: "share" })} relative`;
    remarks.push({
      kind: "warning",
      text: `the experiment needs ${formatNumber(days)} d and is given ${formatNumber(facts.days)} d: that finds ${found}`,
    });
    remarks.push({
      kind: "next",
      text: "run it longer, give it more traffic, or use a metric with less variance (CUPED).",
    });
  }
  return remarks;
}

function daysChart(facts: ExperimentFacts): Chart {
  const limit = Math.max(28, 2 * (facts.days ?? 14));
  const days = Array.from({ length: limit }, (_, i) => i + 1);
  const points = days.flatMap((day) => {
    const effect = detectableEffect(facts, day);
    return effect === null ? [] : [{ x: day, y: effect * 100 }];
  });
  const planned = facts.effectKind === "relative" ? facts.effect : facts.effect / facts.baseline;
  return {
    form: "lines",
    title: "The smallest effect that so many days can find",
    caption: `At power ${facts.power} and two-sided alpha ${facts.alpha}, if every day brought as many new units as the first.`,
    xLabel: "days",
    yLabel: "relative effect, %",
    points,
    limit: { value: planned * 100, label: "planned effect" },
    events: facts.days === null ? [] : [{ x: facts.days, label: "planned end" }],
  };
}
