/** Figures of scored payments with intervals by card: each metric of a classifier, and the difference of two on the same cards. */

import { type Figure, figure } from "../../../core/figure.ts";
import { type CardBootstrap, type CardMeasures, type DailyBudget, percentileInterval } from "./card-bootstrap.ts";

/** Draws for an interval. */
export const CARD_RESAMPLES = 300;

/** A classifier's measures of the test days. */
export type MeasuredCards = CardBootstrap & { readonly subject: string };
/** Each measure with its name and what it means. */
export type MeasureNames = readonly (readonly [keyof CardMeasures, string, string])[];

export function measureNames({ cards, alerts }: DailyBudget): MeasureNames {
  return [
    ["averagePrecision", "average precision", ""],
    ["aucRoc", "auc roc", "flatters where positives are rare: most of its area lies where nobody could follow up"],
    ["cardPrecision", `card precision@${cards}`, `${cards} cards a day, caught cards removed`],
    ["budgetRecall", `recall at ${alerts} alerts a day`, "share of frauds among each day's highest scores"],
  ];
}

/** One figure per measure that has a value. */
export function measureFigures({ subject, value, draws }: MeasuredCards, names: MeasureNames): Figure[] {
  return names.flatMap(([key, name, note]) =>
    Number.isFinite(value[key])
      ? [
          figure({
            step: 5,
            name,
            subject,
            value: value[key],
            interval: percentileInterval(draws.map((one) => one[key])),
            note,
          }),
        ]
      : [],
  );
}

/** The chosen classifier less each other one, on the same draws of cards. */
export function differenceFigures(measured: readonly MeasuredCards[], chosen: string, names: MeasureNames): Figure[] {
  const best = measured.find(({ subject }) => subject === chosen);
  if (best === undefined) return [];
  return measured
    .filter(({ subject }) => subject !== chosen)
    .flatMap(({ subject, value, draws }) =>
      names
        .filter(([key]) => Number.isFinite(best.value[key] - value[key]))
        .map(([key, name]) =>
          figure({
            step: 5,
            name,
            subject: chosen,
            against: subject,
            value: best.value[key] - value[key],
            interval: percentileInterval(draws.map((one, at) => best.draws[at][key] - one[key])),
            note: `${chosen} minus ${subject}, same cards`,
          }),
        ),
    );
}
