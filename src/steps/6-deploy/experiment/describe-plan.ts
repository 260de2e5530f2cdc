/** An experiment's plan in plain words: how many units, how long, and what it can find. */

import { wholeAbove, wholeBelow } from "../../../core/whole.ts";
import { formatChange, formatPlain } from "./format-plain.ts";
import type { ExperimentPlan } from "./plan.ts";
import type { PlanInput } from "./sized-plan.ts";

/** Lines that can be read aloud, the result first. */
export function describePlan(input: PlanInput, plan: ExperimentPlan): readonly string[] {
  const isRate = "baseline" in input.metric;
  const level = "baseline" in input.metric ? input.metric.baseline : input.metric.mean;
  const shown = (value: number): string => formatChange(input.metric, value);
  const where = new Set(input.shares).size > 1 ? "in the smallest arm" : "an arm";
  const relative =
    level === 0
      ? ""
      : ` (${formatPlain((100 * plan.effect) / level)} % of ${isRate ? `${formatPlain(100 * level)} %` : formatPlain(level)})`;
  const lines = [
    `${count(plan.perArm)} units in the smallest arm, ${count(plan.total)} in all, find a change of ${shown(plan.effect)}${relative} with probability ${plan.power}.`,
  ];
  if (plan.duration !== undefined)
    lines.push(
      `That is ${plan.duration.days} ${plan.duration.days === 1 ? "day" : "days"}, ${plan.duration.wholeWeeks} in whole weeks, if every unit of a day is a new one; units that come back make it longer.`,
    );
  for (const step of plan.steps) lines.push(`  ${step.what} -> ${count(wholeAbove(step.perArm))} ${where}`);
  if (plan.boundary !== undefined)
    lines.push(`  stop at look k when |z| reaches ${plan.boundary.z.map((z) => z.toFixed(3)).join(", ")}`);
  for (const point of plan.curve.filter((_, i) => isShown(i + 1, plan.curve.length)))
    lines.push(`  after ${point.day} d: ${count(wholeBelow(point.perArm))} ${where} find ${shown(point.detectable)}`);
  for (const warning of plan.warnings) lines.push(`warning: ${warning}`);
  return lines;
}

/** Weeks of the curve, at most eight of them, and its end. */
function isShown(place: number, length: number): boolean {
  const stride = 7 * Math.max(1, Math.ceil(length / 7 / 8));
  return place === length || place % stride === 0;
}

/** Thousands apart, as people write counts. */
function count(value: number): string {
  return String(value).replaceAll(/\B(?=(\d{3})+(?!\d))/gu, ",");
}
