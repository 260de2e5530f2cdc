/** The threshold that earlier rounds give a classifier, and what its alerts bring on the test days. */

import { dayNumber } from "../../../core/day.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import { pickRows } from "../../../core/table.ts";
import { labelsOf, type ScoredWords, stakesOf, unitOf } from "../../3-data/scored-task.ts";
import type { Round } from "../../3-data/split/late-label-split.ts";
import { type AlertPolicy, type AlertYield, alertThreshold, alertYield } from "./alert-policy.ts";
import { LEAST_UNITS } from "./bootstrap.ts";
import { UNIT_RESAMPLES } from "./case-figures.ts";
import { percentileInterval, shareInterval } from "./drawn-interval.ts";
import { type JudgedClassifier, type JudgedRounds, joinColumns, probabilitiesOf } from "./judged-classifier.ts";
import { bootstrapCases } from "./unit-bootstrap.ts";

export interface AlertDecision {
  readonly threshold: number;
  /** What the threshold brings, in words. */
  readonly sentence: string;
  /** Alerts a day on the test days, and the share of positives among them, if `threshold` were the threshold. */
  at(threshold: number): { readonly alertsADay: number; readonly recall: number };
  /** `reviewCost` is what one alert costs to look at. */
  figures(reviewCost: number): Figure[];
}

/** Chooses the threshold on the earlier rounds alone. */
export function decideAlerts(
  policy: AlertPolicy,
  chosen: JudgedClassifier,
  { task, earlier, final }: JudgedRounds,
  random: Random,
): AlertDecision {
  const pooled = joinColumns(earlier.map((round) => probabilitiesOf(chosen, round)));
  const daysOf = (round: Round): number => new Set(round.test.map((row) => dayNumber(task.time[row]))).size;
  const days = earlier.reduce((sum, round) => sum + daysOf(round), 0);
  const threshold = alertThreshold(policy, { probabilities: pooled, days });
  const [probabilities, labels] = [probabilitiesOf(chosen, final), labelsOf(task, final.test)];
  const stakes = stakesOf(task);
  const amounts = stakes === null ? new Float64Array(final.test.length) : pickRows(stakes, final.test);
  const brought = alertYield(threshold, probabilities, labels, amounts);
  // What is neither an alert nor a positive counts for nothing, however often it is drawn.
  const counted = final.test.map((_, row) => row).filter((row) => labels[row] === 1 || probabilities[row] >= threshold);
  const [ofCounted, truth, money] = [probabilities, labels, amounts].map((column) => pickRows(column, counted));
  const units = pickRows(unitOf(task).rows, final.test);
  const unitsWhere = (holds: (row: number) => boolean): number => new Set(units.filter((_, row) => holds(row))).size;
  const withPositive = unitsWhere((row) => labels[row] === 1);
  const withAlert = unitsWhere((row) => probabilities[row] >= threshold);
  const draws = bootstrapCases(
    units,
    counted,
    (weight) => alertYield(threshold, ofCounted, truth, money, weight),
    random,
    UNIT_RESAMPLES,
  );
  const testDays = daysOf(final);
  const { words } = task;
  const { alerts, caught, positives, saved, atStake } = brought;
  const yielded =
    positives === 0
      ? `and no ${words.positive} among its cases that they could catch`
      : `${caughtWords(caught, positives, words)}${atStake > 0 && withPositive >= LEAST_UNITS ? `, ${formatShare(saved / atStake)} of the money at stake` : ""}`;
  const how =
    policy.policy === "cost" ? "from the costs" : `so that ${policy.alertsPerDay} alerts a day came in earlier rounds`;
  return {
    threshold,
    sentence: `Threshold ${formatNumber(threshold, 3)}, ${how}: on the test days ${formatNumber(alerts / testDays, 3)} alerts a day, ${yielded}.`,
    at(limit) {
      const there = alertYield(limit, probabilities, labels, amounts);
      return { alertsADay: there.alerts / testDays, recall: there.caught / there.positives };
    },
    figures(reviewCost) {
      const add = (name: string, of: (one: AlertYield) => number, unit: string, note: string): Figure[] => {
        const value = of(brought);
        const intervalOf = unit === "share" ? shareInterval : percentileInterval;
        const interval = intervalOf(draws.map(of), Math.min(withPositive, withAlert));
        return Number.isFinite(value)
          ? [figure({ step: 5, name, subject: chosen.subject, value, interval, unit, note })]
          : [];
      };
      const limit = figure({
        step: 5,
        name: "threshold",
        subject: chosen.subject,
        value: threshold,
        note: `${how}; never on the test days`,
      });
      const atStakeNote = `amounts of the test days' ${words.positives}, in the data's currency`;
      const saving = `amounts of caught ${words.positives} less ${reviewCost} a review, in the data's currency`;
      return [
        ...(Number.isFinite(threshold) ? [limit] : []),
        ...add("alerts a day", (one) => one.alerts / testDays, "", ""),
        ...add("alert precision", (one) => one.caught / one.alerts, "share", "of alerts, at the threshold"),
        // One is no share of one.
        ...(positives < 2
          ? []
          : add("recall", (one) => one.caught / one.positives, "share", `of ${words.positives}, at the threshold`)),
        ...(stakes === null
          ? []
          : [
              ...add("money at stake", (one) => one.atStake, "", atStakeNote),
              ...add("money saved", (one) => one.saved - reviewCost * one.alerts, "", saving),
            ]),
      ];
    },
  };
}

/** One is no share of one. */
function caughtWords(
  caught: number,
  positives: number,
  { positive, positives: many }: Pick<ScoredWords, "positive" | "positives">,
): string {
  if (positives === 1) return `and the one ${positive} ${caught === 1 ? "caught" : "missed"}`;
  return `${formatNumber(caught)} of ${formatNumber(positives)} ${many} caught`;
}
