/** The stage that judges every classifier on the test days: the field's metrics with intervals, earlier rounds, slices, calibration, alerts and money. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import { plainJson } from "../../../system/canonical-json.ts";
import {
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { TRANSACTIONS_STAGE } from "../../3-data/sources/transactions-stage.ts";
import { dayText, type Round } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import { dayNumber, pickRows, type Transactions, transactionsFromStored } from "../../3-data/transactions.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { averagePrecision } from "../metrics/average-precision.ts";
import { calibrationBins, expectedCalibrationError } from "../metrics/calibration.ts";
import type { ScoredCases } from "../metrics/metric.ts";
import { type Calibration, calibrationToJson, fitCalibration, probabilityOf } from "../optimize/calibrate-scores.ts";
import { type AlertPolicy, type AlertYield, alertThreshold, alertYield } from "./alert-policy.ts";
import {
  bootstrapCards,
  bootstrapPayments,
  type CardBootstrap,
  type CardMeasures,
  openCardSample,
  percentileInterval,
} from "./card-bootstrap.ts";
import { paymentSlice } from "./payment-slices.ts";

export const FRAUD_EVALUATION_STAGE = "evaluation";

export interface FraudEvaluationPlan {
  readonly classifiers: readonly ClassifierPlan[];
  readonly slices: readonly string[];
  readonly policy: AlertPolicy;
  /** Cards that can be checked each day, for card precision. */
  readonly cards: number;
  /** What one review costs, in the currency of the data; 0 where the note gives none. */
  readonly reviewCost: number;
}

const RESAMPLES = 300;

export function fraudEvaluationStage(plan: FraudEvaluationPlan): Stage {
  return stage({
    name: FRAUD_EVALUATION_STAGE,
    step: 5,
    title: "judging the test days",
    inputs: [TRANSACTIONS_STAGE, ROUNDS_STAGE, ...plan.classifiers.map(({ subject }) => classifierStageName(subject))],
    data: "",
    facts: plainJson({
      ...plan,
      classifiers: plan.classifiers.map(({ subject, calibration }) => ({ subject, calibration })),
    }),
    execute: (context) => evaluate(plan, context),
  });
}

/** A classifier with its scores of every round. */
interface Judged {
  readonly subject: string;
  readonly scores: (round: Round) => Float64Array;
  readonly calibration: Calibration;
  /** Mean average precision on the earlier rounds: what decides which one is deployed. */
  readonly earlier: number;
}

interface Data {
  readonly transactions: Transactions;
  readonly earlier: readonly Round[];
  readonly final: Round;
}

type Access = Pick<StageContext<never>, "input" | "random">;

async function evaluate(plan: FraudEvaluationPlan, { input, random }: Access): Promise<StageResult> {
  const data: Data = {
    transactions: transactionsFromStored(await input(TRANSACTIONS_STAGE)),
    ...roundsFromStored(await input(ROUNDS_STAGE)),
  };
  const judged: Judged[] = [];
  for (const one of plan.classifiers) judged.push(judge(one, await input(classifierStageName(one.subject)), data));
  const chosen = judged.reduce((best, one) => (one.earlier > best.earlier ? one : best));
  const budget = {
    cards: plan.cards,
    alerts: plan.policy.policy === "capacity" ? plan.policy.alertsPerDay : plan.cards,
  };
  const measured = judged.map((one) => ({
    subject: one.subject,
    ...bootstrapCards(
      openCardSample(casesOf(data, data.final.test, one.scores(data.final)), budget),
      random.fork("cards"),
      RESAMPLES,
    ),
  }));
  const names = measureNames(budget);
  const decision = decide(plan.policy, chosen, data, random.fork("alerts"));
  return stageResult({
    json: plainJson({
      chosen: chosen.subject,
      threshold: decision.threshold,
      calibration: calibrationToJson(chosen.calibration),
    }),
    figures: [
      ...measured.flatMap((one) => measureFigures(one, names)),
      ...differenceFigures(measured, chosen.subject, names),
      ...roundFigures(judged, data),
      ...sliceFigures(plan.slices, chosen, data, budget, names, random),
      ...calibrationFigures(chosen, data),
      ...decision.figures(plan.reviewCost),
    ],
    remarks: evaluationRemarks(measured, chosen, data, decision),
    charts: [...comparisonCharts(measured, names), roundsChart(judged, data), calibrationChart(chosen, data)],
  });
}

function judge({ subject, calibration: method }: ClassifierPlan, stored: StageResult, data: Data): Judged {
  const { earlier, transactions } = data;
  const scores = (round: Round): Float64Array => roundScores(stored, round);
  const each = earlier.map((round) => averagePrecision(labelsOf(transactions, round.test), scores(round)));
  const pooled = {
    scores: Float64Array.from(earlier.flatMap((round) => [...scores(round)])),
    labels: Uint8Array.from(earlier.flatMap((round) => [...labelsOf(transactions, round.test)])),
  };
  const fitted = fitCalibration(earlier.length === 0 ? "none" : method, pooled);
  return {
    subject,
    scores,
    calibration: fitted.ok ? fitted.value : { method: "none" },
    earlier: each.reduce((sum, value) => sum + value, 0) / each.length,
  };
}

