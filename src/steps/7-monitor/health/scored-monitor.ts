/** The monitor of a scored task: drift of features, scores and labels, and quality on labels that have arrived. */

import type { Chart } from "../../../core/chart.ts";
import { studentT } from "../../../core/distribution-t.ts";
import { figure } from "../../../core/figure.ts";
import { formatBeside, formatNumber } from "../../../core/format-figure.ts";
import { DRAWN_TO_ALL, movedMost, ONLY_GROWS } from "../../../core/moved-most.ts";
import { pickRows } from "../../../core/table.ts";
import type { Condition } from "../../../design/condition.ts";
import { EVALUATION_STAGE, evaluationIn } from "../../../system/evaluation.ts";
import type { StageContext, StageResult } from "../../../system/stage.ts";
import { isDrawnToAll } from "../../3-data/features/drawn-to-all.ts";
import type { FeatureDeclaration } from "../../3-data/features/feature-declaration.ts";
import { FEATURES_STAGE, featureTable } from "../../3-data/features/features-stage.ts";
import { categoryBehind } from "../../3-data/features/label-encoding.ts";
import { onlyGrows } from "../../3-data/features/only-grows.ts";
import { labelsOf, type ScoredTask, scoredTaskFromStored, unitOf } from "../../3-data/scored-task.ts";
import { trainingRows } from "../../3-data/split/late-label-split.ts";
import { ROUNDS_STAGE, type Rounds, roundsFromStored } from "../../3-data/split/late-label-split-stage.ts";
import type { ClassifierPlan } from "../../4-model/train/classifier-plan.ts";
import { classifierStageName, roundScores } from "../../4-model/train/classifier-stage.ts";
import { averagePrecision } from "../../5-evaluate/metrics/average-precision.ts";
import { categorySample } from "../drift/category-sample.ts";
import { type DriftSample, type DriftWatch, driftVerdict, UNKNOWN_DRIFT, watchDrift } from "../drift/drift-alert.ts";
import { measureDrift } from "../drift/drift-measure.ts";
import { holdAlerts } from "./alerts-stage.ts";
import { type AlertFacts, type Measured, notMeasured } from "./hold-alert.ts";
import type { Monitor, MonitorAccess, MonitorPlan, MonitorSource } from "./monitor-source.ts";
import { judgeWindows, openWords, type QualityWindow, type Reference } from "./window-quality.ts";

export interface ScoredWatch {
  /** The stage that stored the scored task. */
  readonly task: string;
  readonly declarations: readonly FeatureDeclaration[];
}

/** The name under which the model's scores are watched. */
const PREDICTION = "prediction";
/** The name under which the share of positive cases is watched. */
const LABEL = "label";

const RETRAINED = "; each window scored by the model of its time, so retraining moves it too";
const AS_CATEGORY =
  "; of the values themselves: the label's rate, which the model reads for them, settles as labels arrive";
const CHANCE = "19 times in 20 below this where nothing moved";

/** What is watched is the classifier that the evaluation chose. */
export function scoredMonitor(
  task: string,
  declarations: readonly FeatureDeclaration[],
  classifiers: readonly Pick<ClassifierPlan, "subject">[],
): MonitorSource<ScoredWatch> {
  const trained = classifiers.map(({ subject }) => classifierStageName(subject));
  return {
    inputs: [task, ROUNDS_STAGE, FEATURES_STAGE, ...trained],
    watched: { task, declarations },
    run: watchScores,
  };
}

function watchScores(plan: MonitorPlan<ScoredWatch>, context: StageContext): Promise<StageResult> {
  return holdAlerts(plan, context, openScoredMonitor);
}

async function openScoredMonitor(
  { task: name, declarations }: ScoredWatch,
  { input }: MonitorAccess,
): Promise<Monitor> {
  const task = scoredTaskFromStored(await input(name));
  const rounds = roundsFromStored(await input(ROUNDS_STAGE));
  const evaluation = await input(EVALUATION_STAGE);
  const chosen = evaluationIn(evaluation.json)?.chosen ?? "";
  const scored = await input(classifierStageName(chosen));
  const samples = samplesOf(await input(FEATURES_STAGE), task, scored, rounds, declarations);
  const drift = samples.flatMap(({ name: signal, reference, current, units, isCategory, onlyGrows: grows = false }) => {
    const index = measureDrift("psi", reference, current, { units });
    return index.ok ? [{ name: signal, isCategory, grows, ...index.value }] : [];
  });
  const quality = qualityOf(task, scored, rounds, intervalOf(evaluation, chosen));
  const measured: Measurements = { words: task.words, samples, quality };
  const drawn = new Set(declarations.filter(isDrawnToAll).map((one) => one.name));
  const most = movedMost(drift.map((one) => ({ ...one, psi: one.value, onlyGrows: one.grows })));
  const size =
    most === undefined
      ? ""
      : `**${most.signal.name}**, PSI ${formatNumber(most.signal.psi, 3)}${drawn.has(most.signal.name) ? ` (${DRAWN_TO_ALL})` : ""}`;
  return {
    measure: (alert, condition) => measure(alert, condition, measured),
    figures: drift.flatMap(({ name: subject, value, note, chance, isCategory, grows }) => [
      figure({
        step: 7,
        name: "psi",
        subject,
        value,
        note: `${note}${isCategory === true ? AS_CATEGORY : ""}${subject === PREDICTION ? RETRAINED : ""}${grows ? `; ${ONLY_GROWS}` : ""}${drawn.has(subject) ? `; ${DRAWN_TO_ALL}, which chance among units does not cover` : ""}`,
      }),
      ...(chance === undefined
        ? []
        : [figure({ step: 7, name: "psi by chance", subject, value: chance, note: CHANCE })]),
    ]),
    more:
      most === undefined
        ? ""
        : most.isBeyondChance
          ? `Most moved from training to test: ${size}.`
          : `Nothing moved beyond chance from training to test; most did ${size}.`,
    remarks: [
      {
        kind: "warning",
        text: `quality is known only for ${task.words.cases} whose labels have arrived: ${task.words.meanwhile}.`,
      },
    ],
    charts: [driftChart(drift)],
  };
}

