/** A quality alert on windows: which windows' labels have arrived, how long it must hold, and what their intervals say. */

import { type Condition, holds } from "../../../design/condition.ts";
import type { AlertOutcome } from "../../../system/stage.ts";

/** A value with the interval of its window, over so many requests or cases. */
export interface QualityWindow {
  readonly mean: number;
  /** Null where too few units are behind it for one. */
  readonly interval: readonly [number, number] | null;
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
  /** Null also where the window or what it is held against has none. */
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
    interval: worst.isKnown ? worst.interval : null,
    n: worst.window.n,
    window: worst.window,
    unripe,
    judged: changes.length,
  };
}

/** Why nothing is settled, behind a semicolon; empty where something is. */
export function openWords({ verdict, interval }: Pick<WindowVerdict, "verdict" | "interval">): string {
  if (verdict !== "not settled") return "";
  return interval === null ? "; too few for an interval" : "; its interval reaches across the limit";
}

/** Without an interval nothing is known of the error: the widest that a share allows. */
const WIDEST: readonly [number, number] = [0, 1];

/** The value, its relative drop or its rise, with an interval that knows of both sides' error (delta method, independent samples). */
export function changeOf(
  window: Pick<QualityWindow, "mean" | "interval">,
  reference: Reference,
  of: Condition["of"],
): { readonly value: number; readonly interval: readonly [number, number]; readonly isKnown: boolean } {
  const { mean } = window;
  const interval = window.interval ?? WIDEST;
  if (of === "value") return { value: mean, interval, isKnown: window.interval !== null };
  const isKnown = window.interval !== null && reference.interval !== null;
  const sign = of === "drop" ? -1 : 1;
  const ratio = mean / reference.mean;
  const [below, above] = [mean - interval[0], interval[1] - mean];
  const [least, most] = reference.interval ?? WIDEST;
  const [under, over] = [reference.mean - least, most - reference.mean];
  const value = sign * (ratio - 1);
  // A reference that is higher than thought makes the ratio smaller.
  const low = Math.hypot(below, ratio * over) / reference.mean;
  const high = Math.hypot(above, ratio * under) / reference.mean;
  return { value, isKnown, interval: sign < 0 ? [value - high, value + low] : [value - low, value + high] };
}

function hasRun(flags: readonly boolean[], length: number): boolean {
  let run = 0;
  for (const flag of flags) {
    run = flag ? run + 1 : 0;
    if (run >= length) return true;
  }
  return false;
}
