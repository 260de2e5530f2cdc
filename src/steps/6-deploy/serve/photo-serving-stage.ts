/** The stage that answers a photo as the service would: scaled, embedded alone, searched; timed, and compared bit for bit with training's vectors. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { createExactScan } from "../../../kernels/exact-scan.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import type { ClarifyFacts } from "../../1-clarify/schema.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { openPhotoEmbedder } from "../../4-model/convolution/photo-embedder.ts";
import { PHOTO_VECTORS_STAGE, vectorsFromStored } from "../../4-model/convolution/photo-vectors-stage.ts";
import { processorShareSince } from "../../5-evaluate/protocols/measure-latency.ts";
import { isSameValue } from "./same-value.ts";
import { processorFigure } from "./serving-latency-stage.ts";

interface PhotoServingPlan {
  readonly trained: string;
  readonly p99: number | null;
}

export function photoServingStage(trained: string, { latency }: ClarifyFacts): Stage {
  return stage<PhotoServingPlan>({
    name: "serving",
    step: 6,
    title: "answering photos in process",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, PHOTO_VECTORS_STAGE, trained],
    data: NO_FILES,
    plan: { trained, p99: latency?.p99?.value ?? null },
    run: serve,
  });
}

const WARM_UP = 20;
const CALLS = 400;
const K = 20;

async function serve({ trained, p99 }: PhotoServingPlan, { input, environment }: StageContext): Promise<StageResult> {
  const { set } = picturesFromStored(await input(PICTURES_STAGE));
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const { vectors, dimensions } = vectorsFromStored(await input(PHOTO_VECTORS_STAGE), "network");
  const asking = split.rowsOf("test");
  if (asking.length === 0)
    return stageResult({ remarks: [{ kind: "warning", text: "there was no test photo to serve" }] });
  const embedder = await openPhotoEmbedder(await input(trained), environment, { alone: true });
  const scan = createExactScan(vectors, dimensions, { mostResults: K });
  const { now, worked } = environment.stopwatch;
  const times: { embedding: number; retrieval: number }[] = [];
  let different = 0;
  let began = { clock: now(), worked: worked?.() };
  const calls = Math.max(CALLS, asking.length);
  for (let call = -WARM_UP; call < calls; call++) {
    const row = asking[((call % asking.length) + asking.length) % asking.length];
    if (call === 0) began = { clock: now(), worked: worked?.() };
    const started = now();
    const vector = await embedder.embed(set, [row]);
    const embedded = now();
    scan.search(vector, Math.min(K, set.count));
    const done = now();
    if (call < 0) continue;
    times.push({ embedding: embedded - started, retrieval: done - embedded });
    if (call < asking.length && vector.some((value, d) => !isSameValue(value, vectors[row * dimensions + d])))
      different++;
  }
  const processorShare = processorShareSince(began, environment.stopwatch);
  await embedder.close();
  return result(times, { p99, different, compared: asking.length, searched: set.count, processorShare });
}

interface Served {
  readonly p99: number | null;
  readonly different: number;
  readonly compared: number;
  readonly searched: number;
  readonly processorShare: number | null;
}

function result(
  times: readonly { readonly embedding: number; readonly retrieval: number }[],
  { p99, different, compared, searched, processorShare }: Served,
): StageResult {
  const steps = (["embedding", "retrieval"] as const).map((name) => ({
    name,
    ...percentiles(times.map((one) => one[name])),
  }));
  const whole = { name: "request", ...percentiles(times.map(({ embedding, retrieval }) => embedding + retrieval)) };
  const figures = [...steps, whole].flatMap(({ name, p50, p99: slow }) => [
    latency("latency p50", name, p50, times.length),
    latency("latency p99", name, slow, times.length),
  ]);
  const skew = figure({
    step: 6,
    name: "photos with another vector when served",
    subject: "network",
    value: different,
    unit: "photos",
    n: compared,
    note: "each test photo scaled and embedded alone, compared bit for bit with its vector of the evaluation",
  });
  const limit = p99 === null ? "" : ` of ${formatValue({ value: p99, unit: "s" })}`;
  return stageResult({
    json: {
      mean: whole.mean,
      p50: whole.p50,
      p90: whole.p90,
      p95: whole.p95,
      p99: whole.p99,
      "p99.9": whole.p999,
      failedShare: 0,
      busyShare: null,
      processorShare,
    },
    figures: [...figures, ...processorFigure(processorShare), skew],
    remarks: [
      {
        kind: "answer",
        text: `A photo that is decoded is answered in ${formatValue({ value: whole.p50, unit: "s" })} at the median and ${formatValue({ value: whole.p99, unit: "s" })}${limit} at p99: embedded, and compared with each of ${formatNumber(searched)} photos by an exact scan, on one thread, without network, decoding and queues.`,
      },
      skewRemark(different, compared),
    ],
  });
}

function skewRemark(different: number, compared: number): Remark {
  if (different === 0)
    return {
      kind: "answer",
      text: `Serving and evaluation agree: all ${formatNumber(compared)} test photos have the same vector to the bit.`,
    };
  return {
    kind: "warning",
    text: `${formatNumber(different)} of ${formatNumber(compared)} test photos have another vector when served alone: serving does not do what was evaluated`,
  };
}

function latency(name: string, subject: string, value: number, n: number): Figure {
  return figure({
    step: 6,
    name,
    subject,
    value,
    unit: "s",
    n,
    note: "in process, one photo at a time, warm, one thread; without network and decoding",
  });
}

function percentiles(seconds: readonly number[]) {
  const sorted = Float64Array.from(seconds).sort();
  const at = (share: number): number => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
  return {
    mean: seconds.reduce((sum, one) => sum + one, 0) / seconds.length,
    p50: at(0.5),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    p999: at(0.999),
  };
}
