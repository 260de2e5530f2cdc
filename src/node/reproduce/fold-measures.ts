/** What a protocol of several weeks measures: means over its folds, with intervals that draw each card once for all of them. */

import { FailureError } from "../../core/outcome.ts";
import type { Random } from "../../core/random.ts";
import type { ScoredCases } from "../../steps/5-evaluate/metrics/metric.ts";
import { shareInterval } from "../../steps/5-evaluate/protocols/drawn-interval.ts";
import { bootstrapCases, openUnitSample, type UnitMeasures } from "../../steps/5-evaluate/protocols/unit-bootstrap.ts";
import type { Measured } from "./result.ts";

/** Cards that are checked each day, and no budget of single alerts. */
const BUDGET = { units: 100, alerts: 0 };
const RESAMPLES = 300;

const MEASURES: Readonly<Record<string, keyof UnitMeasures>> = {
  "average precision": "averagePrecision",
  "auc roc": "aucRoc",
  "card precision@100": "unitPrecision",
};

/** Cases of one fold with their scores. */
export type Fold = ScoredCases & { readonly unit: Int32Array };

/** The measure that a table calls by `metric`. Throws a `FailureError` where there is none. */
export function measureOf(metric: string): keyof UnitMeasures {
  if (Object.hasOwn(MEASURES, metric)) return MEASURES[metric];
  throw new FailureError({
    code: "unknown-metric",
    message: `this protocol does not measure \`${metric}\``,
    fix: `use one of ${Object.keys(MEASURES).join(", ")}`,
  });
}

export function meanMeasures(folds: readonly Fold[]): UnitMeasures {
  return averaged(
    folds.map((fold) => {
      const sample = openUnitSample(fold, BUDGET);
      return sample.measure(new Float64Array(sample.units).fill(1));
    }),
  );
}

function averaged(folds: readonly UnitMeasures[]): UnitMeasures {
  const mean = (of: (one: UnitMeasures) => number): number =>
    folds.reduce((sum, one) => sum + of(one), 0) / folds.length;
  return {
    averagePrecision: mean((one) => one.averagePrecision),
    aucRoc: mean((one) => one.aucRoc),
    unitPrecision: mean((one) => one.unitPrecision),
    budgetRecall: mean((one) => one.budgetRecall),
  };
}

/** Means over folds with intervals, by metric: cards are drawn once for all folds, because one card pays in several. */
export function measureFolds(
  folds: readonly Fold[],
  metrics: readonly string[],
  random: Random,
): Record<string, Measured> {
  const value = meanMeasures(folds);
  const samples = folds.map((fold) => openUnitSample(fold, BUDGET));
  const keys = Int32Array.from(folds.flatMap((fold) => [...fold.unit]));
  let start = 0;
  // A sample numbers its cards in the order in which they appear: the first case of each carries the weight.
  const firsts = folds.map((fold) => {
    const seen = new Set<number>();
    const places: number[] = [];
    fold.unit.forEach((unit, at) => {
      if (seen.has(unit)) return;
      seen.add(unit);
      places.push(start + at);
    });
    start += fold.unit.length;
    return places;
  });
  const all = Int32Array.from(keys, (_, at) => at);
  const support = Math.min(...samples.map((sample) => sample.support));
  const draws = bootstrapCases(
    keys,
    all,
    (weight) =>
      averaged(samples.map((sample, at) => sample.measure(Float64Array.from(firsts[at], (place) => weight[place])))),
    random,
    RESAMPLES,
  );
  return Object.fromEntries(
    metrics.map((metric) => {
      const key = measureOf(metric);
      return [
        metric,
        {
          value: value[key],
          interval: percentileOf(
            draws.map((one) => one[key]),
            support,
          ),
        },
      ];
    }),
  );
}

function percentileOf(draws: readonly number[], support: number): [number, number] | null {
  const interval = shareInterval(draws, support);
  return interval === null ? null : [interval[0], interval[1]];
}
