/** The stage that makes the embedding network smaller as the note asks: size, operations, latency at batch 1 in onnxruntime, and what the search loses. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { FailureError } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Environment, OnnxRuntime } from "../../../system/environment.ts";
import {
  NO_FILES,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { independentUnits } from "../../3-data/pictures/split-items.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import type { EmbeddingPlan } from "../../4-model/convolution/embedding-plan.ts";
import { networkFromStored, type StoredNetwork } from "../../4-model/convolution/embedding-stages.ts";
import { ONNX_OUTPUT } from "../../4-model/onnx/onnx-network.ts";
import { DIFFERENCE_RANGE, REQUEST_RANGE } from "../metrics/metric.ts";
import {
  bootstrapMean,
  differences,
  knownInterval,
  pairedBootstrap,
  quantileOf,
  restsOnFew,
} from "../protocols/bootstrap.ts";
import { type SimilarityMeasure, similarityMeasures } from "../protocols/similarity-measures.ts";
import { answerable, searchPhotos } from "../protocols/similarity-search.ts";
import { compressionResult, type MeasuredCompression, relativeDrop } from "./compression-report.ts";
import { makeVariant, type PhotoVariant, scaledPhoto, wholeVariant } from "./photo-variants.ts";
import { unheardWarning } from "./unheard-fields.ts";
import type { CompressionEntry } from "./variant.ts";

interface PhotoCompressionPlan {
  readonly entries: readonly CompressionEntry[];
  readonly embedding: EmbeddingPlan;
  readonly trained: string;
  readonly metrics: readonly string[];
}

/** Undefined where the note asks for nothing. */
export function photoCompressionStage(plan: PhotoCompressionPlan): Stage | undefined {
  if (plan.entries.length === 0) return undefined;
  return stage({
    name: "compression",
    step: 5,
    title: "making the network smaller",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, plan.trained],
    data: NO_FILES,
    plan,
    run: compress,
  });
}

async function compress(
  { entries, embedding, trained, metrics }: PhotoCompressionPlan,
  { input, random, environment }: StageContext,
): Promise<StageResult> {
  const { onnx } = environment;
  if (onnx === undefined)
    return stageResult({
      remarks: [{ kind: "warning", text: "nothing was made smaller: no onnxruntime is at hand to measure it" }],
    });
  const { set, label, item } = picturesFromStored(await input(PICTURES_STAGE));
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const network = networkFromStored(await input(trained));
  const { scaling } = network;
  const pictures = { set, labels: label, scaling, rows: split.rowsOf("train") };
  const ground = { network, pictures, rowsOf: split.rowsOf, plan: embedding, onnx, environment, random };
  const unit = independentUnits(split.group, item);
  const test: TestPhotos = { rows: split.rowsOf("test"), group: split.group, unit, label, set };
  const measures = similarityMeasures(metrics);
  const whole = await measureVariant(wholeVariant(ground), test, network, onnx, environment).catch(withoutRuntime);
  if (typeof whole === "string") return stageResult({ remarks: [{ kind: "warning", text: whole }] });
  const measured: MeasuredCompression[] = [];
  const warnings: string[] = [];
  const all = [whole];
  for (const entry of entries) {
    const variant = await makeVariant(entry, ground);
    if (typeof variant === "string") {
      warnings.push(variant);
      continue;
    }
    const unheard = unheardWarning(entry, "photos");
    if (unheard !== undefined) warnings.push(unheard);
    const small = await measureVariant(variant, test, network, onnx, environment);
    all.push(small);
    const deciding = measures.find(({ name }) => name === entry.accept?.metric) ?? measures[0];
    measured.push(hold(entry, whole, small, { measures, deciding, test, random }));
  }
  const result = compressionResult(measured, warnings, 0, environment.stopwatch);
  return {
    ...result,
    arrays: Object.fromEntries(all.map(({ variant }) => [`${variant.subject}.onnx`, variant.model])),
    charts: [...result.charts, ...(answerable(test.rows, test).length === 0 ? [] : [pareto(all, measures[0], test)])],
  };
}

/** A sentence where the runtime is not installed; any other failure goes on. */
function withoutRuntime(error: unknown): string {
  if (!(error instanceof FailureError) || error.failure.code !== "no-onnx-runtime") throw error;
  return `nothing was made smaller: ${error.failure.message}; ${error.failure.fix}, then run with \`--from 5\``;
}

interface TestPhotos {
  readonly rows: Int32Array;
  /** Photos of one group never answer each other; those of one unit are drawn together. */
  readonly group: Int32Array;
  readonly unit: Int32Array;
  readonly label: Int32Array;
  readonly set: Parameters<typeof scaledPhoto>[0];
}

interface MeasuredVariant {
  readonly variant: PhotoVariant;
  readonly dimensions: number;
  /** Of all photos' rows; only test rows are filled. */
  readonly vectors: Float32Array;
  readonly p50: number;
  readonly p99: number;
  readonly calls: number;
}

const WARM_UP = 30;
const LEAST_CALLS = 300;

/** Vectors of the test photos, one at a time, each call timed. */
async function measureVariant(
  variant: PhotoVariant,
  { rows, set }: TestPhotos,
  network: StoredNetwork,
  onnx: OnnxRuntime,
  { stopwatch, progress }: Environment,
): Promise<MeasuredVariant> {
  progress(`timing ${variant.subject}`);
  const { dimensions, channels, size } = network.architecture;
  const session = await onnx.open(variant.model);
  const vectors = new Float32Array(set.count * dimensions);
  const calls = Math.max(LEAST_CALLS, rows.length);
  const seconds = new Float64Array(calls);
  try {
    for (let call = -WARM_UP; call < calls; call++) {
      const row = rows[((call % rows.length) + rows.length) % rows.length];
      const photo = scaledPhoto(set, row, network);
      const started = stopwatch.now();
      const given = await session.run(photo, [1, channels, size, size]);
      if (call < 0) continue;
      seconds[call] = stopwatch.now() - started;
      vectors.set(given[ONNX_OUTPUT], row * dimensions);
    }
  } finally {
    await session.close();
  }
  seconds.sort();
  return { variant, dimensions, vectors, calls, p50: quantileOf(seconds, 0.5), p99: quantileOf(seconds, 0.99) };
}

