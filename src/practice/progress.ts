/** Progress: what was right by area and level with its uncertainty, what will still be known, and how sure one may be. */

import { areaBelief, levelOnScale } from "./ability.ts";
import { AREA_NAMES, type Area, LEVEL_NUMBERS } from "./area.ts";
import { type Calibration, calibration } from "./calibration.ts";
import { recall } from "./memory.ts";
import { dayOf, type Profile, secondsOf, streak } from "./profile.ts";

/** The last answers to one area at one level. `share` is undefined where nothing was answered: unseen is not failed. */
export interface ProgressCell {
  readonly answers: number;
  readonly share?: number;
  /** 95 % Wilson interval of the share. */
  readonly interval?: readonly [number, number];
}

export interface AreaProgress {
  readonly area: Area;
  readonly ability: number;
  /** Half the width of a 95 % interval of the ability. */
  readonly uncertainty: number;
  readonly cells: readonly ProgressCell[];
}

export interface Progress {
  readonly answers: number;
  /** Questions left open: they say nothing of the ability. */
  readonly leftOpen: number;
  readonly questions: number;
  readonly ability: number;
  readonly uncertainty: number;
  readonly areas: readonly AreaProgress[];
  readonly calibration: Calibration | undefined;
  /** The same over the last fifty answers, to see it change. */
  readonly recentCalibration: Calibration | undefined;
  /**
   * How many of the questions seen would still be known on a day without further practice: today, in 7, 30 and 90 days. One whose last
   * answer was not right is none of them.
   */
  readonly forecast: readonly { readonly inDays: number; readonly known: number }[];
  readonly streak: number;
  readonly minutesLastWeek: number;
}

const RECENT = 50;
const HORIZONS = [0, 7, 30, 90];

export function measureProgress(profile: Profile, today: number): Progress {
  const { ability, answers, memories } = profile;
  const given = answers.filter(({ verdict }) => verdict !== "unanswered");
  const spread = (variance: number): number => 1.96 * Math.sqrt(variance);
  const outcomes = new Map<string, boolean[]>();
  for (const { area, level, verdict } of given) {
    const own = outcomes.get(`${area} ${level}`);
    if (own === undefined) outcomes.set(`${area} ${level}`, [verdict === "right"]);
    else own.push(verdict === "right");
  }
  const areas = AREA_NAMES.map((area): AreaProgress => {
    const cells = LEVEL_NUMBERS.map((level) => cellOf(outcomes.get(`${area} ${level}`) ?? []));
    const belief = areaBelief(ability, area);
    return { area, ability: belief.mean, uncertainty: spread(belief.variance), cells };
  });
  const week = answers.slice(answers.findLastIndex(({ at }) => dayOf(at) <= today - 7) + 1);
  return {
    answers: given.length,
    leftOpen: answers.length - given.length,
    questions: memories.size,
    ability: levelOnScale(ability),
    uncertainty: spread(ability.general.variance),
    areas,
    calibration: calibration(answers),
    recentCalibration: calibration(answers.slice(-RECENT)),
    forecast: HORIZONS.map((inDays) => ({
      inDays,
      known: [...memories.values()].reduce(
        (sum, memory) => sum + (memory.right ? recall(memory, today + inDays) : 0),
        0,
      ),
    })),
    streak: streak(profile, today),
    minutesLastWeek: Math.round(secondsOf(week) / 60),
  };
}

/** What was right, with its uncertainty. */
export function cellOf(outcomes: readonly boolean[]): ProgressCell {
  const n = outcomes.length;
  if (n === 0) return { answers: 0 };
  const share = outcomes.filter(Boolean).length / n;
  return { answers: n, share, interval: wilson(share, n) };
}

/** The 95 % interval of a share by Wilson 1927: centre (p + z²/2n) / (1 + z²/n), half width z sqrt(pq/n + z²/4n²) / (1 + z²/n). */
export function wilson(p: number, n: number): readonly [number, number] {
  const z = 1.959964;
  const denominator = 1 + (z * z) / n;
  const centre = (p + (z * z) / (2 * n)) / denominator;
  const half = (z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))) / denominator;
  return [Math.max(0, centre - half), Math.min(1, centre + half)];
}
