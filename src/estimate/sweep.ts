/** Sweeps one number over a range: how every answer moves, and where limits and leaders change. */

import type { Dimension } from "../core/unit.ts";
import type { FilledSheet } from "./sheet.ts";

export interface SweepSeries {
  /** `cost`, `index memory: candidates: flat`. */
  readonly label: string;
  readonly sheet: string;
  readonly dimension: Dimension;
  readonly isAlternative: boolean;
  /** One value per point; NaN where the sheet cannot be computed. */
  readonly values: readonly number[];
}

export interface Crossing {
  /** Where it happens, in base units of the swept number. */
  readonly x: number;
  /** What is true above: `the flat index no longer fits one 24 GB machine`. */
  readonly above: string;
  /** The sheet it is about. */
  readonly sheet: string;
}

export interface Sweep {
  readonly points: readonly number[];
  /** Answers that move, in the order of the sheets. */
  readonly series: readonly SweepSeries[];
  /** In the order of x; with whole numbers each holds from its x on. */
  readonly isWhole: boolean;
  readonly crossings: readonly Crossing[];
}

export interface SweepOptions {
  readonly from: number;
  readonly to: number;
  /** Default 49. */
  readonly points?: number;
  /** Only whole numbers are meant: points and crossings are. */
  readonly isWhole?: boolean;
  evaluate(x: number): readonly FilledSheet[];
}

/** Points stand evenly, or evenly in the logarithm where the range spans a factor of ten or more. Crossings are bisected to 1e-6. */
export function sweep({ from, to, points: count = 49, isWhole = false, evaluate }: SweepOptions): Sweep {
  const isLog = isLogRange(from, to);
  const points = Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    const point = isLog ? from * (to / from) ** share : from + (to - from) * share;
    return isWhole ? Math.round(point) : point;
  });
  const states = points.map((x) => evaluate(x));
  return { points, isWhole, series: seriesOf(states), crossings: crossingsOf(points, states, evaluate).map(snap) };

  function snap(crossing: Crossing): Crossing {
    return isWhole ? { ...crossing, x: Math.round(crossing.x) } : crossing;
  }
}

/** Whether a range is better seen on a logarithmic axis. */
export function isLogRange(from: number, to: number): boolean {
  return from > 0 && to / from >= 10;
}

function seriesOf(states: readonly (readonly FilledSheet[])[]): readonly SweepSeries[] {
  const [first] = states;
  return first.flatMap((sheet, at) => {
    const values = states.map((state) => state[at]?.answer?.value ?? Number.NaN);
    const finite = values.filter((value) => Number.isFinite(value));
    const moves = finite.some((value) => Math.abs(value - finite[0]) > 1e-9 * Math.abs(finite[0]));
    const dimension = states.map((state) => state[at]?.answer?.dimension).find((one) => one !== undefined);
    if (!moves || dimension === undefined) return [];
    const label = sheet.subject === "" ? sheet.title : `${sheet.title}: ${sheet.subject}`;
    return [{ label, sheet: sheet.sheet, dimension, isAlternative: sheet.isAlternative, values }];
  });
}

interface Claim {
  /** What is compared: words that name the swept value itself change with it. */
  readonly state: string;
  readonly said: string;
  readonly sheet: string;
}

/** Everything that is true at a point, by what it is about. */
function claimsOf(sheets: readonly FilledSheet[]): ReadonlyMap<string, Claim> {
  const claims = new Map<string, Claim>();
  for (const { limits, dominant, title, subject, sheet, failure, missing } of sheets) {
    const name = subject === "" ? title : `${title}: ${subject}`;
    for (const [i, { holds, broken, isBroken }] of limits.entries()) {
      claims.set(`${sheet}/${name}/${i}`, { state: String(isBroken), said: isBroken ? broken : holds, sheet });
    }
    const leader = dominant?.split(":")[0];
    if (leader !== undefined) {
      claims.set(`${sheet}/${name}/leader`, {
        state: leader,
        said: `the largest part of the ${title} is ${leader}`,
        sheet,
      });
    }
    if (missing.length > 0) continue;
    const why = failure?.message.replace(/^[a-z0-9-]+: /u, "");
    const said = why === undefined ? `${name} can be computed` : `${name} has no answer: ${why}`;
    claims.set(`${sheet}/${name}/failure`, { state: String(why === undefined), said, sheet });
  }
  return claims;
}

function crossingsOf(
  points: readonly number[],
  states: readonly (readonly FilledSheet[])[],
  evaluate: SweepOptions["evaluate"],
): readonly Crossing[] {
  const crossings: Crossing[] = [];
  const claims = states.map(claimsOf);
  for (let i = 1; i < points.length; i++) {
    for (const [key, { state, said, sheet }] of claims[i]) {
      const earlier = claims[i - 1].get(key);
      if (earlier === undefined || earlier.state === state) continue;
      const isAfter = (x: number): boolean => claimsOf(evaluate(x)).get(key)?.state !== earlier.state;
      const x = bisect(points[i - 1], points[i], isAfter);
      crossings.push({ x, above: claimsOf(evaluate(x)).get(key)?.said ?? said, sheet });
    }
  }
  return crossings.sort((a, b) => a.x - b.x);
}

/** A crossing at 0 would be halved for ever. */
const MAXIMUM_HALVINGS = 40;

/** The least x at which `isAfter` holds, given that it does at `high` and not at `low`. */
function bisect(low: number, high: number, isAfter: (x: number) => boolean): number {
  let [a, b] = [low, high];
  for (let i = 0; i < MAXIMUM_HALVINGS && b - a > 1e-6 * Math.abs(b); i++) {
    const middle = (a + b) / 2;
    if (isAfter(middle)) b = middle;
    else a = middle;
  }
  return b;
}
