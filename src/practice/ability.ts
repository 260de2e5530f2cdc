/** The ability model: one general level and a small offset per area, each with its uncertainty, updated after every answer. */

import type { Area } from "./area.ts";

export interface Belief {
  readonly mean: number;
  readonly variance: number;
}

/** Normal beliefs on the scale of levels: at ability 3 a question of level 3 that cannot be guessed is right half of the time. */
export interface Ability {
  readonly general: Belief;
  /** Areas without an answer yet are absent. */
  readonly offsets: Readonly<Partial<Record<Area, Belief>>>;
}

/** What an answer says: the question's place on the scale, how easily it is guessed, and the score. */
export interface Evidence {
  readonly area: Area;
  readonly level: number;
  readonly guess: number;
  /** 0 to 1. */
  readonly score: number;
}

/**
 * How sharply success falls with difficulty: one level above one's ability is right once in twelve, one below eleven times in twelve.
 * An assumption about the bank's levels, not a measurement.
 */
const SLOPE = Math.log(11);
const PRIOR: Belief = { mean: 3.5, variance: 1.5 ** 2 };
const OFFSET: Belief = { mean: 0, variance: 0.35 ** 2 };
/** Variance that an answer's time adds, so that the model follows a learner: half a level over a hundred answers. */
const DRIFT = 0.05 ** 2;
const GRID = 33;
const REACH = 4;

/** Nothing known: the middle of the scale, spread over all of it, and no area apart. */
export function freshAbility(): Ability {
  return { general: PRIOR, offsets: {} };
}

/** The place on the scale: what lies outside of it is not told apart from its ends. */
export function levelOnScale({ general }: Ability): number {
  return Math.min(6, Math.max(1, general.mean));
}

/** The belief about one area: general level plus offset. */
export function areaBelief({ general, offsets }: Ability, area: Area): Belief {
  const offset = offsets[area] ?? OFFSET;
  return { mean: general.mean + offset.mean, variance: general.variance + offset.variance };
}

/** The chance of a right answer: three-parameter logistic (Birnbaum 1968) with the guess as its floor. */
export function chanceRight(
  ability: number,
  { level, guess }: { readonly level: number; readonly guess: number },
): number {
  return guess + (1 - guess) / (1 + Math.exp(-SLOPE * (ability - level)));
}

/** Fisher information of one answer about ability: what adaptive choice maximises while placing. */
export function information(ability: number, question: { readonly level: number; readonly guess: number }): number {
  const p = chanceRight(ability, question);
  const logistic = (p - question.guess) / (1 - question.guess);
  return (SLOPE ** 2 * (1 - p) * logistic ** 2) / p;
}

/**
 * The ability after an answer. The posterior of general level plus offset is computed on a grid and matched by a normal
 * (assumed density filtering), and the shift is shared between the two in proportion to their variances.
 */
export function updateAbility(ability: Ability, evidence: Evidence): Ability {
  const general = { mean: ability.general.mean, variance: ability.general.variance + DRIFT / 4 };
  const offset = ability.offsets[evidence.area] ?? OFFSET;
  const before: Belief = { mean: general.mean + offset.mean, variance: general.variance + offset.variance };
  const after = posterior(before, evidence);
  const share = (own: Belief): Belief => {
    const gain = own.variance / before.variance;
    return {
      mean: own.mean + gain * (after.mean - before.mean),
      variance: own.variance - gain ** 2 * (before.variance - after.variance),
    };
  };
  return { general: share(general), offsets: { ...ability.offsets, [evidence.area]: share(offset) } };
}

function posterior({ mean, variance }: Belief, { level, guess, score }: Evidence): Belief {
  const deviation = Math.sqrt(variance);
  let total = 0;
  let first = 0;
  let second = 0;
  for (let i = 0; i < GRID; i++) {
    const z = REACH * ((2 * i) / (GRID - 1) - 1);
    const at = mean + z * deviation;
    const p = chanceRight(at, { level, guess });
    const weight = Math.exp(-0.5 * z * z) * p ** score * (1 - p) ** (1 - score);
    total += weight;
    first += weight * at;
    second += weight * at * at;
  }
  const newMean = first / total;
  return { mean: newMean, variance: Math.max(1e-4, second / total - newMean ** 2) };
}