interface Holding {
  readonly measures: readonly SimilarityMeasure[];
  readonly deciding: SimilarityMeasure;
  readonly test: TestPhotos;
  readonly random: Random;
}

function hold(
  entry: CompressionEntry,
  whole: MeasuredVariant,
  small: MeasuredVariant,
  { measures, deciding, test, random }: Holding,
): MeasuredCompression {
  const asked = answerable(test.rows, test);
  const units = asked.map((row) => test.unit[row]);
  const valuesOf = ({ vectors, dimensions }: MeasuredVariant, { measure }: SimilarityMeasure): Float64Array =>
    Float64Array.from(
      searchPhotos({ vectors, dimensions, label: test.label, group: test.group }, asked, test.rows),
      measure,
    );
  const figures = (asked.length === 0 ? [] : measures).flatMap((one) => {
    const [before, after] = [valuesOf(whole, one), valuesOf(small, one)];
    const own = bootstrapMean(after, { random: random.fork(one.name), units, range: REQUEST_RANGE });
    const gain = pairedBootstrap(after, before, { random: random.fork(one.name), units, range: DIFFERENCE_RANGE });
    const subject = small.variant.subject;
    return [
      figure({
        step: 5,
        name: one.name,
        subject,
        value: own.mean,
        interval: knownInterval(own),
        n: own.n,
        note: "in onnxruntime",
      }),
      figure({
        step: 5,
        name: one.name,
        subject,
        against: "network",
        value: gain.mean,
        interval: knownInterval(gain),
        n: gain.n,
        note: "paired by photo, items drawn whole",
      }),
    ];
  });
  const [before, after] = [valuesOf(whole, deciding), valuesOf(small, deciding)];
  const difference = pairedBootstrap(after, before, {
    random: random.fork(deciding.name),
    units,
    range: DIFFERENCE_RANGE,
  });
  const interval = knownInterval(difference);
  const part = ({ variant: { subject, model } }: MeasuredVariant) => ({
    subject,
    bytes: model.length,
    serve: () => undefined,
  });
  const ratio = whole.p50 / small.p50;
  return {
    before: part(whole),
    after: part(small),
    entry: { ...entry, speedup: undefined },
    how: `${small.variant.how} At batch 1 it takes ${(small.p50 / whole.p50).toFixed(2)} of the whole network's median time in onnxruntime${entry.speedup === undefined ? "" : `; the note says \`speedup: ${entry.speedup.text}\` (${ratio.toFixed(2)}x here)`}.`,
    cost: {
      metric: deciding.name,
      before: mean(before),
      after: mean(after),
      difference: interval,
      drop: relativeDrop(interval, mean(before)),
      restsOnFew: restsOnFew(differences(after, before), units),
    },
    figures: [...figures, ...[whole, small].flatMap(sizeFigures)],
    test: "test photos",
  };
}

function sizeFigures({ variant: { subject, parameters, operations }, p50, p99, calls }: MeasuredVariant): Figure[] {
  const note = "onnxruntime, one photo at a time, one thread, on this machine";
  return [
    figure({ step: 5, name: "served parameters", subject, value: parameters, unit: "parameters" }),
    figure({
      step: 5,
      name: "operations a photo",
      subject,
      value: operations,
      unit: "FLOP",
      note: "a multiply and an add are two",
    }),
    figure({ step: 5, name: "part latency p50", subject, value: p50, unit: "s", n: calls, note }),
    figure({ step: 5, name: "part latency p99", subject, value: p99, unit: "s", n: calls, note }),
  ];
}

function pareto(all: readonly MeasuredVariant[], deciding: SimilarityMeasure, test: TestPhotos): Chart {
  const points = all.map((one) => {
    const searches = searchPhotos(
      { vectors: one.vectors, dimensions: one.dimensions, label: test.label, group: test.group },
      answerable(test.rows, test),
      test.rows,
    );
    return {
      one,
      x: one.p50 * 1000,
      y: mean(Float64Array.from(searches, deciding.measure)),
      bytes: one.variant.model.length,
    };
  });
  const beaten = (a: (typeof points)[number]): boolean =>
    points.some(
      (b) => b !== a && b.x <= a.x && b.y >= a.y && b.bytes <= a.bytes && (b.x < a.x || b.y > a.y || b.bytes < a.bytes),
    );
  // The first series has the colour that leads the eye.
  const front = points.filter((point) => !beaten(point));
  return {
    form: "points",
    title: "Accuracy, latency and size",
    caption: `${deciding.name} on test photos over the median time at batch 1; bytes of the file stand beside each. A point is beaten where another is as good in all three and better in one: by their measured values, on this machine, whatever their intervals say.`,
    xLabel: "median time of a photo, ms",
    yLabel: deciding.name,
    points: [...front, ...points.filter(beaten)].map((point) => ({
      x: point.x,
      y: point.y,
      series: front.includes(point) ? "on the front" : "beaten",
      label: `${point.one.variant.subject}, ${Math.round(point.bytes / 1000)} kB`,
    })),
  };
}

function mean(values: Float64Array): number {
  return values.length === 0 ? Number.NaN : values.reduce((sum, value) => sum + value, 0) / values.length;
}
