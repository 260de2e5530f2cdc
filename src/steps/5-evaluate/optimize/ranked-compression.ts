/** Parts of a ranking system that can be made smaller: vectors of the first stage, trees of the ranker; judged on the test requests. */

import { formatShare } from "../../../core/format-figure.ts";
import { fail, type Outcome, succeed, unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import type { StageContext, StageResult } from "../../../system/stage.ts";
import { rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { sharedLength } from "../../3-data/row-lists.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../3-data/split/stored-requests.ts";
import { treesFromFile } from "../../4-model/models/trees-json.ts";
import { CANDIDATES_STAGE } from "../../4-model/train/candidates-stage.ts";
import type { RankedSource } from "../../4-model/train/ranked-source.ts";
import { type RankingRows, rankingRows, stackRows } from "../../4-model/train/ranking-rows.ts";
import { openRankingSet, RANKING_STAGE } from "../../4-model/train/ranking-stage.ts";
import { recommenderFromStored, trainingStageName } from "../../4-model/train/recommender-stage.ts";
import type { TwoStagePlan } from "../../4-model/train/two-stage-plan.ts";
import { type ParsedMetric, parseMetric } from "../metrics/parse-metric.ts";
import { differences, restsOnFew } from "../protocols/bootstrap.ts";
import { differenceFigures, meanFigures, measureLists, WHOLE } from "../protocols/measure-lists.ts";
import { prunedRanker, quantizedRanker, type RankerTraffic, wholeRanker } from "./compress-ranker.ts";
import { type MeasuredCompression, relativeDrop } from "./compression-report.ts";
import type { CompressionAccess, CompressionBench, CompressionPlan, CompressionSource } from "./compression-source.ts";
import { makeSmaller } from "./compression-stage.ts";
import { distillRanker } from "./distill-ranker.ts";
import { quantizeRecommender } from "./quantize-recommender.ts";
import { studentOf } from "./student.ts";
import { treesPrecisionOf } from "./trees-precision.ts";
import { type Compression, type CompressionEntry, type RankedPart, USUAL_SHARE } from "./variant.ts";

export interface RankedParts {
  readonly system: Pick<TwoStagePlan, "models" | "retrieval" | "candidates" | "ranking">;
  readonly source: RankedSource;
  /** The metric that decides where a clause names none. */
  readonly headline: string;
}

/** A student learns scores, not orders: fewer rows of a request are enough. */
const STUDENT_NEGATIVES = 15;

export function rankedCompression({ system, source, headline }: RankedParts): CompressionSource<RankedParts> {
  const { models, retrieval, candidates, ranking } = system;
  const trained = models.map(({ subject }) => trainingStageName(subject));
  return {
    inputs: [source.task, "split", CANDIDATES_STAGE, ...trained, ...(ranking === undefined ? [] : [RANKING_STAGE])],
    parts: { system: { models, retrieval, candidates, ranking }, source, headline },
    run: compressRankers,
  };
}

function compressRankers(plan: CompressionPlan<RankedParts>, context: StageContext): Promise<StageResult> {
  return makeSmaller(plan, context, openRankedBench);
}

type Access = CompressionAccess;

async function openRankedBench(parts: RankedParts, access: Access): Promise<CompressionBench> {
  const requests = requestsFromStored(await access.input("split"), "test");
  return {
    requests: requests.count,
    lacks: () => undefined,
    async compress(entry) {
      const made = await compressOne(entry, parts, requests, access);
      if (!made.ok) return made;
      const { accept } = entry;
      const metric = parseMetric(accept === undefined || accept.metric === "" ? parts.headline : accept.metric);
      if (!metric.ok) return refuse(`\`${accept?.text}\` cannot be held: ${metric.failure.message}`);
      return succeed(measureCost(made.value, entry, metric.value, requests, access.random));
    },
  };
}

/** The part before and after; a failure says why it cannot be made smaller so. */
async function compressOne(
  entry: CompressionEntry,
  parts: RankedParts,
  requests: StoredRequests,
  access: Access,
): Promise<Outcome<Compression<RankedPart>>> {
  const { system, source } = parts;
  const { input } = access;
  const isRetrieval = entry.stage === undefined || entry.stage === system.retrieval;
  if (entry.method === "quantization" && isRetrieval) {
    const model =
      system.models.find(({ subject }) => trainingStageName(subject) === system.candidates.primary) ?? system.models[0];
    if (entry.precision !== undefined && entry.precision !== "int8")
      return refuse(`vectors of \`${system.retrieval}\` can be rounded to int8, not to ${entry.precision}`);
    const recommender = recommenderFromStored(await input(system.candidates.primary), model.choice);
    const task = rankedTaskFromStored(await input(source.task));
    const made = quantizeRecommender(model.subject, recommender, { task, requests, weights: source.weights });
    return made === undefined
      ? refuse(`${model.subject} has no vectors that could be quantized; als and two-tower have them`)
      : succeed({ ...made, how: "" });
  }
  if (system.ranking === undefined || entry.stage !== system.ranking.written) {
    return refuse(
      `${entry.method} of the stage \`${entry.stage ?? system.retrieval}\` is not something this run can do`,
    );
  }
  const { model, traffic } = await openRanker(parts, access);
  const before = wholeRanker("ranking", model, traffic);
  switch (entry.method) {
    case "quantization": {
      const precision = treesPrecisionOf(entry);
      if (!precision.ok) return precision;
      const after = quantizedRanker(`ranking ${entry.precision ?? "int8"}`, model, precision.value, traffic);
      return succeed({ before, after, how: "" });
    }
    case "pruning": {
      const share = entry.keep?.value ?? USUAL_SHARE;
      const after = prunedRanker(`ranking pruned to ${formatShare(share, 4)}`, model, share, traffic);
      return succeed({ before, after, how: "" });
    }
    case "distillation": {
      const { random, environment } = access;
      const after = await distillRanker(studentOf(entry), {
        teacher: model,
        rows: await openTrainingRows(system.ranking, access),
        traffic,
        random: random.fork("student"),
        pool: environment.pool,
      });
      return after.ok ? succeed({ before, after: after.value, how: "" }) : after;
    }
    default:
      return entry.method satisfies never;
  }
}

function refuse(message: string): Outcome<never> {
  return fail({ code: "cannot-compress", message });
}

async function openRanker({ system: { ranking } }: RankedParts, { input }: Access) {
  if (ranking === undefined) throw new Error("no ranking stage");
  const set = await openRankingSet("test", ranking.sources, input);
  const { json } = await input(RANKING_STAGE);
  const file = typeof json === "object" && json !== null && "model" in json ? json.model : null;
  const traffic: RankerTraffic = {
    rows: rankingRows(set, rankedTaskFromStored(await input(ranking.task)), ranking.declarations),
    requests: set.requests.count,
    keepsOrder: (request) => sharedLength(set.requests.history, request) === 0,
  };
  return { model: unwrap(treesFromFile(file)), traffic };
}

/** The rows that the ranker learned from: requests of earlier windows with a sample of their candidates. */
async function openTrainingRows(
  ranking: NonNullable<TwoStagePlan["ranking"]>,
  { input, random }: Access,
): Promise<Table> {
  const task = rankedTaskFromStored(await input(ranking.task));
  const folds = cutsFromStored(await input("split")).sets.filter(({ name }) => name.startsWith("fold-"));
  const parts: RankingRows[] = [];
  for (const { name } of folds) {
    const set = await openRankingSet(name, ranking.sources, input);
    parts.push(
      rankingRows(set, task, ranking.declarations, {}, { negatives: STUDENT_NEGATIVES, random: random.fork(name) }),
    );
  }
  return stackRows(parts).features;
}

/** Both parts' lists against what was relevant, request by request. */
function measureCost(
  made: Compression<RankedPart>,
  entry: CompressionEntry,
  metric: ParsedMetric,
  requests: StoredRequests,
  random: Random,
): MeasuredCompression {
  const measure = (part: RankedPart) => ({
    subject: part.subject,
    measured: measureLists(requests, part.lists, [metric], WHOLE),
  });
  const [whole, small] = [measure(made.before), measure(made.after)];
  const figures = differenceFigures(whole, small, "all", [metric.name], random);
  const [before, after] = [whole, small].map(({ measured }) =>
    meanOf(measured.values.get(metric.name) ?? new Float64Array(0)),
  );
  const difference = figures[0]?.interval ?? null;
  const [a, b] = [small, whole].map(({ measured }) => measured.values.get(metric.name));
  return {
    ...made,
    entry,
    test: "test requests",
    cost: {
      metric: metric.name,
      before,
      after,
      difference,
      drop: relativeDrop(difference, before),
      restsOnFew: a !== undefined && b !== undefined && restsOnFew(differences(a, b), small.measured.units),
    },
    figures: [
      ...meanFigures(made.before.subject, "compressed part", whole.measured, random),
      ...meanFigures(made.after.subject, "compressed part", small.measured, random),
      ...figures,
    ],
  };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
