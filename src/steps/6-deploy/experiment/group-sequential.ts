/** Group sequential tests: boundaries that allow a few planned looks without inflating the error. */

import { standardNormal } from "../../../core/distribution-normal.ts";
import { gaussLegendre } from "../../../core/gauss-legendre.ts";
import type { Outcome } from "../../../core/outcome.ts";
import { remembering } from "../../../core/remembering.ts";
import { type Requirement, whenAll, wholeNumber } from "./plan-input.ts";

/** A two-sided boundary: reject at look k when |z| reaches `z[k]`. */
export interface SequentialBoundary {
  /** Share of the planned information at each look, ending in 1. */
  readonly fractions: readonly number[];
  readonly z: readonly number[];
  /** Two-sided p-value of each bound as if it were the only look. */
  readonly nominal: readonly number[];
  /** Probability, without an effect, of having rejected by each look. */
  readonly spent: readonly number[];
}

/**
 * `obrien-fleming`: C / sqrt(t), hard early and nearly plain at the end. `pocock`: the same z at every look. Both in the exact sense of
 * their constant; spending functions approximate them and are another boundary (see `spendingBoundary`).
 */
export type BoundaryShape = "obrien-fleming" | "pocock";

const MOST_REMEMBERED = 64;
/** Searched for once: a note is reviewed at every key, and says the same of its looks. */
const constants = remembering<number>(MOST_REMEMBERED);
const inflations = remembering<number>(MOST_REMEMBERED);
const crossings = remembering<readonly number[]>(MOST_REMEMBERED);

/** The boundary of that shape with a two-sided error of `alpha` over the given information fractions, equally spaced by default. */
export function constantBoundary(
  shape: BoundaryShape,
  looks: number,
  alpha = 0.05,
  fractions: readonly number[] = equalFractions(looks),
): Outcome<SequentialBoundary> {
  return whenAll([...lookRequirements(looks, fractions), alphaRequirement(alpha)], () => {
    const zFor = (constant: number): readonly number[] =>
      fractions.map((t) => (shape === "pocock" ? constant : constant / Math.sqrt(t)));
    const constant = constants([shape, alpha, ...fractions], () =>
      decreasingRoot(
        (c) => total(crossingProbabilities(zFor(c), fractions)) - alpha,
        standardNormal.upperQuantile(alpha / 2),
        standardNormal.upperQuantile(alpha / (2 * looks)) + 0.5,
      ),
    );
    return describe(zFor(constant), fractions);
  });
}

/** How the error of one tail is spent as information grows: f(t) from 0 to the tail's alpha. */
export type SpendingFunction = (t: number, tail: number) => number;

/** 2 (1 - Phi(z_(1 - tail/2) / sqrt t)): O'Brien-Fleming-like (Lan and DeMets 1983). */
export const obrienFlemingSpending: SpendingFunction = (t, tail) =>
  2 * standardNormal.survival(standardNormal.upperQuantile(tail / 2) / Math.sqrt(t));

/** tail ln(1 + (e - 1) t): Pocock-like (Lan and DeMets 1983). */
export const pocockSpending: SpendingFunction = (t, tail) => tail * Math.log1p((Math.E - 1) * t);

/**
 * Lan and DeMets's boundary: the looks need not be planned, only how fast the error is spent. A two-sided alpha is spent per tail with
 * alpha / 2 each (the default). `whole` puts alpha into the one-sided formula untouched and splits the result, which gives looser early
 * bounds; it is what some programs print.
 */
export function spendingBoundary(
  fractions: readonly number[],
  alpha = 0.05,
  spending: SpendingFunction = obrienFlemingSpending,
  per: "tail" | "whole" = "tail",
): Outcome<SequentialBoundary> {
  return whenAll([...lookRequirements(fractions.length, fractions), alphaRequirement(alpha)], () => {
    const budget = fractions.map((t) => (per === "tail" ? 2 * spending(t, alpha / 2) : spending(t, alpha)));
    const z: number[] = [];
    let inside = START;
    for (let k = 0; k < fractions.length; k++) {
      const step = stepTo(k, fractions);
      const due = budget[k] - (k === 0 ? 0 : budget[k - 1]);
      const excess = (bound: number): number => {
        const { above, below } = exits(inside, step, bound * Math.sqrt(fractions[k]), 0);
        return above + below - due;
      };
      z.push(decreasingRoot(excess, 0.01, WIDEST));
      inside = advance(inside, step, z[k] * Math.sqrt(fractions[k]), 0);
    }
    return describe(z, fractions);
  });
}

