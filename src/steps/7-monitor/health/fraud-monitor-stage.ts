/** The stage that watches a fraud model: drift of features and scores, quality on labels that have arrived, and every alert held against it. */

import type { Chart } from "../../../core/chart.ts";
import { studentT } from "../../../core/distribution-t.ts";
import { figure } from "../../../core/figure.ts";
import { formatNumber } from "../../../core/format-figure.ts";
import { pickRows } from "../../../core/table.ts";
import type { Condition } from "../../../design/condition.ts";
import { SKEW_STAGE } from "../../../kinds/fraud-detection/replay-skew-stage.ts";
import { FEATURES_STAGE, featureTable } from "../../../kinds/fraud-detection/transaction-features-stage.ts";
import { type Transactions, transactionsFromStored } from "../../../kinds/fraud-detection/transactions.ts";
import { TRANSACTIONS_STAGE } from "../../../kinds/fraud-detection/transactions-stage.ts";
import { EVALUATION_STAGE, evaluationIn } from "../../../system/evaluation.ts";
import {
  type Json,
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { ROUNDS_STAGE, type Rounds, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { averagePrecision } from "../../5-evaluate/metrics/average-precision.ts";
import type { Alert } from "../alerts.ts";
import { type DriftSample, type DriftWatch, driftVerdict, UNKNOWN_DRIFT, watchDrift } from "../drift/drift-alert.ts";
import { measureDrift } from "../drift/drift-measure.ts";
import { type AlertFacts, alertFacts, holdAlert, type Measured, notMeasured } from "./hold-alert.ts";
import { type Load, measureServing } from "./measure-serving.ts";
import { judgeWindows, type QualityWindow, type Reference } from "./window-quality.ts";

interface MonitorPlan {
  readonly alerts: readonly AlertFacts[];
  readonly load: { readonly peak: number | null; readonly replicas: number | null };
}

/** The name under which the model's scores are watched. */
const PREDICTION = "prediction";
/** The name under which the share of fraud is watched. */
const LABEL = "label";

export function fraudMonitorStage(
  alerts: readonly Alert[],
  classifiers: readonly ClassifierPlan[],
  { peak, replicas }: Load,
): Stage {
  return stage({
    name: "monitor",
    step: 7,
    title: "holding the alerts against what was measured",
    inputs: [
      TRANSACTIONS_STAGE,
      ROUNDS_STAGE,
      FEATURES_STAGE,
      EVALUATION_STAGE,
      "serving",
      SKEW_STAGE,
      ...classifiers.map(({ subject }) => classifierStageName(subject)),
    ],
    data: NO_FILES,
    plan: { alerts: alerts.map(alertFacts), load: { peak, replicas } },
    run: holdAlerts,
  });
}

async function holdAlerts({ alerts, load }: MonitorPlan, { input }: Pick<StageContext, "input">): Promise<StageResult> {
  const transactions = transactionsFromStored(await input(TRANSACTIONS_STAGE));
  const rounds = roundsFromStored(await input(ROUNDS_STAGE));
  const evaluation = await input(EVALUATION_STAGE);
  const chosen = evaluationIn(evaluation.json)?.chosen ?? "";
  const scored = await input(classifierStageName(chosen));
  const samples = samplesOf(await input(FEATURES_STAGE), transactions, scored, rounds);
  const drift = samples.flatMap(({ name, reference, current }) => {
    const index = measureDrift("psi", reference, current);
    return index.ok ? [{ name, ...index.value }] : [];
  });
  const measured: Measurements = {
    samples,
    quality: qualityOf(transactions, scored, rounds, intervalOf(evaluation, chosen)),
    serving: (await input("serving")).json,
    load,
  };
  const outcomes = alerts.map((one) => holdAlert(one, (alert, condition) => measure(alert, condition, measured)));
  const fired = outcomes.filter(({ fires }) => fires === true);
  const count = (wanted: string): number => outcomes.filter(({ verdict }) => verdict === wanted).length;
  const worst = [...drift].sort((a, b) => b.value - a.value)[0];
  return stageResult({
    figures: drift.flatMap(({ name, value, note, chance }) => [
      figure({
        step: 7,
        name: "psi",
        subject: name,
        value,
        note: `${note}${name === PREDICTION ? "; each window scored by the model of its time, so retraining moves it too" : ""}`,
      }),
      ...(chance === undefined
        ? []
        : [
            figure({
              step: 7,
              name: "psi by chance",
              subject: name,
              value: chance,
              note: "19 times in 20 below this where nothing moved",
            }),
          ]),
    ]),
    alerts: outcomes,
    remarks: [
      {
        kind: "answer",
        text: `Of ${outcomes.length} conditions, ${count("fires")} would fire on what this run measured${fired.length === 0 ? "" : ` (${fired.map(({ metric }) => metric).join(", ")})`}, ${count("not settled")} not settled, ${count("not measured")} cannot be measured offline. Most moved from training to test: ${worst === undefined ? "nothing" : `**${worst.name}**, PSI ${formatNumber(worst.value, 3)}`}.`,
      },
      {
        kind: "warning",
        text: "quality is known only for payments whose labels have arrived: what thieves do today shows in it after the delay, and in the share of alerts that investigators confirm, before.",
      },
    ],
    charts: [driftChart(drift)],
  });
}

interface Drift {
  readonly name: string;
  readonly value: number;
}

/**
 * Test against training for features and labels; test against the last earlier round for scores, which the model did not learn
 * from either.
 */
function samplesOf(
  features: Parameters<typeof featureTable>[0],
  { fraud }: Transactions,
  scored: Parameters<typeof roundScores>[0],
  { earlier, final }: Rounds,
): readonly DriftSample[] {
  const { trainFrom, trainUntil, test } = final;
  const rows = Int32Array.from({ length: trainUntil - trainFrom }, (_, at) => trainFrom + at);
  const [before, after] = [featureTable(features, rows), featureTable(features, test)];
  const places = (count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => at);
  const column = (table: typeof before, name: string): Float64Array =>
    pickRows(table.columns.get(name) ?? [], places(table.rows));
  const labels = (of: Int32Array): Float64Array => Float64Array.from(of, (row) => fraud[row]);
  const last = earlier.at(-1);
  return [
    ...[...before.columns.keys()].map((name) => ({
      name,
      reference: column(before, name),
      current: column(after, name),
    })),
    ...(last === undefined
      ? []
      : [{ name: PREDICTION, reference: roundScores(scored, last), current: roundScores(scored, final) }]),
    { name: LABEL, reference: labels(rows), current: labels(test) },
  ];
}

interface Quality {
  /** The mean over the earlier rounds, with the interval that their spread gives. */
  readonly reference: Reference;
  readonly now: QualityWindow;
}

function qualityOf(
  { fraud }: Transactions,
  scored: Parameters<typeof roundScores>[0],
  { earlier, final }: Rounds,
  interval: readonly [number, number] | null,
): Quality {
  const value = (round: Rounds["final"]): number =>
    averagePrecision(
      Uint8Array.from(round.test, (row) => fraud[row]),
      roundScores(scored, round),
    );
  const now = value(final);
  const frauds = final.test.reduce((sum, row) => sum + fraud[row], 0);
  // Without an interval nothing is known of the error: the widest that a share allows.
  return {
    reference: spreadOf(earlier.map(value)),
    now: { mean: now, interval: interval ?? [0, 1], n: frauds, age: 0 },
  };
}

/** The interval of average precision on the test days, as the evaluation left it. */
function intervalOf({ figures }: StageResult, subject: string): readonly [number, number] | null {
  const own = figures.find(
    (one) =>
      one.name === "average precision" && one.subject === subject && one.against === undefined && one.slice === "all",
  );
  return own?.interval ?? null;
}

/** Mean and 95 % interval of a few values (Student's t). */
function spreadOf(values: readonly number[]): Reference {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (n < 2) return { mean, interval: null };
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1));
  const half = (studentT(n - 1).quantile(0.975) * deviation) / Math.sqrt(n);
  return { mean, interval: [mean - half, mean + half] };
}

