/** Why an event, a label or a request is not taken by a state, and how often each happened. */

import type { Measure } from "../../3-data/features/event-stream.ts";
import { LARGEST_VALUE } from "./event-lists.ts";
import type { Reason, Refusal, StateEvent } from "./state-event.ts";

/** Least and largest amount of a measure, both allowed. */
export type MeasureBounds = Readonly<Record<string, readonly [least: number, largest: number]>>;

/** How often each thing happened. */
export type ReasonCounts = Readonly<Record<Reason, number>>;

export function faultOfMeasures(
  { measures: given }: StateEvent,
  measures: readonly (readonly [name: string, measure: Measure])[],
  bounds: MeasureBounds,
): Refusal | undefined {
  for (const [name, { mask, isBinary = false }] of measures) {
    const value = given[name];
    if (value === undefined) {
      if (mask === undefined) return "missing-measure";
      continue;
    }
    if (!isPossible(value, bounds[name], isBinary)) return "bad-amount";
  }
  return undefined;
}

export function isPossible(
  value: number,
  [least, largest]: readonly [least: number, largest: number] = [-LARGEST_VALUE, LARGEST_VALUE],
  isBinary = false,
): boolean {
  if (isBinary && value !== 0 && value !== 1) return false;
  // Written so that NaN fails.
  return value >= least && value <= largest && Math.abs(value) < LARGEST_VALUE;
}

export function faultOfRequest(
  { time, keys }: { readonly time: number; readonly keys: Readonly<Record<string, unknown>> },
  oldest: number,
  entities: readonly string[],
): Refusal | undefined {
  if (!Number.isFinite(time)) return "bad-time";
  if (time < oldest) return "from-the-past";
  for (let at = 0; at < entities.length; at++) if (keys[entities[at]] === undefined) return "missing-entity";
  return undefined;
}

export function noCounts(): Record<Reason, number> {
  return {
    "bad-time": 0,
    "from-the-past": 0,
    "clock-jump": 0,
    "bad-id": 0,
    duplicate: 0,
    "bad-amount": 0,
    "missing-measure": 0,
    "missing-entity": 0,
    "unknown-entity": 0,
    "unknown-event": 0,
    "unknown-measure": 0,
    "sum-not-exact": 0,
    "set-aside": 0,
  };
}
