/** Gradient-boosted trees beside LightGBM: training 1M rows on two threads, scoring on one, one row at a time, and ranking. */

import { unwrap } from "../src/core/outcome.ts";
import { createRandom } from "../src/core/random.ts";
import { openLeafHistograms } from "../src/kernels/leaf-histograms.ts";
import { createKernelPool } from "../src/node/kernel-pool.ts";
import { trainTrees } from "../src/steps/4-model/models/gradient-boosted-trees.ts";
import { encodeRows, type TreesModel } from "../src/steps/4-model/models/trees-model.ts";
import { createTreesScorer } from "../src/steps/4-model/models/trees-scorer.ts";
import { binFeatures, fillBins } from "../src/steps/4-model/train/bin-features.ts";
import { fillOptions, splitRules } from "../src/steps/4-model/train/trees-options.ts";
import { aucRoc } from "../src/steps/5-evaluate/metrics/auc-roc.ts";
import { ndcgAt } from "../src/steps/5-evaluate/metrics/ndcg.ts";
import { type Benchmark, type BenchmarkCase, type BenchmarkEnvironment, timed } from "./benchmark.ts";
import { classificationData, rankingData, type TreeData } from "./tree-data.ts";

const THREADS = 2;
const TREES = 100;
const FEATURES = 28;
const TRAIN = 1_000_000;
const TEST = 200_000;
const PER_QUERY = 50;
const QUERIES = 3000;
const TEST_QUERIES = 1000;
const RANK_FEATURES = 12;
const peerName = "LightGBM";
type Ask = ReturnType<BenchmarkEnvironment["startPeer"]>["ask"];

export const benchmark: Benchmark = {
  name: "trees",
  about:
    "boosted trees, 1M x 28, 100 trees, 31 leaves, 255 bins, 2 threads; scoring on 1 thread; LambdaRank on 3,000 queries",
  async *cases({ startPeer, workFolder }) {
    const pool = createKernelPool(THREADS);
    const { ask } = startPeer("lightgbm_trees.py");
    const data = classificationData(workFolder, TRAIN + TEST, FEATURES);
    await ask("load", { file: data.file, features: FEATURES, train: TRAIN });
    const features = data.table(0, TRAIN);
    const labels = data.labels(0, TRAIN);
    const train = async (): Promise<TreesModel> =>
      unwrap(await trainTrees({ features, labels }, { objective: "log-loss" }, { random: createRandom(1), pool }))
        .model;
    const last: { model?: TreesModel; peak: number } = { peak: 0 };
    yield {
      case: "training, binning included",
      peerName,
      unit: "s",
      runs: 3,
      target: "<= 1.25",
      ours: () =>
        timed(async () => {
          last.model = await train();
          last.peak = Math.max(last.peak, process.memoryUsage().rss);
        }),
      peer: async () => {
        const { seconds, peak_bytes } = await ask("train", { trees: TREES, threads: THREADS });
        peakOfPeer = peak_bytes;
        return seconds;
      },
    };
    yield {
      case: "of that, binning",
      peerName,
      unit: "s",
      runs: 3,
      ours: () =>
        timed(async () => {
          const options = fillOptions({ objective: "log-loss" });
          const choices = [...features.columns.keys()].map((name) => ({
            name,
            categorical: false,
            monotone: 0 as const,
          }));
          const binned = binFeatures(features, choices, options, createRandom(1));
          const shape = {
            rows: TRAIN,
            followers: 0,
            features: binned.shapes,
            maxLeaves: 31,
            rules: splitRules(options),
          };
          const histograms = openLeafHistograms(shape, { pool });
          await fillBins(histograms, binned, features, 0);
          histograms.close();
        }),
      peer: async () => (await ask("train", { trees: 1, threads: THREADS })).binning,
    };
    await ask("train", { trees: TREES, threads: THREADS });
    const model = last.model ?? (await train());
    yield {
      case: "process memory after training, data included",
      peerName,
      unit: "MiB",
      runs: 1,
      ours: () => last.peak / 2 ** 20,
      peer: () => peakOfPeer / 2 ** 20,
    };
    yield* scoring(model, data, ask);
    yield* ranking(workFolder, ask, pool);
    await pool.close();
  },
};

