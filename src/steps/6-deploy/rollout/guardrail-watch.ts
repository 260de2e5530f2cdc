/** One guardrail watched over the cases of one step: at once, or as labels arrive; arm against arm, or both models on the same cases. */

import { unwrap } from "../../../core/outcome.ts";
import { alwaysValid } from "../experiment/always-valid.ts";
import type { Guardrail, GuardrailKind } from "./guardrail.ts";
import { createRatioTally } from "./ratio-tally.ts";
import type { RolloutCases } from "./rollout-cases.ts";

/** When a reading knows what it counts. */
export type Knowledge = "at once" | "confirmed";

/** How a guardrail is counted; one guardrail can have two. */
export interface Watch {
  readonly guardrail: Guardrail;
  readonly when: Knowledge;
  /** Effect beyond which harm is shown. */
  readonly limit: number;
  /** What counts of a case, and what it is counted against. A confirmed watch is asked only once the label has arrived. */
  harm(row: number, declined: number, failed: number): number;
  base(row: number): number;
}

/**
 * The change of a share that the sequential test is quickest at, fixed before any case is seen. A tenth: a gross fault shows within
 * tens of cases, and on tens of thousands the interval is an eighth wider than with a hundredth.
 */
const TAU = 0.1;

/**
 * The watches of the guardrails. Honest cases that are declined are known for sure only when labels arrive. At once is known that
 * when more cases are declined than before, and more by far than there ever are positives, then the rest is honest: with `positiveShare` the
 * largest share of positives seen in earlier weeks, the difference less that share is a lower bound of the harm.
 */
export function watchesOf(
  guardrails: readonly Guardrail[],
  { positive, amount }: RolloutCases,
  positiveShare: number,
): readonly Watch[] {
  const every = (): number => 1;
  const isDeclined = (_: number, declined: number): number => declined;
  const watch = (guardrail: Guardrail): Watch[] => {
    const { kind, margin } = guardrail;
    const one = (when: Knowledge, harm: Watch["harm"], base: Watch["base"], allowed = 0): Watch => ({
      guardrail,
      when,
      limit: margin + allowed,
      harm,
      base,
    });
    switch (kind) {
      case "errors":
        return [one("at once", (_, __, failed) => failed, every)];
      case "cases declined":
        return [one("at once", isDeclined, every)];
      case "false positives":
        return [
          one("at once", isDeclined, every, positiveShare),
          one(
            "confirmed",
            (row, declined) => declined * (1 - positive[row]),
            (row) => 1 - positive[row],
          ),
        ];
      case "positives missed":
        return [
          one(
            "confirmed",
            (row, declined) => (1 - declined) * positive[row],
            (row) => positive[row],
          ),
        ];
      case "money lost": {
        const stake = (row: number): number => amount[row] * positive[row];
        return [one("confirmed", (row, declined) => (1 - declined) * stake(row), stake)];
      }
      case "latency p99":
        return [];
      default:
        return kind satisfies never;
    }
  };
  return guardrails.flatMap(watch);
}

/** Below so many units' worth of harm, one or two large ones decide, and the normal law that the test goes by does not hold. */
const LEAST_WEIGHT = 20;

/** What a reading says so far; treated minus control, or candidate minus champion. */
export interface Reading {
  readonly name: string;
  readonly kind: GuardrailKind;
  readonly when: Knowledge;
  readonly limit: number;
  readonly effect: number;
  /** Holds at every look at once, at 95%. */
  readonly interval: readonly [number, number];
  /** The same at the error that this reading may spend: harm is shown where its lower end lies beyond the limit. */
  readonly deciding: readonly [number, number];
  /** Cases (for positives and money: positives) that it rests on. */
  readonly n: number;
  readonly isHarmed: boolean;
}

export interface OpenReading {
  readonly when: Knowledge;
  /** One case: whether the candidate acted on it, and what both decide about it. */
  add(row: number, unit: number, isTreated: boolean, declined: number, failed: number, byChampion: number): void;
  read(): Reading | undefined;
}

/** `isPaired` compares both models on every case, where there are no two arms: in shadow, and once everybody is served. `alpha` is the error it may spend. */
export function openReading(watch: Watch, isPaired: boolean, units: number, alpha: number): OpenReading {
  const treated = createRatioTally(units);
  const control = createRatioTally(units);
  const estimate = (): { effect: number; variance: number; n: number; weight: number } | undefined => {
    const [a, b] = [control.read(), treated.read()];
    if (b === undefined) return undefined;
    if (isPaired) return { effect: b.ratio, variance: b.variance, n: b.cases, weight: b.weight };
    if (a === undefined) return undefined;
    return {
      effect: b.ratio - a.ratio,
      variance: a.variance + b.variance,
      n: a.cases + b.cases,
      weight: a.weight + b.weight,
    };
  };
  return {
    when: watch.when,
    add(row, unit, isTreated, declined, failed, byChampion) {
      const base = watch.base(row);
      if (isPaired) treated.add(unit, watch.harm(row, declined, failed) - watch.harm(row, byChampion, 0), base);
      else if (isTreated) treated.add(unit, watch.harm(row, declined, failed), base);
      else control.add(unit, watch.harm(row, byChampion, 0), base);
    },
    read() {
      const now = estimate();
      if (now === undefined) return undefined;
      const look = { effect: now.effect, standardError: Math.sqrt(now.variance) };
      const [shown] = unwrap(alwaysValid([look], TAU));
      const [spent] = unwrap(alwaysValid([look], TAU, alpha));
      const { name, kind } = watch.guardrail;
      return {
        name,
        kind,
        when: watch.when,
        limit: watch.limit,
        effect: now.effect,
        interval: shown.interval,
        deciding: spent.interval,
        n: now.n,
        isHarmed: now.weight >= LEAST_WEIGHT && spent.interval[0] > watch.limit,
      };
    },
  };
}
