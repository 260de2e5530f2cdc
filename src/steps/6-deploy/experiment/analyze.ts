/** Reads an experiment: sample ratio first, then effects with intervals and a verdict in words, then what would make it wrong. */

import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { alwaysValid } from "./always-valid.ts";
import type { Analysis, AnalysisPlan, ArmReading, Guardrail, GuardrailReading, Reading } from "./analysis.ts";
import type { ArmData, ExperimentData } from "./arm-data.ts";
import { compareMeansCautiously, unitsWanted } from "./cautious-means.ts";
import { type ArmComparison, compareArms, exactWhereFew, liftBeside } from "./compare-arms.ts";
import type { Comparison } from "./comparison.ts";
import { doubtsOf } from "./doubts.ts";
import { formatPlain } from "./format-plain.ts";
import { constantBoundary } from "./group-sequential.ts";
import { guardrailError } from "./guardrail-error.ts";
import { adjustPValues, type Correction } from "./multiple-comparisons.ts";
import { checkGuardrail, type GuardrailResult } from "./non-inferiority.ts";
import { checkSampleRatio, type SampleRatioCheck } from "./sample-ratio.ts";

/** The analysis of the first metric, and of the guardrails among the others. A plan that does not fit the data is a failure. */
export function analyzeExperiment(data: ExperimentData, plan: AnalysisPlan): Outcome<Analysis> {
  const { alpha = 0.05, reading = { kind: "fixed" }, guardrails = [] } = plan;
  const control = data.arms.find((arm) => arm.name === plan.control);
  if (control === undefined) return fail({ code: "which-control", message: `there is no arm \`${plan.control}\`` });
  const small = data.arms.find((arm) => arm.units < 2);
  if (small !== undefined)
    return fail({
      code: "too-few-units",
      message: `arm \`${small.name}\` has ${small.units === 1 ? "1 unit" : "no units"}: without two there is no variance`,
      fix: "give the assignments of more units, or leave the rows of this arm out",
    });
  if (!(alpha > 0 && alpha < 1))
    return fail({ code: "bad-plan", message: `alpha is ${alpha}, but must be above 0 and below 1`, where: "alpha" });
  const sampleRatio = checkShares(data.arms, plan.shares);
  if (!sampleRatio.ok) return sampleRatio;
  const arms = readArms(data, control, plan, alpha, reading);
  if (!arms.ok) return arms;
  const readings = readGuardrails(data, control, guardrails, alpha, reading);
  if (!readings.ok) return readings;
  const doubts = doubtsOf(data, sampleRatio.value, plan, arms.value);
  return succeed({
    metric: data.denominator === undefined ? data.metrics[0] : `${data.metrics[0]} per ${data.denominator}`,
    control: control.name,
    sampleRatio: sampleRatio.value,
    arms: arms.value,
    guardrails: readings.value,
    doubts,
    readable: !doubts.some((doubt) => doubt.holds && doubt.fatal),
  });
}

function checkShares(
  arms: readonly ArmData[],
  shares: ReadonlyMap<string, number> | undefined,
): Outcome<SampleRatioCheck> {
  const stranger = [...(shares?.keys() ?? [])].find((name) => !arms.some((arm) => arm.name === name));
  if (stranger !== undefined)
    return fail({
      code: "bad-shares",
      message: `the split names an arm \`${stranger}\` that has no units`,
      where: "shares",
    });
  return checkSampleRatio(
    arms.map((arm) => arm.units),
    plannedShares(arms, shares),
  );
}

/** Arms without a share of their own have what the others leave, in equal parts. */
function plannedShares(arms: readonly ArmData[], shares: ReadonlyMap<string, number> = new Map()): readonly number[] {
  const named = [...shares.values()].reduce((sum, share) => sum + share, 0);
  const rest = (1 - named) / arms.filter(({ name }) => !shares.has(name)).length;
  return arms.map(({ name }) => shares.get(name) ?? rest);
}

function readArms(
  data: ExperimentData,
  control: ArmData,
  plan: AnalysisPlan,
  alpha: number,
  reading: Reading,
): Outcome<readonly ArmReading[]> {
  const correction = correctionOf(plan, data.arms.length - 1, reading);
  if (!correction.ok) return correction;
  const level = levelOf(reading, alpha, data.arms.length - 1);
  if (!level.ok) return level;
  const found: Omit<ArmReading, "adjustedP" | "significant">[] = [];
  for (const treated of data.arms) {
    if (treated === control) continue;
    const result = compareOrFail(control, treated, data.metrics[0], level.value);
    if (!result.ok) return result;
    const { errors, ...compared } =
      reading.kind === "always-valid" ? result.value : exactWhereFew(result.value, control, treated, data.metrics[0]);
    const comparison = readComparison(compared.comparison, reading, alpha);
    if (!comparison.ok) return comparison;
    const lift = reading.kind === "always-valid" ? liftBeside(comparison.value, compared, errors) : compared.lift;
    found.push({ ...compared, arm: treated.name, comparison: comparison.value, lift });
  }
  const adjusted = adjustPValues(
    found.map((each) => each.comparison.pValue),
    correction.value,
  );
  if (!adjusted.ok) return adjusted;
  const threshold = 1 - level.value;
  return succeed(
    found.map((each, i) => ({
      ...each,
      adjustedP: adjusted.value[i],
      significant: adjusted.value[i] <= threshold && leavesOutZero(each.comparison),
    })),
  );
}

/** A rate's test and its interval rest on different errors, and on the edge the one can see an effect that the other does not. */
export function leavesOutZero({ interval: [low, high] }: Comparison): boolean {
  return low > 0 || high < 0;
}

