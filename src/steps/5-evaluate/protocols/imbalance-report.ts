/** What the comparison of ways to handle imbalance says: ranking by family, probabilities corrected and not, and where a calibration makes that moot. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatShare } from "../../../core/format-figure.ts";
import type { Remark } from "../../../system/stage.ts";
import type { Imbalance } from "../../3-data/sample/imbalance.ts";
import type { ScoredWords } from "../../3-data/scored-task.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { brierScore } from "../metrics/brier.ts";
import { logLoss } from "../metrics/log-loss.ts";
import { differenceFigures, type MeasureNames, measureFigures } from "./case-figures.ts";
import { differenceInterval } from "./drawn-interval.ts";
import { calibrationError } from "./judged-classifier.ts";
import type { UnitBootstrap } from "./unit-bootstrap.ts";

/** One way to handle imbalance, trained. */
export interface HandlingLearned {
  readonly imbalance: Imbalance;
  /** Scores as they come out of training, and by how much their log-odds are lifted; the test days last. */
  readonly rounds: readonly { readonly scores: Float64Array; readonly lift: number }[];
  /** What the last model learned from. */
  readonly cases: number;
  readonly seconds: number;
}

/** Probabilities of the test days. */
export interface HandlingVariant {
  readonly corrected: boolean;
  readonly probabilities: Float64Array;
  /** After the note's calibration; undefined where there is none. */
  readonly calibrated: Float64Array | undefined;
}

export interface HandlingMeasured extends HandlingLearned {
  /** Corrected or not, the order is the same. */
  readonly ranking: UnitBootstrap;
  readonly variants: readonly HandlingVariant[];
}

/** Ranking of each way with its difference to none, and the probabilities corrected and not. `labels` are those of the test days. */
export function imbalanceFigures(
  subject: string,
  measured: readonly HandlingMeasured[],
  labels: Uint8Array,
  names: MeasureNames,
  words: ScoredWords,
): Figure[] {
  const ranked = measured.map((one) => ({ subject: `${subject}, ${describe(one)}`, ...one.ranking }));
  const compared = names.filter(([key]) => key === "averagePrecision" || key === "unitPrecision");
  return [
    ...ranked.flatMap((one) => measureFigures(one, names)),
    ...ranked.slice(1).flatMap((one) => differenceFigures([ranked[0], one], one.subject, compared, words)),
    ...measured.flatMap((one) =>
      one.variants.flatMap((variant) => probabilityFigures(subject, one, variant, labels, words)),
    ),
  ];
}

function probabilityFigures(
  subject: string,
  one: HandlingMeasured,
  { corrected, probabilities, calibrated }: HandlingVariant,
  labels: Uint8Array,
  words: ScoredWords,
): Figure[] {
  const of = `${subject}, ${describeVariant(one, corrected)}`;
  return [
    ...(calibrated === undefined ? [] : add("ece", of, calibrationError(labels, calibrated))),
    ...add("ece before calibration", of, calibrationError(labels, probabilities)),
    ...add("brier", of, brierScore(labels, probabilities)),
    ...add("log loss", of, logLoss(labels, probabilities)),
    ...add("mean probability", of, meanOf(probabilities), {
      note: `${formatShare(meanOf(labels))} are ${words.labelled}`,
    }),
    ...(calibrated === undefined ? [] : add("mean probability after calibration", of, meanOf(calibrated))),
    ...add(`training ${words.rows}`, of, one.cases, { unit: words.rows }),
    ...add("training time", of, one.seconds, { unit: "s", note: "measured once, on this machine" }),
  ];
}

function add(name: string, subject: string, value: number, rest: Partial<Figure> = {}): Figure[] {
  return Number.isFinite(value) ? [figure({ step: 5, name, subject, value, ...rest })] : [];
}

/** The way in a few words. */
function describe({ imbalance: { handling }, rounds }: HandlingLearned): string {
  const { lift } = rounds[rounds.length - 1];
  if (handling === "none") return "unhandled";
  if (handling === "downsample") return `${formatShare(Math.exp(-lift), 2)} kept`;
  return `weight ${formatNumber(Math.exp(lift), 3)}`;
}

function describeVariant(one: HandlingLearned, corrected: boolean): string {
  if (one.imbalance.handling === "none") return describe(one);
  return `${describe(one)}, ${corrected ? "corrected" : "not corrected"}`;
}

function meanOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
}

/** What handling did to the order, how far probabilities are from the rate of positives, and whether the calibration makes that moot. */
export function imbalanceRemarks(
  plan: ClassifierPlan,
  measured: readonly HandlingMeasured[],
  labels: Uint8Array,
  words: ScoredWords,
): Remark[] {
  const own = measured.find(({ imbalance }) => imbalance.handling === plan.imbalance.handling);
  return [
    { kind: "answer", text: rankingSentence(plan.subject, measured) },
    ...(own === undefined ? [] : [probabilityRemark(plan, own, meanOf(labels), words), calibrationRemark(plan, own)]),
  ];
}

