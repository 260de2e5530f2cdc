/** Numbers of an experiment as a person would write them. */

import { digitsOfPart } from "../../../core/nines.ts";
import type { PlannedMetric } from "./plan-size.ts";

/** Four significant digits, without trailing zeros. */
export function formatPlain(value: number, digits = 4): string {
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? digitsOfPart(Math.abs(value), 1, digits) : digits)));
}

/** A p-value, which is never nothing: what no number tells from 0 is below a bound. */
export function formatP(p: number): string {
  return p < 1e-6 ? "below 0.000001" : formatPlain(p);
}

/** The same with a plus sign where it is due. */
export function formatSigned(value: number, digits = 4): string {
  return `${value > 0 ? "+" : ""}${formatPlain(value, digits)}`;
}
/** A change of a metric: points where it is a rate. */
export function formatChange(metric: PlannedMetric, change: number, digits = 4): string {
  if (!("baseline" in metric)) return formatPlain(change, digits);
  const written = formatPlain(100 * change, digits);
  return `${written} ${written === "1" ? "point" : "points"}`;
}

/** A confidence level as a percentage, with two digits of what it leaves out: 95, 98.3, 99.99949. */
export function formatLevel(level: number): string {
  const left = 100 * (1 - level);
  return String(Number((100 * level).toFixed(Math.min(12, Math.max(0, 1 - Math.floor(Math.log10(left)))))));
}
