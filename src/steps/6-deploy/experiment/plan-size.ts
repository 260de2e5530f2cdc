/** The size of a planned comparison from its effect, and the effect from its size: one formula read both ways. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { fail, type Outcome, succeed } from "../../../core/outcome.ts";
import { tPower } from "./power.ts";
import { MEAN_METHODS, type MeanMethod, sampleSizeMeans } from "./sample-size-means.ts";
import {
  PROPORTION_METHODS,
  type ProportionMethod,
  sampleSizeProportions,
  unequalSampleSizeProportions,
} from "./sample-size-proportions.ts";

/** The primary metric today: a rate, or a mean with its standard deviation per unit. */
export type PlannedMetric = { readonly baseline: number } | { readonly mean: number; readonly sd: number };

/** Which formula sizes the comparison: one for rates, or one for means. */
export type SizeFormula = ProportionMethod | MeanMethod;

/** A comparison of two arms, read once, one unit one opinion. */
export interface SizedComparison {
  readonly metric: PlannedMetric;
  readonly alpha: number;
  readonly power: number;
  /** Size of the larger arm over the smaller, 1 or more. */
  readonly ratio: number;
  readonly isControlSmaller: boolean;
  /** What the t law counts, where CUPED or clusters make it another number than the units of a plain test; one a unit where absent. */
  readonly counted?: Counted;
  /**
   * By default `pooled null` for rates, `unpooled` where the arms are unequal; for means the normal law, and the t law where it asks for
   * fewer than 100 units. Clusters have the t law below 100 of them, for rates too, unless the formula is `z`.
   */
  readonly formula?: SizeFormula;
}

/** What varies on its own in the experiment, for each unit that a plain test would need: units after CUPED, or clusters of them. */
export interface Counted {
  readonly perUnit: number;
  readonly areClusters: boolean;
}

const UNITS: Counted = { perUnit: 1, areClusters: false };

/** Below this many units the t law differs from the normal law by more than one in a hundred. */
const FEW_UNITS = 100;

/** The formula that is meant, or a failure where the stated one is for another kind of metric or for equal arms only. */
function formulaOf({ metric, ratio, formula }: SizedComparison): Outcome<SizeFormula | undefined> {
  if (formula === undefined) return succeed(undefined);
  const ofRates: readonly string[] = PROPORTION_METHODS;
  const isRate = "baseline" in metric;
  if (ofRates.includes(formula) !== isRate)
    return fail({
      code: "bad-plan",
      message: `the formula \`${formula}\` is for ${isRate ? "means" : "rates"}, but the metric is a ${isRate ? "rate" : "mean"}`,
      where: "formula",
      fix: `use one of ${(isRate ? PROPORTION_METHODS : MEAN_METHODS).join(", ")}`,
    });
  if (isRate && ratio !== 1 && formula !== "unpooled" && formula !== "arcsine")
    return fail({
      code: "bad-plan",
      message: `the formula \`${formula}\` is for equal arms`,
      where: "formula",
      fix: "with a split use `unpooled` or `arcsine`",
    });
  return succeed(formula);
}

/** Units of the smaller arm that find `effect` (in the metric's unit), before rounding up, with the name of the formula. */
export function sizeFor(
  comparison: SizedComparison,
  effect: number,
): Outcome<{ readonly units: number; readonly words: string }> {
  const { metric, alpha, power, ratio, counted = UNITS } = comparison;
  const formula = formulaOf(comparison);
  if (!formula.ok) return formula;
  if ("baseline" in metric) {
    const sized = sizeOfRates(comparison, metric.baseline, effect, formula.value);
    return sized.ok && counted.areClusters ? overClusters(sized.value, comparison, counted) : sized;
  }
  const plan = { sd: metric.sd * Math.sqrt(counted.perUnit), delta: effect, alpha, power, ratio };
  const closed = sampleSizeMeans(plan);
  if (!closed.ok) return closed;
  const method = MEAN_METHODS.find((one) => one === formula.value) ?? (closed.value < FEW_UNITS ? "t" : "z");
  const size = method === "z" ? closed : sampleSizeMeans({ ...plan, method });
  if (!size.ok) return size;
  const over = counted.areClusters ? " over clusters" : "";
  const law = method === "z" ? "normal law" : method === "t" ? `t law${over}` : `t law${over}, near tail`;
  // An arm of one unit, or one cluster, has no variance.
  return succeed({ units: Math.max(2, size.value) / counted.perUnit, words: `two means (${law})` });
}

type Size = { readonly units: number; readonly words: string };