interface Measurements {
  readonly samples: readonly DriftSample[];
  readonly quality: Quality;
  readonly serving: Json;
  readonly load: Load;
}

function measure(alert: AlertFacts, condition: Condition, { samples, quality, serving, load }: Measurements): Measured {
  const served = measureServing(alert, serving, load);
  if (served !== undefined) return served;
  const { metric, kind, drift } = alert;
  if (drift !== null) return watched(drift, condition, samples);
  if (kind === "drift") return notMeasured(UNKNOWN_DRIFT);
  if (metric !== "average precision" || !Number.isFinite(quality.reference.mean)) return notMeasured();
  const { reference, now } = quality;
  const judged = judgeWindows([now], reference, { condition, lag: 0, holdsFor: 0, window: 1 });
  const open = judged.verdict === "not settled" ? "; its interval reaches across the limit" : "";
  return {
    value: judged.measured,
    unit: condition.of === "value" ? "" : "share",
    interval: judged.interval,
    n: judged.n,
    verdict: judged.verdict,
    note: `${formatNumber(now.mean, 3)} on the test days, ${now.n} frauds, against ${formatNumber(reference.mean, 3)} on earlier rounds; known only once labels arrived${open}`,
  };
}

function watched(watch: DriftWatch, condition: Condition, samples: readonly DriftSample[]): Measured {
  const [wanted, windows] = watchedSignal(watch);
  const among = watch.on === "features" ? samples.filter(({ name }) => name !== PREDICTION && name !== LABEL) : samples;
  const seen = watchDrift(wanted, among);
  const note = seen.value === null ? seen.note : `${seen.note}; ${windows}`;
  return { value: seen.value, unit: "", note, n: seen.n, verdict: driftVerdict(condition, seen) };
}

function watchedSignal(watch: DriftWatch): readonly [DriftWatch, string] {
  if (watch.on === "features") return [watch, "test days against training days"];
  if (watch.on === "label")
    return [{ ...watch, of: LABEL }, "test days against training days, known once labels arrived"];
  return [{ ...watch, of: PREDICTION }, "test days against the last earlier round"];
}

function driftChart(drift: readonly Drift[]): Chart {
  return {
    form: "bars",
    title: "Drift from training to test",
    caption:
      "Population stability index in ten bins cut at the earlier window's quantiles. Fraud is a percent of the payments: a new tactic hardly moves it, which is why quality is watched too.",
    xLabel: "signal",
    yLabel: "PSI, nats",
    points: drift.map(({ name, value }) => ({ x: name, y: value, label: formatNumber(value, 2) })),
  };
}
