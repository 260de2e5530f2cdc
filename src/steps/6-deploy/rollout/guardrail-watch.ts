/** One guardrail watched over the payments of one step: at once, or as labels arrive; arm against arm, or both models on the same payments. */

import { unwrap } from "../../../core/outcome.ts";
import { alwaysValid } from "../experiment/always-valid.ts";
import type { Guardrail, GuardrailKind } from "./guardrail.ts";
import { createRatioTally } from "./ratio-tally.ts";
import type { RolloutPayments } from "./rollout-payments.ts";

/** When a reading knows what it counts. */
export type Knowledge = "at once" | "confirmed";

/** How a guardrail is counted; one guardrail can have two. */
export interface Watch {
  readonly guardrail: Guardrail;
  readonly when: Knowledge;
  /** Effect beyond which harm is shown. */
  readonly limit: number;
  /** What counts of a payment, and what it is counted against. A confirmed watch is asked only once the label has arrived. */
  harm(row: number, declined: number, failed: number): number;
  base(row: number): number;
}

/**
 * The change of a share that the sequential test is quickest at, fixed before any payment is seen. A tenth: a gross fault shows within
 * tens of payments, and on tens of thousands the interval is an eighth wider than with a hundredth.
 */
const TAU = 0.1;

/**
 * The watches of the guardrails. Honest payments that are declined are known for sure only when labels arrive. At once is known that
 * when more payments are declined than before, and more by far than there ever is fraud, then the rest is honest: with `fraudShare` the
 * largest share of frauds seen in earlier weeks, the difference less that share is a lower bound of the harm.
 */
export function watchesOf(
  guardrails: readonly Guardrail[],
  { fraud, amount }: RolloutPayments,
  fraudShare: number,
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
      case "payments declined":
        return [one("at once", isDeclined, every)];
      case "honest payments declined":
        return [
          one("at once", isDeclined, every, fraudShare),
          one(
            "confirmed",
            (row, declined) => declined * (1 - fraud[row]),
            (row) => 1 - fraud[row],
          ),
        ];
      case "frauds missed":
        return [
          one(
            "confirmed",
            (row, declined) => (1 - declined) * fraud[row],
            (row) => fraud[row],
          ),
        ];
      case "money lost": {
        const stake = (row: number): number => amount[row] * fraud[row];
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

/** Below so many customers' worth of harm, one or two large ones decide, and the normal law that the test goes by does not hold. */
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
  /** Payments (for frauds and money: frauds) that it rests on. */
  readonly n: number;
  readonly isHarmed: boolean;
}

export interface OpenReading {
  readonly when: Knowledge;
  /** One payment: whether the candidate acted on it, and what both decide about it. */
  add(row: number, customer: number, isTreated: boolean, declined: number, failed: number, byChampion: number): void;
  read(): Reading | undefined;
}

/** `isPaired` compares both models on every payment, where there are no two arms: in shadow, and once everybody is served. `alpha` is the error it may spend. */
export function openReading(watch: Watch, isPaired: boolean, customers: number, alpha: number): OpenReading {
  const treated = createRatioTally(customers);
  const control = createRatioTally(customers);
  const estimate = (): { effect: number; variance: number; n: number; weight: number } | undefined => {
    const [a, b] = [control.read(), treated.read()];
    if (b === undefined) return undefined;
    if (isPaired) return { effect: b.ratio, variance: b.variance, n: b.payments, weight: b.weight };
    if (a === undefined) return undefined;
    return {
      effect: b.ratio - a.ratio,
      variance: a.variance + b.variance,
      n: a.payments + b.payments,
      weight: a.weight + b.weight,
    };
  };
  return {
    when: watch.when,
    add(row, customer, isTreated, declined, failed, byChampion) {
      const base = watch.base(row);
      if (isPaired) treated.add(customer, watch.harm(row, declined, failed) - watch.harm(row, byChampion, 0), base);
      else if (isTreated) treated.add(customer, watch.harm(row, declined, failed), base);
      else control.add(customer, watch.harm(row, byChampion, 0), base);
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
