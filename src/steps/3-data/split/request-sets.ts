/** The sets of requests of a split by time: from which stretch of time each is taken, and how much of it a unit has done when asking. */

import type { RankedWords } from "../ranked-task.ts";

/** The stretches of time that requests come from; those of folds are `fold-1` and so on. */
export const TEST_PERIOD = "test";
export const VALIDATION_PERIOD = "validation";

export interface RequestSet {
  readonly name: string;
  readonly period: string;
  /** Share of a unit's events in the period that have happened when the request comes. */
  readonly foldIn: number;
}

/** The share of a unit's events in the test, and in validation, that have happened when the request comes which the run's figures are of. */
const FOLDED_IN = 0.5;

/** Shares of a unit's events in a fold that have happened when the request comes: from nothing known to most of it. */
const FOLD_SHARES = [0, 0.25, 0.5, 0.75];

/** Folds take turns over this last share of the training events: the nearest past resembles the test most. */
const FOLDED_SHARE = 0.45;

/** All sets, in the order in which they are made. */
export function requestSets(folds: number): readonly RequestSet[] {
  return [
    ...[TEST_PERIOD, VALIDATION_PERIOD].flatMap((period) => [
      { name: period, period, foldIn: FOLDED_IN },
      { name: `${period}-cold`, period, foldIn: 0 },
    ]),
    ...foldPeriods(folds).flatMap((period) =>
      FOLD_SHARES.map((foldIn) => ({ name: `${period}@${foldIn * 100}`, period, foldIn })),
    ),
  ];
}

/** When the test asks, and what is known then, so that somebody else can make the same requests and the same figures. */
export function whenAsked({ unit, items }: Pick<RankedWords, "unit" | "items">, hasImpressions: boolean): string {
  const events = `n events after the cut${hasImpressions ? ", impressions aside," : ""}`;
  return `the test asks each ${unit} once: of their ${events} at the moment of the one numbered floor(${FOLDED_IN} × n) + 1. History is what was known of them before that moment, from before the cut and since; to be found are the ${items} that they wanted from that moment on and had not had before it`;
}

/** The periods of folds, earliest first. */
export function foldPeriods(folds: number): readonly string[] {
  return Array.from({ length: folds }, (_, fold) => `fold-${fold + 1}`);
}

/** The share of the training events that lies before the fold numbered from 0. */
export function shareBeforeFold(fold: number, folds: number): number {
  return 1 - FOLDED_SHARE * (1 - fold / folds);
}
