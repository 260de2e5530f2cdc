/** Bootstrap intervals for scored payments: whole cards are drawn, because the payments of one card are not independent. */

import type { Random } from "../../../core/random.ts";
import type { ScoredCases } from "../metrics/metric.ts";
import { quantileOf } from "./bootstrap.ts";

/** What is measured of one set of scored payments; NaN where there is nothing to measure. */
export interface CardMeasures {
  readonly averagePrecision: number;
  readonly aucRoc: number;
  /** Mean over days of the share of frauds among the `checked` cards with the highest scores, caught cards removed. */
  readonly cardPrecision: number;
  /** Share of frauds among each day's `alerts` payments with the highest scores. */
  readonly budgetRecall: number;
}

/** How much is looked at each day. */
export interface DailyBudget {
  readonly cards: number;
  readonly alerts: number;
}

/** Payments made ready: measured again and again with other weights of their cards. */
export interface CardSample {
  /** Cards are whole numbers below it. */
  readonly cards: number;
  /** `weight` is how often each card was drawn; all 1 gives the sample itself. */
  measure(weight: Float64Array): CardMeasures;
}

/** Sorts once; each measurement is then one pass over the payments. */
export function openCardSample(cases: ScoredCases, budget: DailyBudget): CardSample {
  const { card, cards } = numberCards(cases.unit);
  const order = Int32Array.from(card, (_, row) => row).sort((a, b) => cases.scores[b] - cases.scores[a] || a - b);
  const ranked = rankPayments(cases, card, order);
  const days = openDays(cases, card, order);
  const frauds = ranked.card.filter((_, at) => ranked.label[at] === 1);
  return {
    cards,
    measure: (weight) => ({
      ...measureCurve(ranked, weight),
      cardPrecision: cardPrecisionOf(days, weight, budget.cards),
      budgetRecall: budgetRecallOf(days, frauds, weight, budget.alerts),
    }),
  };
}

/** The number of each payment's card, in the order in which they appear. */
function numberCards(unit: ArrayLike<number>): { readonly card: Int32Array; readonly cards: number } {
  const numbers = new Map<number, number>();
  const card = Int32Array.from(unit, (one) => {
    const number = numbers.get(one) ?? numbers.size;
    numbers.set(one, number);
    return number;
  });
  return { card, cards: numbers.size };
}

/** Payments by score, highest first, column by column: draws pass over them hundreds of times. */
interface RankedPayments {
  readonly card: Int32Array;
  readonly label: Uint8Array;
  /** Where runs end. A run is all payments of one score with a fraud among them, or all between two such scores. */
  readonly runEnds: Int32Array;
}

function rankPayments({ labels, scores }: ScoredCases, card: Int32Array, order: Int32Array): RankedPayments {
  const ends: number[] = [];
  for (let at = 0; at < order.length; ) {
    const start = at;
    let hasFraud = false;
    for (const score = scores[order[start]]; at < order.length && scores[order[at]] === score; at++)
      hasFraud ||= labels[order[at]] === 1;
    if (hasFraud && start > (ends.at(-1) ?? 0)) ends.push(start);
    if (hasFraud || at === order.length) ends.push(at);
  }
  return {
    card: order.map((row) => card[row]),
    label: Uint8Array.from(order, (row) => labels[row]),
    runEnds: Int32Array.from(ends),
  };
}

/** The sums behind average precision and AUC; tied scores enter together, a tie counts half in the AUC. */
function measureCurve(
  { card, label, runEnds }: RankedPayments,
  weight: Float64Array,
): Pick<CardMeasures, "averagePrecision" | "aucRoc"> {
  let [positives, negatives, precision, area, at] = [0, 0, 0, 0, 0];
  for (const end of runEnds) {
    let [all, up] = [0, 0];
    for (; at < end; at++) {
      all += weight[card[at]];
      up += label[at] * weight[card[at]];
    }
    area += (all - up) * (positives + up / 2);
    positives += up;
    negatives += all - up;
    if (up > 0) precision += (up * positives) / (positives + negatives);
  }
  return {
    averagePrecision: positives > 0 ? precision / positives : Number.NaN,
    aucRoc: positives > 0 && negatives > 0 ? area / (positives * negatives) : Number.NaN,
  };
}

/** A card of a day with its highest label, or one payment. */
interface ScoredUnit {
  readonly card: number;
  label: number;
}

