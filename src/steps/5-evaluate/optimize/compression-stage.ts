/** The stage that makes parts of the system smaller as the note asks, and holds what that costs against the note's clause. */

import type { Chart } from "../../../core/chart.ts";
import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import { unwrap } from "../../../core/outcome.ts";
import type { Random } from "../../../core/random.ts";
import type { Table } from "../../../core/table.ts";
import { type Condition, holds, parseCondition } from "../../../design/condition.ts";
import { plainJson } from "../../../system/canonical-json.ts";
import {
  type AlertOutcome,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { interactionsFromStored } from "../../3-data/interactions.ts";
import { cutsFromStored, requestsFromStored, type StoredRequests } from "../../3-data/split/time-split-stage.ts";
import { treesFromFile } from "../../4-model/models/trees-json.ts";
import { CANDIDATES_STAGE } from "../../4-model/train/candidates-stage.ts";
import type { SignalWeights } from "../../4-model/train/interaction-matrix.ts";
import { type RankingRows, rankingRows, stackRows } from "../../4-model/train/ranking-rows.ts";
import { openRankingSet, RANKING_STAGE } from "../../4-model/train/ranking-stage.ts";
import { recommenderFromStored } from "../../4-model/train/recommender-stage.ts";
import type { TwoStagePlan } from "../../4-model/train/two-stage-plan.ts";
import { parseMetric } from "../metrics/parse-metric.ts";
import { measureLatency } from "../protocols/measure-latency.ts";
import { differenceFigures, meanFigures, measureLists, WHOLE } from "../protocols/measure-lists.ts";
import type { EvaluateFacts } from "../schema.ts";
import { prunedRanker, quantizedRanker, type RankerTraffic, wholeRanker } from "./compress-ranker.ts";
import { distillRanker } from "./distill-ranker.ts";
import { quantizeRecommender } from "./quantize-recommender.ts";
import type { Compression, SystemPart } from "./variant.ts";

export type CompressionEntry = NonNullable<EvaluateFacts["optimize"]>[number];

interface CompressionPlan {
  readonly entries: readonly CompressionEntry[];
  readonly system: TwoStagePlan;
  readonly weights: SignalWeights;
  /** The metric that decides where a clause names none. */
  readonly headline: string;
}

const CALLS = 500;

/** A student learns scores, not orders: fewer rows of a request are enough. */
const STUDENT_NEGATIVES = 15;

/** Undefined where the note asks for no compression. */
export function compressionStage(plan: CompressionPlan): Stage | undefined {
  const { entries, system, weights, headline } = plan;
  if (entries.length === 0) return undefined;
  const inputs = ["interactions", "split", CANDIDATES_STAGE, ...system.models.map(({ subject }) => `train-${subject}`)];
  return stage({
    name: "compression",
    step: 5,
    title: "making it smaller",
    inputs: system.ranking === undefined ? inputs : [...inputs, RANKING_STAGE],
    data: "",
    facts: plainJson({ entries, weights, headline }),
    execute: (context) => compress(plan, context),
  });
}

type Access = Pick<StageContext<never>, "input" | "random" | "environment">;

async function compress(plan: CompressionPlan, { input, random, environment }: Access): Promise<StageResult> {
  const requests = requestsFromStored(await input("split"), "test");
  const compressions: Compression[] = [];
  const remarks: Remark[] = [];
  for (const entry of plan.entries) {
    const made = await compressOne(entry, plan, requests, { input, random, environment });
    if (typeof made === "string") remarks.push({ kind: "warning", text: made });
    else compressions.push({ ...made, accept: entry.accept?.text ?? "" });
  }
  const measured = compressions.map((one) =>
    measureCompression(one, plan.headline, requests, random, environment.stopwatch),
  );
  return stageResult({
    figures: unique(measured.flatMap((one) => one.figures)),
    alerts: measured.flatMap((one) => one.verdicts),
    remarks: [...measured.map(({ sentence }): Remark => ({ kind: "answer", text: sentence })), ...remarks],
    charts: measured.length === 0 ? [] : [bytesChart(compressions)],
  });
}

type Made = { readonly before: SystemPart; readonly after: SystemPart } | string;

/** The part before and after, or a sentence that says why it cannot be done. */
async function compressOne(
  entry: CompressionEntry,
  plan: CompressionPlan,
  requests: StoredRequests,
  access: Access,
): Promise<Made> {
  const { system, weights } = plan;
  const { input } = access;
  const isRetrieval = entry.stage === undefined || entry.stage === system.retrieval.name;
  if (entry.method === "quantization" && isRetrieval) {
    const model =
      system.models.find(({ subject }) => `train-${subject}` === system.candidates.primary) ?? system.models[0];
    const recommender = recommenderFromStored(await input(system.candidates.primary), model.choice);
    const interactions = interactionsFromStored(await input("interactions"));
    return (
      quantizeRecommender(model.subject, recommender, { interactions, requests, weights }) ??
      `${model.subject} has no vectors that could be quantized; als has`
    );
  }
  if (system.ranking === undefined || entry.stage !== system.ranking.facts.name) {
    return `${entry.method} of the stage \`${entry.stage ?? system.retrieval.name}\` is not something this run can do`;
  }
  const { model, traffic } = await openRanker(plan, access);
  const before = wholeRanker("ranking", model, traffic);
  if (entry.method === "quantization")
    return { before, after: quantizedRanker("ranking int8", model, "int8", traffic) };
  if (entry.method === "pruning") {
    const share = entry.keep?.value ?? 0.5;
    return { before, after: prunedRanker(`ranking pruned to ${formatNumber(share * 100)}%`, model, share, traffic) };
  }
  const student = {
    model: entry.student?.model ?? "mlp",
    hidden: entry.student?.hidden ?? [32],
    trees: entry.student?.trees ?? 20,
    leaves: entry.student?.leaves ?? 8,
  };
  const rows = await openTrainingRows(system.ranking, access);
  const { random, environment } = access;
  const made = await distillRanker(student, {
    teacher: model,
    rows,
    traffic,
    random: random.fork("student"),
    pool: environment.pool,
  });
  return made.ok ? { before, after: made.value } : made.failure.message;
}

async function openRanker({ system: { ranking } }: CompressionPlan, { input }: Access) {
  if (ranking === undefined) throw new Error("no ranking stage");
  const set = await openRankingSet("test", ranking.sources, input);
  const { json } = await input(RANKING_STAGE);
  const file = typeof json === "object" && json !== null && "model" in json ? json.model : null;
  const { offsets } = set.requests.history;
  const traffic: RankerTraffic = {
    rows: rankingRows(set, interactionsFromStored(await input("interactions")), ranking.declarations),
    requests: set.requests.count,
    keepsOrder: (request) => ranking.hasColdStart && offsets[request] === offsets[request + 1],
  };
  return { model: unwrap(treesFromFile(file)), traffic };
}

/** The rows that the ranker learned from: requests of earlier windows with a sample of their candidates. */
async function openTrainingRows(
  ranking: NonNullable<TwoStagePlan["ranking"]>,
  { input, random }: Access,
): Promise<Table> {
  const interactions = interactionsFromStored(await input("interactions"));
  const folds = cutsFromStored(await input("split")).sets.filter(({ name }) => name.startsWith("fold-"));
  const parts: RankingRows[] = [];
  for (const { name } of folds) {
    const set = await openRankingSet(name, ranking.sources, input);
    parts.push(
      rankingRows(
        set,
        interactions,
        ranking.declarations,
        {},
        { negatives: STUDENT_NEGATIVES, random: random.fork(name) },
      ),
    );
  }
  return stackRows(parts).features;
}

function measureCompression(
  { before, after, accept }: Compression,
  headline: string,
  requests: StoredRequests,
  random: Random,
  stopwatch: { now(): number },
) {
  const clause = parseCondition(accept);
  const metric = unwrap(parseMetric(clause.ok && clause.value.metric !== "" ? clause.value.metric : headline));
  const measure = (part: SystemPart) => ({
    subject: part.subject,
    measured: measureLists(requests, part.lists, [metric], WHOLE),
  });
  const [whole, small] = [measure(before), measure(after)];
  const difference = differenceFigures(whole, small, "all", [metric.name], random);
  const latency = (part: SystemPart) =>
    measureLatency(requests.count === 0 ? 0 : CALLS, (i) => part.serve(i % requests.count), stopwatch);
  const [slow, fast] = [latency(before), latency(after)];
  const note = "this part alone, one request at a time, on this machine";
  const figures: Figure[] = [
    ...[before, after].map((part) =>
      figure({ step: 5, name: "model bytes", subject: part.subject, value: part.bytes, unit: "B" }),
    ),
    ...[
      { part: before, latency: slow },
      { part: after, latency: fast },
    ].flatMap(({ part, latency: { p50, p99, calls } }) =>
      calls === 0
        ? []
        : [
            figure({ step: 5, name: "part latency p50", subject: part.subject, value: p50, unit: "s", n: calls, note }),
            figure({ step: 5, name: "part latency p99", subject: part.subject, value: p99, unit: "s", n: calls, note }),
          ],
    ),
    ...meanFigures(before.subject, "compressed part", whole.measured, random),
    ...meanFigures(after.subject, "compressed part", small.measured, random),
    ...difference,
  ];
  const means = [whole, small].map(({ measured }) => meanOf(measured.values.get(metric.name) ?? new Float64Array(0)));
  const drop = means[0] > 0 ? (means[0] - means[1]) / means[0] : Number.NaN;
  const [paired] = difference;
  const interval =
    paired?.interval === null || paired === undefined
      ? ""
      : `, 95% interval of the paired difference [${formatNumber(paired.interval[0])}, ${formatNumber(paired.interval[1])}]`;
  const sentence = `${after.subject}: ${formatValue({ value: before.bytes, unit: "B" })} become ${formatValue({ value: after.bytes, unit: "B" })} (${formatNumber(before.bytes / after.bytes, 3)}x smaller), ${metric.name} ${formatNumber(means[0])} becomes ${formatNumber(means[1])}${interval}.`;
  return { figures, sentence, verdicts: clause.ok ? [verdict(after.subject, clause.value, drop, metric.name)] : [] };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function verdict(subject: string, clause: Condition, drop: number, metric: string): AlertOutcome {
  const change = clause.of === "rise" ? -drop : drop;
  const isMeasured = clause.of !== "value" && Number.isFinite(change);
  return {
    step: 5,
    kind: "acceptance",
    metric: `${metric} of ${subject}`,
    condition: clause.text,
    measured: isMeasured ? change : null,
    unit: "share",
    fires: isMeasured ? !holds(clause, change) : null,
    owner: "",
    action: "",
    note:
      clause.of === "value"
        ? "write the clause as a drop, such as `ndcg@10 drop <= 1%`"
        : `relative ${clause.of} against the part as it is, on the test requests`,
  };
}

/** Two entries that start from the same part measure it twice; one stands for both. */
function unique(figures: readonly Figure[]): Figure[] {
  const seen = new Set<string>();
  return figures.filter(({ name, subject, slice }) => {
    const key = `${name}\u0000${subject}\u0000${slice}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function bytesChart(compressions: readonly Compression[]): Chart {
  const parts = [
    ...new Map(
      compressions.flatMap(({ before, after }) => [before, after]).map((part) => [part.subject, part]),
    ).values(),
  ];
  return {
    form: "bars",
    title: "Bytes before and after",
    caption:
      "Vectors of the first stage, and trees of the ranker in compact form. What it costs in quality stands in the paired differences.",
    xLabel: "part",
    yLabel: "kB",
    points: parts.map(({ subject, bytes }) => ({
      x: subject,
      y: bytes / 1000,
      label: formatValue({ value: bytes, unit: "B" }),
    })),
  };
}
