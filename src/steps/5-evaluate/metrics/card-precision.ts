/** card precision@k: of the k cards that investigators can check each day, the share that are compromised. */

import type { CaseMetric, ScoredCases } from "./metric.ts";

/** Whether a card found on one day is taken off the list for later days, or stays on it. */
export type CaughtCards = "removed" | "kept";

/**
 * Precision of each day, in the order of days: the highest score and, apart from it, the highest label of every card that day; cards
 * by score; frauds among the first k, over k even where fewer cards are left (Le Borgne et al. 2022, "Reproducible machine learning
 * for credit card fraud detection"). Equal scores are ranked by card number.
 */
export function dailyCardPrecision(cases: ScoredCases, k: number, caught: CaughtCards = "removed"): Float64Array {
  const known = new Set<number>();
  const daily: number[] = [];
  for (const rows of rowsByDay(cases)) {
    const cards = cardsOf(cases, rows, known);
    const checked = [...cards].sort(([a, x], [b, y]) => y.score - x.score || a - b).slice(0, k);
    let frauds = 0;
    for (const [card, { label }] of checked) {
      frauds += label;
      if (label === 1 && caught === "removed") known.add(card);
    }
    daily.push(frauds / k);
  }
  return Float64Array.from(daily);
}

/** Rows of each day, days ascending. */
function rowsByDay({ day }: ScoredCases): readonly (readonly number[])[] {
  const days = new Map<number, number[]>();
  for (let i = 0; i < day.length; i++) {
    const rows = days.get(day[i]);
    if (rows === undefined) days.set(day[i], [i]);
    else rows.push(i);
  }
  return [...days].sort(([a], [b]) => a - b).map(([, rows]) => rows);
}

interface CardDay {
  score: number;
  label: number;
}

function cardsOf(
  cases: ScoredCases,
  rows: readonly number[],
  known: ReadonlySet<number>,
): ReadonlyMap<number, CardDay> {
  const cards = new Map<number, CardDay>();
  for (const i of rows) {
    if (known.has(cases.unit[i])) continue;
    const seen = cards.get(cases.unit[i]);
    if (seen === undefined) cards.set(cases.unit[i], { score: cases.scores[i], label: cases.labels[i] });
    else {
      seen.score = Math.max(seen.score, cases.scores[i]);
      seen.label = Math.max(seen.label, cases.labels[i]);
    }
  }
  return cards;
}

/** The metric `card precision@k`. */
export const cardPrecision: CaseMetric = {
  name: "card precision",
  aliases: ["card precision top-k", "customer precision"],
  over: "cases",
  cutoff: "required",
  direction: "higher is better",
  definition: "mean over days of the share of compromised cards among the k highest-scoring ones, caught cards removed",
  variants: ["removed", "kept"],
  measure: (cases, k, variant) => {
    const daily = dailyCardPrecision(cases, k, variant === "kept" ? "kept" : "removed");
    const total = daily.reduce((sum, value) => sum + value, 0);
    // Where nothing could be found every model has 0, which says nothing of any.
    return total > 0 || Array.from(cases.labels).includes(1) ? total / daily.length : Number.NaN;
  },
};