/** A signal, and whether its values are those of a category. */
type ScoredSample = DriftSample & { readonly isCategory?: boolean };

interface Drift {
  readonly name: string;
  readonly value: number;
}

/**
 * Test against training for features and labels, a category by its values and not by the label's rate that the model reads for it; test against the last earlier round for scores, which the model did not learn
 * from either.
 */
function samplesOf(
  features: Parameters<typeof featureTable>[0],
  task: ScoredTask,
  scored: Parameters<typeof roundScores>[0],
  { earlier, final }: Rounds,
  declarations: readonly FeatureDeclaration[],
): readonly ScoredSample[] {
  const { test } = final;
  const rows = trainingRows(task, final);
  const [before, after] = [featureTable(features, rows), featureTable(features, test)];
  const places = (count: number): Int32Array => Int32Array.from({ length: count }, (_, at) => at);
  const column = (table: typeof before, name: string): Float64Array =>
    pickRows(table.columns.get(name) ?? [], places(table.rows));
  const labels = (of: Int32Array): Float64Array => Float64Array.from(labelsOf(task, of));
  const last = earlier.at(-1);
  const keys = unitOf(task).rows;
  const unitsOf = (of: Int32Array): Int32Array => of.map((row) => keys[row]);
  const units = { reference: unitsOf(rows), current: unitsOf(test) };
  return [
    ...[...before.columns.keys()].map((name) => {
      const declaration = declarations.find((one) => one.name === name);
      const category = declaration === undefined ? null : categoryBehind(declaration, task);
      return {
        name,
        isCategory: category !== null,
        onlyGrows: declaration !== undefined && onlyGrows(declaration),
        ...(category === null
          ? { reference: column(before, name), current: column(after, name) }
          : categorySample(pickKeys(category, rows), pickKeys(category, test))),
        units,
      };
    }),
    ...(last === undefined
      ? []
      : [
          {
            name: PREDICTION,
            reference: roundScores(scored, last),
            current: roundScores(scored, final),
            units: { reference: unitsOf(last.test), current: units.current },
          },
        ]),
    { name: LABEL, reference: labels(rows), current: labels(test), units },
  ];
}

function pickKeys(keys: Int32Array, rows: Int32Array): Int32Array {
  return rows.map((row) => keys[row]);
}

interface Quality {
  /** The mean over the earlier rounds, with the interval that their spread gives. */
  readonly reference: Reference;
  readonly now: QualityWindow;
}

function qualityOf(
  task: ScoredTask,
  scored: Parameters<typeof roundScores>[0],
  { earlier, final }: Rounds,
  interval: readonly [number, number] | null,
): Quality {
  const value = (round: Rounds["final"]): number =>
    averagePrecision(labelsOf(task, round.test), roundScores(scored, round));
  const now = value(final);
  const positives = labelsOf(task, final.test).reduce((sum, label) => sum + label, 0);
  return {
    reference: spreadOf(earlier.map(value)),
    now: { mean: now, interval, n: positives, age: 0 },
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
  readonly words: ScoredTask["words"];
  readonly samples: readonly DriftSample[];
  readonly quality: Quality;
}

function measure(alert: AlertFacts, condition: Condition, { words, samples, quality }: Measurements): Measured {
  const { metric, kind, drift } = alert;
  if (drift !== null) return watched(drift, condition, samples);
  if (kind === "drift") return notMeasured(UNKNOWN_DRIFT);
  if (metric !== "average precision" || !Number.isFinite(quality.reference.mean)) return notMeasured();
  const { reference, now } = quality;
  const judged = judgeWindows([now], reference, { condition, lag: 0, holdsFor: 0, window: 1 });
  const [own, before] = formatBeside([now.mean, reference.mean]);
  const open = openWords(judged);
  return {
    value: judged.measured,
    unit: condition.of === "value" ? "" : "share",
    interval: judged.interval,
    n: judged.n,
    verdict: judged.verdict,
    note: `${own} on the test days, ${now.n} ${words.positives}, against ${before} on earlier rounds; known only once labels arrived${open}`,
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
      "Population stability index in ten bins cut at the earlier window's quantiles. Where the label is rare, a change in what makes it hardly moves any of these, which is why quality is watched too.",
    xLabel: "signal",
    yLabel: "PSI, nats",
    points: drift.map(({ name, value }) => ({ x: name, y: value, label: formatNumber(value, 2) })),
  };
}
