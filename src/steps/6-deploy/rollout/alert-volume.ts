/** Alerts a day over the whole days of a period, with the spread that days have. */

import { DAY } from "../../../core/day.ts";
import { studentT } from "../../../core/distribution-t.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";

export interface AlertVolume {
  readonly mean: number;
  /** 95% by the t law over days. */
  readonly interval: readonly [number, number];
  readonly days: number;
}

/** Undefined below two whole days. `time` ascends. */
export function alertVolume(
  time: Float64Array,
  declined: Uint8Array,
  from: number,
  until: number,
): AlertVolume | undefined {
  const days = Math.floor((Math.min(until, (time.at(-1) ?? from) + 3600) - from) / DAY);
  if (days < 2) return undefined;
  const perDay = new Float64Array(days);
  for (let row = 0; row < time.length; row++) {
    const day = Math.floor((time[row] - from) / DAY);
    if (day >= 0 && day < days) perDay[day] += declined[row];
  }
  const { mean, variance } = momentsOf(perDay);
  const reach = studentT(days - 1).upperQuantile(0.025) * Math.sqrt(variance / days);
  return { mean, interval: [mean - reach, mean + reach], days };
}
