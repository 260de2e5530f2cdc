/** A quality alert on windows: which windows' labels have arrived, how long it must hold, and what their intervals say. */

import { type Condition, holds } from "../../../design/condition.ts";
import type { AlertOutcome } from "../../../system/stage.ts";

/** A value with the interval of its window, over so many requests or cases. */
export interface QualityWindow {
  readonly mean: number;
  readonly interval: readonly [number, number];
  readonly n: number;
  /** Seconds after the last event of the data at which the window ends; 0 or less. */
  readonly age: number;
}

export interface WindowRule {
  readonly condition: Condition;
  /** How old a prediction is before its label is known. */
  readonly lag: number;
  /** How long the condition must hold, and how long a window is. */
  readonly holdsFor: number;
  readonly window: number;
}

/** What the windows are held against. */
export interface Reference {
  readonly mean: number;
  readonly interval: readonly [number, number] | null;
}

export interface WindowVerdict {
  readonly verdict: NonNullable<AlertOutcome["verdict"]>;
  /** In the terms of the condition; null where no window can be judged. */
  readonly measured: number | null;
  readonly interval: readonly [number, number] | null;
  readonly n: number | null;
  /** The window that decides; undefined where none can be judged. */
  readonly window: QualityWindow | undefined;
  /** Windows that are left out because their labels have not arrived. */
  readonly unripe: number;
  /** Windows that were judged. */
  readonly judged: number;
}

/**
 * It fires where as many windows in a row as `holdsFor` takes hold the condition with all of their interval; it is quiet where none
 * holds it at its value; else it is not settled. The worst of many windows is bad by chance alone, so intervals of the windows must
 * come at a level for all of them together.
 */
export function judgeWindows(windows: readonly QualityWindow[], reference: Reference, rule: WindowRule): WindowVerdict {
  const ripe = windows.filter(({ age }) => -age >= rule.lag);
  const unripe = windows.length - ripe.length;
  const run = Math.max(1, Math.ceil(rule.holdsFor / rule.window));
  const changes = ripe.map((window) => ({ window, ...changeOf(window, reference, rule.condition.of) }));
  if (changes.length < run)
    return {
      verdict: "not measured",
      measured: null,
      interval: null,
      n: null,
      window: undefined,
      unripe,
      judged: changes.length,
    };
  const { condition } = rule;
  const isSure = ({ interval }: (typeof changes)[number]): boolean => interval.every((end) => holds(condition, end));
  const isShown = ({ value }: (typeof changes)[number]): boolean => holds(condition, value);
  const fires = hasRun(changes.map(isSure), run);
  const verdict = fires ? "fires" : hasRun(changes.map(isShown), run) ? "not settled" : "quiet";
  const isUpper = condition.comparison === "<" || condition.comparison === "<=";
  const worst = changes.reduce((most, one) =>
    (isUpper ? one.value < most.value : one.value > most.value) ? one : most,
  );
  return {
    verdict,
    measured: worst.value,
    interval: worst.interval,
    n: worst.window.n,
    window: worst.window,
    unripe,
    judged: changes.length,
  };
}

/** The value, its relative drop or its rise, with an interval that knows of both sides' error (delta method, independent samples). */
export function changeOf(
  { mean, interval }: Pick<QualityWindow, "mean" | "interval">,
  reference: Reference,
  of: Condition["of"],
): { readonly value: number; readonly interval: readonly [number, number] } {
  if (of === "value") return { value: mean, interval };
  const sign = of === "drop" ? -1 : 1;
  const ratio = mean / reference.mean;
  const [below, above] = [mean - interval[0], interval[1] - mean];
  const [under, over] =
    reference.interval === null
      ? [0, 0]
      : [reference.mean - reference.interval[0], reference.interval[1] - reference.mean];
  const value = sign * (ratio - 1);
  // A reference that is higher than thought makes the ratio smaller.
  const low = Math.hypot(below, ratio * over) / reference.mean;
  const high = Math.hypot(above, ratio * under) / reference.mean;
  return sign < 0 ? { value, interval: [value - high, value + low] } : { value, interval: [value - low, value + high] };
}

function hasRun(flags: readonly boolean[], length: number): boolean {
  let run = 0;
  for (const flag of flags) {
    run = flag ? run + 1 : 0;
    if (run >= length) return true;
  }
  return false;
}
