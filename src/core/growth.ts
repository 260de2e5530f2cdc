/** Growth of a count: where the period of a share is compounded, and how much it comes to after a time. */

import { DAY } from "./day.ts";

const YEAR = 365 * DAY;

/**
 * The yearly growth, per second as quantities hold it, of a share per period: `10%/month` compounds monthly to 213.8 % a year, `2x/year`
 * (a share of 1) is a doubling. All that reads growth counts in such years, so what is stated per month or week is the same everywhere.
 */
export function compoundYearly(share: number, period: number): number {
  const yearly = period === YEAR ? share : Math.expm1((YEAR / period) * Math.log1p(share));
  return yearly / YEAR;
}

/** A growth as a note states it: `percent` compounds, else it adds `value` per second. */
interface Growth {
  readonly value: number;
  readonly percent: boolean;
}

/** How many are new after `seconds`, of `count` today. */
export function grownBy({ value, percent }: Growth, count: number, seconds: number): number {
  return percent ? count * Math.expm1((seconds / YEAR) * Math.log1p(value * YEAR)) : value * seconds;
}

/** The same growth as a share per year, per second: what adds up is held against the `count` of today. */
export function relativeGrowthOf({ value, percent }: Growth, count: number): number {
  return percent ? value : value / count;
}