function rankingSentence(subject: string, [unhandled, ...handled]: readonly HandlingMeasured[]): string {
  const base = unhandled.ranking.value.averagePrecision;
  const each = handled.map((one) => {
    const { value, draws } = one.ranking;
    const interval = differenceInterval(
      draws.map((draw, at) => draw.averagePrecision - unhandled.ranking.draws[at].averagePrecision),
      unhandled.ranking.support,
    );
    return `${formatNumber(value.averagePrecision, 3)} with ${describe(one)} (${interval === null ? "no interval" : verdictOn(interval)})`;
  });
  return `Handling imbalance in **${subject}**: average precision on the test days is ${formatNumber(base, 3)} unhandled, ${each.join(", ")}. A correction moves every log-odds by the same amount: order, ranking figures and a threshold by daily budget stay, probabilities change.`;
}

/** A difference in words, from its 95 % interval. */
function verdictOn([low, high]: readonly [number, number]): string {
  const ends = `${formatNumber(low, 2)} to ${formatNumber(high, 2)}`;
  if (low > 0) return `better, difference ${ends}`;
  return high < 0 ? `worse, difference ${ends}` : `unsettled, difference ${ends}`;
}

/** How far from the rate of positives the note's own probabilities are, with and without the correction. */
function probabilityRemark(
  { imbalance, subject }: ClassifierPlan,
  own: HandlingMeasured,
  rate: number,
  { labelled }: ScoredWords,
): Remark {
  const mean = (corrected: boolean): number =>
    meanOf(own.variants.find((one) => one.corrected === corrected)?.probabilities ?? []);
  const [right, lifted] = [mean(true), mean(false)];
  const times = formatNumber(lifted / rate, 2);
  if (imbalance.corrected)
    return {
      kind: "answer",
      text: `Corrected, the mean probability of **${subject}** is ${formatShare(right)} where ${formatShare(rate)} are ${labelled}; not corrected it would be ${formatShare(lifted)}, ${times} times the rate.`,
    };
  return {
    kind: "warning",
    text: `**${subject}** is not corrected: its mean probability is ${formatShare(lifted)} where ${formatShare(rate)} are ${labelled}, ${times} times the rate. \`corrected: true\` makes it ${formatShare(right)}.`,
  };
}

/** Calibrated probabilities that differ by less are the same for every decision. */
const SAME = 1e-4;

/** Whether the calibration that follows takes the correction's place. */
function calibrationRemark({ calibration }: ClassifierPlan, { variants: [corrected, not] }: HandlingMeasured): Remark {
  const [one, other] = [corrected.calibrated, not?.calibrated];
  if (one === undefined || other === undefined)
    return {
      kind: "answer",
      text: "No calibration follows, so the correction alone decides whether these are probabilities: a threshold by cost reads them as such.",
    };
  const apart = one.reduce((most, value, row) => Math.max(most, Math.abs(value - other[row])), 0);
  const why =
    calibration === "platt"
      ? "Platt scaling fits an intercept of its own on earlier rounds"
      : "isotonic calibration reads only the order of the scores of earlier rounds";
  if (apart < SAME)
    return {
      kind: "answer",
      text: `Here the calibration that follows makes the correction moot: ${why}, so that corrected and uncorrected scores end as the same probabilities. It counts wherever scores are read before the calibration.`,
    };
  return {
    kind: "answer",
    text: `The calibration that follows takes over most of the correction (${why}), but not all: the lift differs from round to round, and probabilities end up to ${formatNumber(apart, 2)} apart.`,
  };
}

/** Mean probabilities of every way beside the share of positives. */
export function imbalanceChart(
  { subject, calibration }: ClassifierPlan,
  measured: readonly HandlingMeasured[],
  labels: Uint8Array,
  { positives }: ScoredWords,
): Chart {
  return {
    form: "intervals",
    title: `Mean probability of ${positives} by ${subject}`,
    caption: `Mean over the test days, by how imbalance was handled in training. On the line the mean is the share of ${positives} that there is.`,
    xLabel: "handling",
    yLabel: "mean probability, %",
    limit: { value: 100 * meanOf(labels), label: `share of ${positives}` },
    points: measured.flatMap((one) =>
      one.variants.flatMap(({ corrected, probabilities, calibrated }) => {
        const x = describeVariant(one, corrected);
        return [
          { x, y: 100 * meanOf(probabilities), series: "as the model gives it" },
          ...(calibrated === undefined ? [] : [{ x, y: 100 * meanOf(calibrated), series: `after ${calibration}` }]),
        ];
      }),
    ),
  };
}