let peakOfPeer = Number.NaN;

function* scoring(model: TreesModel, data: TreeData, ask: Ask): Iterable<BenchmarkCase> {
  const test = data.table(TRAIN, TRAIN + TEST);
  const scorer = createTreesScorer(model);
  yield {
    case: "AUC on 200k other rows",
    peerName,
    unit: "",
    runs: 1,
    target: "within 0.002",
    ours: () => aucRoc(data.labels(TRAIN, TRAIN + TEST), scorer.margins(test)),
    peer: async () => (await ask("auc")).auc,
  };
  yield {
    case: "scoring a batch, one thread",
    peerName,
    unit: "rows/s",
    target: ">= 3",
    ours: async () => TEST / (await timed(() => scorer.margins(test))),
    peer: async () => (await ask("score_batch")).rows_per_second,
  };
  const singles = Array.from({ length: 5000 }, (_, row) => encodeRows(model, test, row, row + 1));
  yield {
    case: "scoring one row",
    peerName: "LightGBM C API",
    unit: "us",
    target: "ours <= 2 us",
    ours: async () => {
      let sum = 0;
      const seconds = await timed(() => {
        for (const values of singles) sum += scorer.margin(values);
      });
      if (!Number.isFinite(sum)) throw new Error("a score is not finite");
      return (seconds / singles.length) * 1e6;
    },
    peer: async () => (await ask("score_single", { rows: singles.length })).microseconds,
  };
}

async function* ranking(
  workFolder: string,
  ask: Ask,
  pool: ReturnType<typeof createKernelPool>,
): AsyncIterable<BenchmarkCase> {
  const data = rankingData(workFolder, QUERIES + TEST_QUERIES, PER_QUERY, RANK_FEATURES);
  const rows = QUERIES * PER_QUERY;
  const all = (QUERIES + TEST_QUERIES) * PER_QUERY;
  await ask("load", { file: data.file, features: RANK_FEATURES, train: rows });
  const queries = Int32Array.from({ length: rows }, (_, row) => Math.floor(row / PER_QUERY));
  const training = { features: data.table(0, rows), labels: data.labels(0, rows), queries };
  const test = data.table(rows, all);
  const results = { ours: Number.NaN, peer: Number.NaN };
  yield {
    case: "LambdaRank, training",
    peerName,
    unit: "s",
    runs: 3,
    ours: async () => {
      let model: TreesModel | undefined;
      const seconds = await timed(async () => {
        const outcome = await trainTrees(training, { objective: "lambdarank" }, { random: createRandom(1), pool });
        model = unwrap(outcome).model;
      });
      // The peer's time ends with training too.
      if (model !== undefined) results.ours = meanNdcg(createTreesScorer(model).margins(test), data.labels(rows, all));
      return seconds;
    },
    peer: async () => {
      const { seconds, ndcg } = await ask("rank", { trees: TREES, threads: THREADS, per_query: PER_QUERY });
      results.peer = ndcg;
      return seconds;
    },
  };
  yield {
    case: "LambdaRank, NDCG@10 on 1,000 other queries",
    peerName,
    unit: "",
    runs: 1,
    target: "within 0.005",
    ours: () => results.ours,
    peer: () => results.peer,
  };
}

function meanNdcg(margins: Float64Array, labels: Float64Array): number {
  let sum = 0;
  let queries = 0;
  for (let from = 0; from < margins.length; from += PER_QUERY) {
    const order = Array.from({ length: PER_QUERY }, (_, i) => from + i).sort((a, b) => margins[b] - margins[a]);
    const judged = [...labels.subarray(from, from + PER_QUERY)];
    if (judged.every((label) => label === 0)) continue;
    sum += ndcgAt({ relevance: order.map((row) => labels[row]), judged }, 10, "exponential");
    queries++;
  }
  return sum / queries;
}