function labelsOf({ fraud }: Transactions, rows: Int32Array): Uint8Array {
  return Uint8Array.from(rows, (row) => fraud[row]);
}

function casesOf(
  { transactions: { time, customer, fraud } }: Data,
  rows: Int32Array,
  scores: Float64Array,
): ScoredCases {
  return {
    day: Int32Array.from(rows, (row) => dayNumber(time[row])),
    unit: rows.map((row) => customer[row]),
    labels: Uint8Array.from(rows, (row) => fraud[row]),
    scores,
  };
}

type Measured = CardBootstrap & { readonly subject: string };
type Names = readonly (readonly [keyof CardMeasures, string, string])[];

function measureNames({ cards, alerts }: { readonly cards: number; readonly alerts: number }): Names {
  return [
    ["averagePrecision", "average precision", ""],
    ["aucRoc", "auc roc", "flatters where positives are rare: most of its area lies where nobody could follow up"],
    ["cardPrecision", `card precision@${cards}`, `${cards} cards a day, caught cards removed`],
    ["budgetRecall", `recall at ${alerts} alerts a day`, "share of frauds among each day's highest scores"],
  ];
}

function measureFigures({ subject, value, draws }: Measured, names: Names): Figure[] {
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
function differenceFigures(measured: readonly Measured[], chosen: string, names: Names): Figure[] {
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
            subject: `${subject} vs ${chosen}`,
            value: best.value[key] - value[key],
            interval: percentileInterval(draws.map((one, at) => best.draws[at][key] - one[key])),
            note: `${chosen} minus ${subject}, same cards`,
          }),
        ),
    );
}

function roundFigures(judged: readonly Judged[], { transactions, earlier }: Data): Figure[] {
  return judged.flatMap(({ subject, scores }) =>
    earlier.flatMap((round) => {
      const value = averagePrecision(labelsOf(transactions, round.test), scores(round));
      const slice = `from ${dayText(round.testDay)}`;
      return Number.isFinite(value)
        ? [figure({ step: 5, name: "average precision", subject, slice, value, note: "an earlier round" })]
        : [];
    }),
  );
}

/** Slices with fewer frauds say nothing. */
const LEAST_FRAUDS = 10;

function sliceFigures(
  slices: readonly string[],
  { subject, scores }: Judged,
  data: Data,
  budget: { readonly cards: number; readonly alerts: number },
  names: Names,
  random: Random,
): Figure[] {
  const all = scores(data.final);
  const place = new Map(Array.from(data.final.test, (row, at) => [row, at]));
  return slices.flatMap((name) => {
    const rows = unwrap(paymentSlice(name)).pick(data.transactions, data.final.test);
    const frauds = labelsOf(data.transactions, rows).reduce((sum, one) => sum + one, 0);
    const count = (title: string, value: number): Figure =>
      figure({ step: 5, name: title, subject, slice: name, value, unit: "transactions" });
    const counts = [count("payments", rows.length), count("frauds", frauds)];
    if (frauds < LEAST_FRAUDS) return counts;
    const picked = Float64Array.from(rows, (row) => all[place.get(row) ?? 0]);
    const sample = openCardSample(casesOf(data, rows, picked), budget);
    const measured = { subject, ...bootstrapCards(sample, random.fork(`slice ${name}`), RESAMPLES) };
    const curve = measureFigures(measured, names.slice(0, 2)).map((one) => ({ ...one, slice: name }));
    return [...counts, ...curve];
  });
}

function probabilitiesOf({ calibration, scores }: Judged, round: Round): Float64Array {
  return scores(round).map((score) => probabilityOf(calibration, score));
}

function calibrationFigures(chosen: Judged, { transactions, final }: Data): Figure[] {
  const labels = labelsOf(transactions, final.test);
  const raw: Judged = { ...chosen, calibration: { method: "none" } };
  const add = (name: string, one: Judged, note: string): Figure => {
    const bins = calibrationBins(labels, probabilitiesOf(one, final), { bins: 20, binning: "equal mass" });
    return figure({ step: 5, name, subject: chosen.subject, value: expectedCalibrationError(bins), note });
  };
  const figures = [add("ece", chosen, `${chosen.calibration.method} on earlier rounds; 20 bins of equal mass`)];
  return chosen.calibration.method === "none"
    ? figures
    : [...figures, add("ece before calibration", raw, "as the model gives it")];
}

interface Decision {
  readonly threshold: number;
  readonly sentence: string;
  figures(reviewCost: number): Figure[];
}