/** The normal law's size of two rates with the t law over its clusters, where they are few: as many as two means of the same distance need. */
function overClusters(
  { units, words }: Size,
  { alpha, power, ratio }: SizedComparison,
  { perUnit }: Counted,
): Outcome<Size> {
  const clusters = units * perUnit;
  if (clusters >= FEW_UNITS) return succeed({ units, words });
  const z = standardNormal.upperQuantile(alpha / 2) + standardNormal.quantile(power);
  const sd = Math.sqrt(clusters / (1 + 1 / ratio)) / z;
  const byT = sampleSizeMeans({ sd, delta: 1, alpha, power, ratio, method: "t" });
  if (!byT.ok) return byT;
  return succeed({ units: Math.max(2, byT.value) / perUnit, words: words.replace(/\)$/u, ", t law over clusters)") });
}

function sizeOfRates(
  { alpha, power, ratio, isControlSmaller }: SizedComparison,
  baseline: number,
  effect: number,
  formula: SizeFormula | undefined,
): Outcome<Size> {
  const plan = { baseline, treated: baseline + effect, alpha, power };
  const method = PROPORTION_METHODS.find((one) => one === formula);
  const named = method ?? (ratio === 1 ? "pooled null" : "unpooled");
  const words = `two proportions (${named.startsWith("arcsine") || named.startsWith("rule") ? named : `${named} variance`})`;
  if (ratio === 1) {
    const units = sampleSizeProportions({ ...plan, method: named });
    return units.ok ? succeed({ units: units.value, words }) : units;
  }
  const sizes = unequalSampleSizeProportions({
    ...plan,
    ratio: isControlSmaller ? ratio : 1 / ratio,
    method: named === "arcsine" ? "arcsine" : "unpooled",
  });
  return sizes.ok ? succeed({ units: Math.min(sizes.value.control, sizes.value.treated), words }) : sizes;
}

/**
 * The smallest effect in the direction of `sign` that a smaller arm of `units` finds: `sizeFor` turned around. Undefined where no effect is
 * large enough.
 */
export function effectFor(comparison: SizedComparison, units: number, sign: 1 | -1): number | undefined {
  const { metric, alpha, power, ratio, formula, counted = UNITS } = comparison;
  const isRate = "baseline" in metric;
  const count = units * counted.perUnit;
  if (count < 2 && (counted.areClusters || !isRate)) return undefined;
  const z = standardNormal.upperQuantile(alpha / 2) + standardNormal.quantile(power);
  const law = isRate && !counted.areClusters ? "z" : count < FEW_UNITS ? "t" : "z";
  const method = MEAN_METHODS.find((one) => one === formula) ?? law;
  const df = count * (1 + ratio) - 2;
  const shift =
    method === "z" ? z : shiftWithPower((distance) => tPower(distance, df, alpha, 2, method === "t") - power, z);
  if (!isRate) return shift * metric.sd * Math.sqrt((1 + 1 / ratio) / units);
  const room = sign > 0 ? 1 - metric.baseline : metric.baseline;
  // What the t law costs is that many units fewer under the formula of the rates.
  return rateEffect({ ...comparison, counted: UNITS }, units * (z / shift) ** 2, sign, room);
}

/** Where a power that grows with the shift reaches the asked one: false position with Illinois's halving, from the normal law's shift. */
function shiftWithPower(missing: (shift: number) => number, start: number): number {
  let [low, high] = [0, Math.max(start, 0.1)];
  let [below, above] = [missing(low), missing(high)];
  while (above < 0) {
    [low, below] = [high, above];
    high *= 1.5;
    above = missing(high);
  }
  if (below >= 0) return low;
  for (let i = 0; i < 60 && high - low > 1e-10 * high; i++) {
    const middle = low - (below * (high - low)) / (above - below);
    const at = missing(middle);
    if (Math.abs(at) < 1e-12) return middle;
    if (at < 0) {
      [low, below] = [middle, at];
      above /= 2;
    } else {
      [high, above] = [middle, at];
      below /= 2;
    }
  }
  return high;
}

function rateEffect(comparison: SizedComparison, units: number, sign: 1 | -1, room: number): number | undefined {
  const fits = (effect: number): boolean => {
    const size = sizeFor(comparison, sign * effect);
    return size.ok && size.value.units <= units;
  };
  let low = 0;
  let high = room * (1 - 1e-12);
  if (!fits(high)) return undefined;
  for (let i = 0; i < 60 && high - low > 1e-12 * high; i++) {
    const middle = (low + high) / 2;
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