/** The correction for several treated arms. At a planned look it is Bonferroni's, in the boundary itself; no other one is known to hold there. */
function correctionOf({ correction }: AnalysisPlan, treated: number, reading: Reading): Outcome<Correction> {
  if (treated === 1) return succeed("none");
  if (reading.kind !== "group-sequential") return succeed(correction ?? "holm");
  if (correction === undefined || correction === "bonferroni") return succeed("none");
  return fail({
    code: "bad-plan",
    message: `planned looks at several arms are corrected by bonferroni, not by ${correction}`,
    where: "correction",
    fix: "leave the correction out",
  });
}

/** The level of this look's interval: what is left of the error at a planned look, divided among the treated arms; 1 - alpha otherwise. */
function levelOf(reading: Reading, alpha: number, treated: number): Outcome<number> {
  if (reading.kind !== "group-sequential") return succeed(1 - alpha);
  const { shape, look, looks } = reading;
  if (!(Number.isSafeInteger(look) && look >= 1 && look <= looks))
    return fail({ code: "bad-plan", message: `look ${look} of ${looks} does not exist`, where: "look" });
  const boundary = constantBoundary(shape, looks, alpha / treated);
  return boundary.ok ? succeed(1 - boundary.value.nominal[look - 1]) : boundary;
}

/** The comparison, or a failure where the metric does not vary or its denominator is 0: no error, so no certainty either. */
function compareOrFail(control: ArmData, treated: ArmData, metric: string, level: number): Outcome<ArmComparison> {
  const compared = compareArms(control, treated, metric, level);
  const { effect, standardError } = compared.comparison;
  if (Number.isFinite(effect) && (standardError > 0 || compared.method === "two proportions")) return succeed(compared);
  return fail({
    code: "no-variance",
    message: `\`${metric}\` cannot be compared between \`${control.name}\` and \`${treated.name}\`: ${whyNot(compared, control, treated, metric)}`,
    where: metric,
    fix: "check that the column is the metric that was meant",
  });
}

/** What is missing, arm by arm. */
function whyNot(compared: ArmComparison, control: ArmData, treated: ArmData, metric: string): string {
  const arms = [control, treated];
  if (compared.method === "ratio, delta method") {
    const empty = arms.find((arm) => arm.ratio?.meanY === 0);
    if (empty !== undefined) return `the denominator adds up to 0 in \`${empty.name}\``;
  }
  if (!Number.isFinite(compared.comparison.effect)) return "its values are too large or too small to be added up";
  const levels = `${formatPlain(compared.control)} in \`${control.name}\` and ${formatPlain(compared.treated)} in \`${treated.name}\``;
  if (compared.method === "ratio, delta method")
    return `every unit of an arm has the same ratio, ${levels}: without any spread there is no error to judge the difference by`;
  if (arms.some((arm) => (arm.metrics.get(metric)?.variance ?? 0) > 0))
    return "the past foretells every value of an arm without error, so nothing is left to judge the difference by";
  return `every unit of an arm has the same value, ${levels}: without any spread there is no error to judge the difference by`;
}

/** The comparison as this reading allows it: an always-valid test has a p-value and an interval of its own. */
function readComparison(comparison: Comparison, reading: Reading, alpha: number): Outcome<Comparison> {
  if (reading.kind !== "always-valid") return succeed(comparison);
  const valid = alwaysValid([comparison], reading.tau, alpha);
  if (!valid.ok) return valid;
  const [{ pValue, interval }] = valid.value;
  const { exactInterval: _, ...rest } = comparison;
  return succeed({ ...rest, pValue, interval });
}

/** Means have cautious bounds, and none where a few units carry them; rates, ratios and adjusted means those of their own comparison. */
function readGuardrail(
  control: ArmData,
  treated: ArmData,
  { metric, margin, harmful }: Guardrail,
  alpha: number,
  reading: Reading,
): Outcome<GuardrailResult> {
  const a = control.metrics.get(metric);
  const b = treated.metrics.get(metric);
  const isMean = compareArms(control, treated, metric, 1 - alpha).method === "Welch";
  const compareAt = (level: number): Comparison =>
    !isMean || a === undefined || b === undefined
      ? compareArms(control, treated, metric, level).comparison
      : compareMeansCautiously(a, b, level);
  const error = guardrailError(reading, alpha, margin, compareAt);
  if (!error.ok) return error;
  const result = checkGuardrail(compareAt, margin, harmful, error.value);
  const wanted = isMean && a !== undefined && b !== undefined ? unitsWanted(a, b) : undefined;
  return succeed(wanted === undefined ? result : { ...result, verdict: "open", worse: false, unitsWanted: wanted });
}

function readGuardrails(
  data: ExperimentData,
  control: ArmData,
  guardrails: readonly Guardrail[],
  alpha: number,
  reading: Reading,
): Outcome<readonly GuardrailReading[]> {
  const readings: GuardrailReading[] = [];
  for (const guardrail of guardrails) {
    if (!data.metrics.includes(guardrail.metric))
      return fail({
        code: "missing-metric",
        message: `guardrail \`${guardrail.metric}\` is not among the metrics that were read`,
      });
    if (!(guardrail.margin > 0 && Number.isFinite(guardrail.margin)))
      return fail({
        code: "bad-margin",
        message: `the margin of guardrail \`${guardrail.metric}\` is ${guardrail.margin}, but must be above 0`,
        fix: "state how much harm would be too much",
      });
    for (const treated of data.arms) {
      if (treated === control) continue;
      const compared = compareOrFail(control, treated, guardrail.metric, 1 - alpha);
      if (!compared.ok) return compared;
      const result = readGuardrail(control, treated, guardrail, alpha, reading);
      if (!result.ok) return result;
      readings.push({ guardrail, arm: treated.name, result: result.value });
    }
  }
  return succeed(readings);
}
