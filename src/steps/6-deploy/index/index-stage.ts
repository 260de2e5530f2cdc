/** The stage that builds the note's index beside the exact one: recall, bytes per vector against the formula, time to build. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { type RankedWords, rankedTaskFromStored } from "../../3-data/ranked-task.ts";
import { sharedListAt } from "../../3-data/row-lists.ts";
import { requestsFromStored } from "../../3-data/split/stored-requests.ts";
import { createHistories } from "../../4-model/train/interaction-matrix.ts";
import type { RankedSource } from "../../4-model/train/ranked-source.ts";
import { recommenderFromStored, trainingStageName } from "../../4-model/train/recommender-stage.ts";
import type { TrainedSubject, TwoStagePlan } from "../../4-model/train/two-stage-plan.ts";
import { exactIndex } from "./exact.ts";
import { exactInt8Index } from "./exact-int8.ts";
import { formulaNote } from "./formula-note.ts";
import { hnswIndex } from "./hnsw.ts";
import { recallOf } from "./index-recall.ts";
import type { VectorIndex } from "./vector-index.ts";

interface IndexPlan {
  /** The first-stage model whose vectors are indexed. */
  readonly model: TrainedSubject;
  readonly asked: string;
  readonly links: number | null;
  readonly construction: number | null;
  readonly effort: number | null;
  readonly recallFloor: number | null;
  readonly source: RankedSource;
}

const NEIGHBOURS = 100;

/** Undefined where the note's first stage names no index. */
export function indexStage({ index, candidates, models }: TwoStagePlan, source: RankedSource): Stage | undefined {
  if (index === undefined) return undefined;
  const model = models.find((one) => trainingStageName(one.subject) === candidates.primary) ?? models[0];
  return stage({
    name: "index",
    step: 6,
    title: "building the index",
    inputs: [source.task, "split", trainingStageName(model.subject)],
    data: NO_FILES,
    plan: {
      model,
      asked: index.type,
      links: index.m ?? null,
      construction: index["ef-construction"] ?? null,
      effort: index["ef-search"] ?? null,
      recallFloor: index["recall-floor"]?.value ?? null,
      source,
    },
    run: compareIndexes,
  });
}

async function compareIndexes(
  plan: IndexPlan,
  { input, random, environment }: Pick<StageContext, "input" | "random" | "environment">,
): Promise<StageResult> {
  const { subject, choice } = plan.model;
  const { embedding } = recommenderFromStored(await input(trainingStageName(subject)), choice);
  if (embedding === undefined) {
    const text = `${subject} has no vectors, so there is nothing to index; als and two-tower have them`;
    return stageResult({ remarks: [{ kind: "warning", text }] });
  }
  const { dimensions, itemVectors, embed } = embedding;
  const task = rankedTaskFromStored(await input(plan.source.task));
  const requests = requestsFromStored(await input("split"), "test");
  const queries = new Float32Array(requests.count * dimensions);
  const historyOf = createHistories(task, plan.source.weights);
  for (let i = 0; i < requests.count; i++)
    queries.set(embed(historyOf(sharedListAt(requests.history, i))), i * dimensions);
  const vectors = { itemVectors, dimensions };
  const built = KINDS.map((kind) => {
    const started = environment.stopwatch.now();
    const made = kind.build(vectors, plan, random.fork(kind.type));
    return { ...made, type: kind.type, seconds: environment.stopwatch.now() - started };
  });
  const k = Math.min(NEIGHBOURS, itemVectors.length / dimensions);
  const truth = built[0].index.search(queries, k);
  const figures = built.flatMap(({ type, index, seconds, estimate }) => {
    const found = index.search(queries, k).rows;
    const of = (name: string, value: number, unit = "", note = ""): Figure =>
      figure({ step: 6, name, subject: type, value, unit, note, n: name.startsWith("recall") ? requests.count : null });
    return [
      of("recall@10 of exact", recallOf({ ...vectors, queries, truth, found, width: k }, 10)),
      of(`recall@${k} of exact`, recallOf({ ...vectors, queries, truth, found, width: k }, k)),
      of("bytes per vector", index.bytesPerVector, "B"),
      of("bytes by formula", estimate, "B", formulaNote(type)),
      of("build time", seconds, "s", "measured once, on this machine"),
    ];
  });
  return stageResult({
    figures: figures.filter(({ value }) => Number.isFinite(value)),
    remarks: indexRemarks(plan, figures, itemVectors.length / dimensions, task.words),
  });
}

interface BuiltIndex {
  readonly index: VectorIndex;
  readonly estimate: number;
}

/** The exact index first: the others are held against it. */
const KINDS: readonly {
  readonly type: string;
  build(
    vectors: { readonly itemVectors: Float32Array; readonly dimensions: number },
    facts: IndexPlan,
    random: Random,
  ): BuiltIndex;
}[] = [
  {
    type: exactIndex.type,
    build: ({ itemVectors, dimensions }, _, random) => ({
      index: exactIndex.build(itemVectors, dimensions, exactIndex.defaults, random),
      estimate: exactIndex.estimateBytes(dimensions, exactIndex.defaults),
    }),
  },
  {
    type: exactInt8Index.type,
    build: ({ itemVectors, dimensions }, _, random) => ({
      index: exactInt8Index.build(itemVectors, dimensions, exactInt8Index.defaults, random),
      estimate: exactInt8Index.estimateBytes(dimensions, exactInt8Index.defaults),
    }),
  },
  {
    type: hnswIndex.type,
    build({ itemVectors, dimensions }, { links, construction, effort }, random) {
      const { defaults } = hnswIndex;
      const options = {
        links: links ?? defaults.links,
        construction: construction ?? defaults.construction,
        effort: effort ?? defaults.effort,
      };
      return {
        index: hnswIndex.build(itemVectors, dimensions, options, random),
        estimate: hnswIndex.estimateBytes(dimensions, options),
      };
    },
  },
];

function indexRemarks(
  { asked, recallFloor }: IndexPlan,
  figures: readonly Figure[],
  count: number,
  { items }: RankedWords,
): Remark[] {
  const of = (name: string): number | undefined =>
    figures.find((one) => one.subject === asked && one.name === name)?.value;
  const recall = of("recall@10 of exact");
  const bytes = of("bytes per vector");
  if (recall === undefined || bytes === undefined) {
    return [
      { kind: "warning", text: `an index of the kind ${asked} is not built by a run; exact, exact-int8 and hnsw are` },
    ];
  }
  const remarks: Remark[] = [
    {
      kind: "answer",
      text: `The ${asked} index finds ${formatValue({ value: recall, unit: "share" })} of the exact ten best, at ${formatNumber(bytes)} bytes a vector for ${formatNumber(count)} ${items}.`,
    },
  ];
  if (recallFloor !== null && recall < recallFloor) {
    remarks.push({
      kind: "warning",
      text: `its recall is below the floor of ${formatValue({ value: recallFloor, unit: "share" })} that the note sets`,
    });
  }
  if (asked !== "exact" && count < EXACT_IS_ENOUGH) {
    remarks.push({
      kind: "next",
      short: "Scan without an index for now",
      text: `With ${formatNumber(count)} ${items} an exact scan reads them all and loses nothing: keep the ${asked} index for the day there are many more.`,
    });
  }
  return remarks;
}

/** Below this many vectors a scan reads less than a megabyte or two. */
const EXACT_IS_ENOUGH = 20_000;