/** One day: its cards by highest score, and its payments by score. */
interface ScoredDay {
  readonly cards: readonly ScoredUnit[];
  readonly payments: readonly ScoredUnit[];
}

function openDays({ day, labels }: ScoredCases, card: Int32Array, order: Int32Array): readonly ScoredDay[] {
  const days = new Map<number, { cards: Map<number, ScoredUnit>; payments: ScoredUnit[] }>();
  for (const row of order) {
    const one = days.get(day[row]) ?? { cards: new Map<number, ScoredUnit>(), payments: [] };
    days.set(day[row], one);
    const label = labels[row];
    one.payments.push({ card: card[row], label });
    const seen = one.cards.get(card[row]);
    if (seen === undefined) one.cards.set(card[row], { card: card[row], label });
    else seen.label = Math.max(seen.label, label);
  }
  return [...days]
    .sort(([a], [b]) => a - b)
    .map(([, { cards, payments }]) => ({ cards: [...cards.values()], payments }));
}

function cardPrecisionOf(days: readonly ScoredDay[], weight: ArrayLike<number>, checked: number): number {
  const caught = new Set<number>();
  let sum = 0;
  for (const { cards } of days) {
    let [left, found] = [checked, 0];
    const today: number[] = [];
    for (const { card, label } of cards) {
      if (left <= 0) break;
      if (caught.has(card)) continue;
      const taken = Math.min(left, weight[card]);
      left -= taken;
      found += label * taken;
      if (label === 1 && taken > 0) today.push(card);
    }
    for (const card of today) caught.add(card);
    sum += found / checked;
  }
  return days.length === 0 ? Number.NaN : sum / days.length;
}

/** `frauds` holds the card of each fraud. Equal scores are looked at in the order in which the payments came. */
function budgetRecallOf(
  days: readonly ScoredDay[],
  frauds: Int32Array,
  weight: ArrayLike<number>,
  alerts: number,
): number {
  let found = 0;
  for (const { payments } of days) {
    let left = alerts;
    for (let at = 0; at < payments.length && left > 0; at++) {
      const { card, label } = payments[at];
      const taken = Math.min(left, weight[card]);
      left -= taken;
      found += label * taken;
    }
  }
  const all = frauds.reduce((sum, card) => sum + weight[card], 0);
  return all > 0 ? found / all : Number.NaN;
}

/** Values of the sample itself and of each draw, index for index over samples of the same payments: differences are paired. */
export interface CardBootstrap {
  readonly value: CardMeasures;
  readonly draws: readonly CardMeasures[];
}

/** Draws cards with replacement. Samples of the same payments under equal randoms get the same draws. */
export function bootstrapCards(sample: CardSample, random: Random, resamples: number): CardBootstrap {
  return {
    value: sample.measure(new Float64Array(sample.cards).fill(1)),
    draws: drawCards(sample.cards, random, resamples, (weight) => sample.measure(weight)),
  };
}

/** The same for anything that can be measured of some `payments` with a weight on each: that of its card. `unit` holds the card of every payment. */
export function bootstrapPayments<T>(
  unit: ArrayLike<number>,
  payments: Int32Array,
  measure: (weight: Float64Array) => T,
  random: Random,
  resamples: number,
): readonly T[] {
  const { card, cards } = numberCards(unit);
  const weights = new Float64Array(payments.length);
  return drawCards(cards, random, resamples, (weight) => {
    for (let at = 0; at < payments.length; at++) weights[at] = weight[card[payments[at]]];
    return measure(weights);
  });
}

/** `measure` is given how often each card was drawn, in the same array each time. */
function drawCards<T>(
  cards: number,
  random: Random,
  resamples: number,
  measure: (weight: Float64Array) => T,
): readonly T[] {
  const weight = new Float64Array(cards);
  return Array.from({ length: resamples }, () => {
    weight.fill(0);
    for (let i = 0; i < cards; i++) weight[random.below(cards)]++;
    return measure(weight);
  });
}

/** 95 % percentile interval, or null where too few draws give a number. */
export function percentileInterval(draws: readonly number[]): readonly [number, number] | null {
  const sorted = Float64Array.from(draws.filter((value) => Number.isFinite(value))).sort();
  return sorted.length < 20 ? null : [quantileOf(sorted, 0.025), quantileOf(sorted, 0.975)];
}
