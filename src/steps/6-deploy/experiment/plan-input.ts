/** Checks what every plan of an experiment starts from: error rates, shares, counts. A wrong one is refused with its name. */

import { type Failure, fail, type Outcome, succeed } from "../../../core/outcome.ts";

/** Error rates of a planned test. */
export interface ErrorRates {
  /** Probability of calling a difference where there is none; 0.05 by default. */
  readonly alpha?: number;
  /** Probability of calling a difference of the planned size; 0.8 by default. */
  readonly power?: number;
  /** 2 (the default) splits alpha over both directions; 1 spends it on one, as a non-inferiority margin does. */
  readonly sides?: 1 | 2;
}

/** Where nothing is said: one false call in twenty. */
export const DEFAULT_ALPHA = 0.05;
/** Where nothing is said: four real effects of five are found. */
export const DEFAULT_POWER = 0.8;

/** What a value has to be, in words, and whether it is. */
export interface Requirement {
  readonly name: string;
  readonly value: number | string;
  readonly holds: boolean;
  readonly must: string;
  /** A value that would do, as a person would write it. */
  readonly example?: string;
}

/** Strictly between 0 and 1. */
export function probability(name: string, value: number): Requirement {
  return {
    name,
    value,
    holds: value > 0 && value < 1,
    must: "be above 0 and below 1",
    example: name === "power" ? "0.8" : "0.05",
  };
}

/** Above 0 and at most 1. */
export function share(name: string, value: number): Requirement {
  return { name, value, holds: value > 0 && value <= 1, must: "be above 0 and at most 1", example: "100%" };
}

/** Above 0 and finite. */
export function positive(name: string, value: number): Requirement {
  return { name, value, holds: value > 0 && Number.isFinite(value), must: "be above 0" };
}

/** A whole number of at least `least`. */
export function wholeNumber(name: string, value: number, least: number): Requirement {
  return { name, value, holds: Number.isSafeInteger(value) && value >= least, must: `be a whole number from ${least}` };
}

/** A finite number other than 0. */
export function nonZero(name: string, value: number): Requirement {
  return { name, value, holds: Number.isFinite(value) && value !== 0, must: "be a number other than 0" };
}

/** One of the names there are: a caller without types may give another. */
export function oneOfNames(name: string, value: string, names: readonly string[]): Requirement {
  return { name, value, holds: names.includes(value), must: `be one of ${names.join(", ")}`, example: names[0] };
}

/** Alpha within (0, 1) and power within (alpha, 1): below alpha, chance alone would do better. */
export function errorRateRequirements(rates: ErrorRates): readonly Requirement[] {
  const { alpha = DEFAULT_ALPHA, power = DEFAULT_POWER } = rates;
  return [
    probability("alpha", alpha),
    probability("power", power),
    { name: "power", value: power, holds: power > alpha, must: `be above alpha (${alpha})` },
  ];
}

/** The first requirement that does not hold, as a failure; the value of `then` otherwise. */
export function whenAll<T>(requirements: readonly Requirement[], then: () => T): Outcome<T> {
  const broken = requirements.find((requirement) => !requirement.holds);
  return broken === undefined ? succeed(then()) : fail(refuse(broken));
}

function refuse({ name, value, must, example }: Requirement): Failure {
  return {
    code: "bad-plan",
    message: `${name} is ${value}, but must ${must}`,
    where: name,
    fix: example === undefined ? `check where the ${name} comes from` : `write the ${name} like ${example}`,
  };
}