function decide(policy: AlertPolicy, chosen: Judged, { transactions, earlier, final }: Data, random: Random): Decision {
  const pooled = Float64Array.from(earlier.flatMap((round) => [...probabilitiesOf(chosen, round)]));
  const daysOf = (round: Round): number =>
    new Set(Array.from(round.test, (row) => dayNumber(transactions.time[row]))).size;
  const days = earlier.reduce((sum, round) => sum + daysOf(round), 0);
  const threshold = alertThreshold(policy, { probabilities: pooled, days });
  const [probabilities, labels] = [probabilitiesOf(chosen, final), labelsOf(transactions, final.test)];
  const amounts = pickRows(transactions.amount, final.test);
  const bring = (weight?: Float64Array): AlertYield => alertYield(threshold, probabilities, labels, amounts, weight);
  const brought = bring();
  const draws = bootstrapPayments(pickRows(transactions.customer, final.test), bring, random, RESAMPLES);
  const testDays = daysOf(final);
  const { alerts, caught, frauds, saved, atStake } = brought;
  const how =
    policy.policy === "cost" ? "from the costs" : `so that ${policy.alertsPerDay} alerts a day came in earlier rounds`;
  return {
    threshold,
    sentence: `Threshold ${formatNumber(threshold, 3)}, ${how}: on the test days ${formatNumber(alerts / testDays, 3)} alerts a day, ${formatNumber(caught)} of ${formatNumber(frauds)} frauds caught, ${formatNumber((saved / atStake) * 100, 3)}% of the money at stake.`,
    figures(reviewCost) {
      const add = (name: string, of: (one: AlertYield) => number, unit: string, note: string): Figure[] => {
        const [value, interval] = [of(brought), percentileInterval(draws.map(of))];
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
      const saving = `amounts of caught frauds less ${reviewCost} a review, in the data's currency`;
      return [
        ...(Number.isFinite(threshold) ? [limit] : []),
        ...add("alerts a day", (one) => one.alerts / testDays, "", ""),
        ...add("alert precision", (one) => one.caught / one.alerts, "share", "of alerts, at the threshold"),
        ...add("recall", (one) => one.caught / one.frauds, "share", "of frauds, at the threshold"),
        ...add("money at stake", (one) => one.atStake, "", "amounts of the test days' frauds, in the data's currency"),
        ...add("money saved", (one) => one.saved - reviewCost * one.alerts, "", saving),
      ];
    },
  };
}

function evaluationRemarks(measured: readonly Measured[], chosen: Judged, data: Data, decision: Decision): Remark[] {
  const best = measured.find(({ subject }) => subject === chosen.subject);
  const labels = labelsOf(data.transactions, data.final.test);
  const base = labels.reduce((sum, one) => sum + one, 0) / labels.length;
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `**${chosen.subject}** was best on the earlier rounds and is what goes on. ${decision.sentence}`,
    },
  ];
  if (best !== undefined) {
    const alarms = 0.01 * labels.length * (1 - base);
    remarks.push({
      kind: "warning",
      text: `AUC ROC ${formatNumber(best.value.aucRoc, 3)} flatters: with ${formatNumber(base * 100, 2)}% fraud, a false-alarm rate of 1% already means ${formatNumber(alarms)} false alarms for ${formatNumber(base * labels.length)} frauds. Average precision (${formatNumber(best.value.averagePrecision, 3)}; ${formatNumber(base, 2)} by chance) and card precision speak of what is looked at.`,
    });
  }
  return remarks;
}

function comparisonCharts(measured: readonly Measured[], names: Names): Chart[] {
  return names.slice(0, 3).map(([key, name]) => ({
    form: "intervals",
    title: `${name} on the test days`,
    caption:
      "95 % intervals from drawing whole cards. Overlapping intervals do not settle who is better: the paired differences do.",
    xLabel: "classifier",
    yLabel: name,
    points: measured
      .filter(({ value }) => Number.isFinite(value[key]))
      .map(({ subject, value, draws }) => ({
        x: subject,
        y: value[key],
        interval: percentileInterval(draws.map((one) => one[key])),
      })),
  }));
}

function roundsChart(judged: readonly Judged[], { transactions, earlier, final }: Data): Chart {
  const rounds = [...earlier, final];
  return {
    form: "lines",
    title: "Average precision, round by round",
    caption:
      "Each round trains, waits for its labels and is judged on the days after. The last round is the test; settings were chosen on the others.",
    xLabel: "round",
    yLabel: "average precision",
    points: judged.flatMap(({ subject, scores }) =>
      rounds.flatMap((round, x) => {
        const y = averagePrecision(labelsOf(transactions, round.test), scores(round));
        return Number.isFinite(y) ? [{ x, y, series: subject }] : [];
      }),
    ),
    events: [{ x: rounds.length - 1, label: "test" }],
  };
}

function calibrationChart(chosen: Judged, { transactions, final }: Data): Chart {
  const bins = calibrationBins(labelsOf(transactions, final.test), probabilitiesOf(chosen, final), { bins: 10 });
  return {
    form: "points",
    title: `Calibration of ${chosen.subject}`,
    caption:
      "Ten bins of equal width: mean probability along, share of frauds up. Right on the diagonal is well calibrated; bins on the right hold few payments.",
    xLabel: "mean probability",
    yLabel: "share of frauds",
    points: bins.map(({ predicted, observed, count }) => ({ x: predicted, y: observed, label: String(count) })),
  };
}
