/** Figures of scored cases with intervals by unit: each metric of a classifier, and the difference of two on the same units. */

import { type Figure, figure } from "../../../core/figure.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import { differenceInterval, measureInterval } from "./drawn-interval.ts";
import type { DailyBudget, UnitBootstrap, UnitMeasures } from "./unit-bootstrap.ts";

/** Draws for an interval. */
export const UNIT_RESAMPLES = 300;

/** A classifier's measures of the test days. */
export type MeasuredUnits = UnitBootstrap & { readonly subject: string };
/** Each measure with its name and what it means. */
export type MeasureNames = readonly (readonly [keyof UnitMeasures, string, string])[];

/** Said only of an area that does. */
const FLATTERS = "flatters where positives are rare: most of its area lies where nobody could follow up";

/** The curve's measures, and what a daily budget finds where there is one. */
export function measureNames(
  { units, alerts }: DailyBudget,
  words: Pick<ScoredWords, "units" | "positives">,
): MeasureNames {
  const curve: MeasureNames = [
    ["averagePrecision", "average precision", ""],
    ["aucRoc", "auc roc", FLATTERS],
  ];
  if (units === 0 && alerts === 0) return curve;
  return [
    ...curve,
    ["unitPrecision", `card precision@${units}`, `${units} ${words.units} a day, caught ${words.units} removed`],
    ["budgetRecall", `recall at ${alerts} alerts a day`, `share of ${words.positives} among each day's highest scores`],
  ];
}

/**
 * Whether the area under the curve makes a classifier look better than it is: it is above chance for certain, average precision is less than half of
 * it, and one false alarm in a hundred negatives is already more than all positives.
 */
export function flatters({ value, base, ...drawn }: Omit<MeasuredUnits, "subject">): boolean {
  const { averagePrecision, aucRoc } = value;
  const low = measureInterval("aucRoc", { value, base, ...drawn })?.[0] ?? 0;
  return low > 0.5 && averagePrecision < aucRoc / 2 && FELT_RATE * (1 - base) > base;
}

/** The rate of false alarms that a curve is read at where positives are rare. */
export const FELT_RATE = 0.01;

/** One figure per measure that has a value. */
export function measureFigures({ subject, ...measured }: MeasuredUnits, names: MeasureNames): Figure[] {
  const { value } = measured;
  return names.flatMap(([key, name, note]) =>
    Number.isFinite(value[key])
      ? [
          figure({
            step: 5,
            name,
            subject,
            value: value[key],
            interval: measureInterval(key, measured),
            note: note === FLATTERS && !flatters(measured) ? "0.5 is chance" : note,
          }),
        ]
      : [],
  );
}

/** The chosen classifier less each other one, on the same draws of units. */
export function differenceFigures(
  measured: readonly MeasuredUnits[],
  chosen: string,
  names: MeasureNames,
  { units }: Pick<ScoredWords, "units">,
): Figure[] {
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
            interval: differenceInterval(
              draws.map((one, at) => best.draws[at][key] - one[key]),
              best.support,
            ),
            note: `${chosen} minus ${subject}, same ${units}`,
          }),
        ),
    );
}