/** Probability of first crossing each bound, above and below. */
export interface Crossings {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

/** Beyond this z no boundary is ever crossed to double precision. */
const WIDEST = 12;

/**
 * First-crossing probabilities of the symmetric bounds `z` when the final z has mean `drift` (0: no effect). With B(t) = z sqrt t the
 * steps are independent normals of variance t_k - t_(k-1); the density that is still inside is carried from look to look by
 * Gauss-Legendre integration (Armitage, McPherson, Rowe 1969).
 */
export function crossingProbabilities(z: readonly number[], fractions: readonly number[], drift = 0): Crossings {
  const upper: number[] = [];
  const lower: number[] = [];
  let inside = START;
  for (let k = 0; k < z.length; k++) {
    const step = stepTo(k, fractions);
    const bound = Math.min(z[k], WIDEST) * Math.sqrt(fractions[k]);
    const { above, below } = exits(inside, step, bound, drift);
    upper.push(above);
    lower.push(below);
    if (k < z.length - 1) inside = advance(inside, step, bound, drift);
  }
  return { upper, lower };
}

/** Where B(t) may stand without having crossed, as points with their mass. */
interface Inside {
  readonly points: Float64Array;
  readonly mass: Float64Array;
}

const START: Inside = { points: Float64Array.of(0), mass: Float64Array.of(1) };

/** Information gained from the look before. */
function stepTo(k: number, fractions: readonly number[]): number {
  return fractions[k] - (k === 0 ? 0 : fractions[k - 1]);
}

/** Probability of leaving on each side with the next step. */
function exits({ points, mass }: Inside, step: number, bound: number, drift: number): { above: number; below: number } {
  const spread = Math.sqrt(step);
  let above = 0;
  let below = 0;
  for (let i = 0; i < points.length; i++) {
    const centre = points[i] + drift * step;
    above += mass[i] * standardNormal.survival((bound - centre) / spread);
    below += mass[i] * standardNormal.cdf((-bound - centre) / spread);
  }
  return { above, below };
}

/** The density inside the bound after one more step. */
function advance({ points, mass }: Inside, step: number, bound: number, drift: number): Inside {
  const spread = Math.sqrt(step);
  // Three points a standard deviation of the step: against four times as many, no crossing moves by 1e-13 (2 to 100 looks, both shapes).
  const size = Math.min(400, Math.ceil(24 + (3 * bound) / spread));
  const rule = gaussLegendre(size);
  const nextPoints = rule.points.map((x) => x * bound);
  const nextMass = new Float64Array(size);
  for (let j = 0; j < size; j++) {
    let density = 0;
    for (let i = 0; i < points.length; i++)
      density += mass[i] * standardNormal.density((nextPoints[j] - points[i] - drift * step) / spread);
    nextMass[j] = (density / spread) * rule.weights[j] * bound;
  }
  return { points: nextPoints, mass: nextMass };
}

/**
 * How many times more units the planned end needs than a test with one look, for the same power: the squared ratio of the drift that
 * reaches the power over that of the fixed test.
 */
export function sequentialInflation(boundary: SequentialBoundary, alpha: number, power: number): number {
  const { z, fractions } = boundary;
  return inflations([alpha, power, ...z, ...fractions], () => {
    const fixed = standardNormal.upperQuantile(alpha / 2) + standardNormal.quantile(power);
    const drift = decreasingRoot((size) => power - total(crossingProbabilities(z, fractions, size)), 0, 2 * fixed + 2);
    return (drift / fixed) ** 2;
  });
}

/** The error of looking `looks` times with the bound of a single look: what peeking does. */
export function peekingError(looks: number, z = standardNormal.upperQuantile(0.025)): number {
  return total(crossingProbabilities(new Array<number>(looks).fill(z), equalFractions(looks)));
}

function describe(z: readonly number[], fractions: readonly number[]): SequentialBoundary {
  const spent = crossings([...z, ...fractions], () => {
    const { upper, lower } = crossingProbabilities(z, fractions);
    let sum = 0;
    return upper.map((above, k) => {
      sum += above + lower[k];
      return sum;
    });
  });
  // A copy: what a caller does to it changes no later answer.
  return { fractions, z, nominal: z.map((bound) => 2 * standardNormal.survival(bound)), spent: [...spent] };
}

function total({ upper, lower }: Crossings): number {
  return upper.reduce((sum, above, k) => sum + above + lower[k], 0);
}

function equalFractions(looks: number): readonly number[] {
  return Number.isSafeInteger(looks) && looks > 0 && looks <= MOST_LOOKS
    ? Array.from({ length: looks }, (_, k) => (k + 1) / looks)
    : [];
}

/** More looks than this are a continuous watch: use an always-valid test. */
const MOST_LOOKS = 100;

function lookRequirements(looks: number, fractions: readonly number[]): readonly Requirement[] {
  const ascending = fractions.every((t, k) => t > (k === 0 ? 0 : fractions[k - 1]));
  const last = fractions[fractions.length - 1];
  return [
    wholeNumber("looks", looks, 1),
    {
      name: "looks",
      value: looks,
      holds: looks <= MOST_LOOKS,
      must: `be at most ${MOST_LOOKS}; watch continuously with an always-valid test`,
    },
    {
      name: "number of fractions",
      value: fractions.length,
      holds: fractions.length === looks,
      must: `be the number of looks (${looks})`,
    },
    {
      name: "last fraction",
      value: last,
      holds: ascending && last <= 1,
      must: "be at most 1, after fractions that rise from above 0",
    },
  ];
}

function alphaRequirement(alpha: number): Requirement {
  return { name: "alpha", value: alpha, holds: alpha > 0 && alpha < 1, must: "be above 0 and below 1" };
}

/** The zero of a decreasing function between two points: regula falsi with the Illinois rule, about ten evaluations. */
function decreasingRoot(f: (x: number) => number, from: number, to: number): number {
  let low = from;
  let high = to;
  let atLow = f(low);
  let atHigh = f(high);
  if (atLow <= 0) return low;
  if (atHigh >= 0) return high;
  let lastSide = 0;
  for (let i = 0; i < 200 && high - low > 1e-13 * high; i++) {
    const x = (low * atHigh - high * atLow) / (atHigh - atLow);
    const value = f(x);
    if (Math.abs(value) < 1e-15) return x;
    if (value > 0) {
      low = x;
      atLow = value;
      if (lastSide === 1) atHigh /= 2;
      lastSide = 1;
    } else {
      high = x;
      atHigh = value;
      if (lastSide === -1) atLow /= 2;
      lastSide = -1;
    }
  }
  return (low + high) / 2;
}
