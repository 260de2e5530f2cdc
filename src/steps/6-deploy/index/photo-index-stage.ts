/** The stage that indexes the photos' vectors: exact, int8, graph and two phases held against exact; and a filter by class before and after the search. */

import { type Figure, figure } from "../../../core/figure.ts";
import { formatNumber, formatValue } from "../../../core/format-figure.ts";
import type { Random } from "../../../core/random.ts";
import type { TopLists } from "../../../kernels/top-list.ts";
import {
  NO_FILES,
  type Remark,
  type Stage,
  type StageContext,
  type StageResult,
  stage,
  stageResult,
} from "../../../system/stage.ts";
import { PHOTO_SPLIT_STAGE, splitFromStored } from "../../3-data/pictures/photo-split-stage.ts";
import { PICTURES_STAGE, picturesFromStored } from "../../3-data/pictures/stored-pictures.ts";
import { PHOTO_VECTORS_STAGE, vectorsFromStored } from "../../4-model/convolution/photo-vectors-stage.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import { exactIndex } from "./exact.ts";
import { exactInt8Index } from "./exact-int8.ts";
import { CODES_ALONE, formulaNote } from "./formula-note.ts";
import { hnswIndex } from "./hnsw.ts";
import { recallOf } from "./index-recall.ts";
import type { VectorIndex } from "./vector-index.ts";

interface PhotoIndexPlan {
  readonly asked: string;
  readonly links: number;
  readonly construction: number;
  readonly effort: number;
}

const K = 10;
/** Rows that the coarse codes hand on to exact vectors. */
const HEAD = 50;
const SCORED_AGAIN = Math.ceil(K * exactInt8Index.defaults.rescore);

/** The catalogue is every photo that is no test photo; test photos ask. */
export function photoIndexStage(facts: StageFacts | undefined): Stage {
  const { defaults } = hnswIndex;
  return stage<PhotoIndexPlan>({
    name: "index",
    step: 6,
    title: "building the index",
    inputs: [PICTURES_STAGE, PHOTO_SPLIT_STAGE, PHOTO_VECTORS_STAGE],
    data: NO_FILES,
    plan: {
      asked: facts?.index?.type ?? "exact",
      links: facts?.index?.m ?? defaults.links,
      construction: facts?.index?.["ef-construction"] ?? defaults.construction,
      effort: facts?.index?.["ef-search"] ?? defaults.effort,
    },
    run: compare,
  });
}

async function compare(plan: PhotoIndexPlan, { input, random, environment }: StageContext): Promise<StageResult> {
  const { label, classes } = picturesFromStored(await input(PICTURES_STAGE));
  const split = splitFromStored(await input(PHOTO_SPLIT_STAGE));
  const { vectors, dimensions } = vectorsFromStored(await input(PHOTO_VECTORS_STAGE), "network");
  const catalogue = Int32Array.from(split.part.keys()).filter((row) => split.part[row] !== 2);
  const asking = split.rowsOf("test");
  const [rows, queries] = [catalogue, asking].map((some) => gather(vectors, some, dimensions));
  const built = build(plan, rows, dimensions, random, environment.stopwatch.now);
  const exact = built[0].index;
  const truth = exact.search(queries, K);
  const lists = { itemVectors: rows, dimensions, queries, truth, width: K };
  const figures = built.flatMap(({ index, seconds, estimate, type }) => [
    own("recall@10 of exact", type, recallOf({ ...lists, found: index.search(queries, K).rows }, K), "", asking.length),
    own("bytes per vector", type, index.bytesPerVector, "B"),
    own("bytes by formula", type, estimate, "B"),
    own("build time", type, seconds, "s"),
  ]);
  const codes = built.find(({ type }) => type === CODES_ALONE) ?? built[0];
  const coarse = codes.index.search(queries, Math.min(HEAD, catalogue.length));
  const twoPhases = own(
    "recall@10 of exact",
    "int8, then exact",
    recallOf({ ...lists, found: rescored(coarse, rows, queries, dimensions) }, K),
    "",
    asking.length,
  );
  const filters = filterFigures({
    exact,
    rows,
    queries,
    dimensions,
    catalogue,
    asking,
    label,
    classes: classes.length,
  });
  return stageResult({
    figures: [
      ...figures,
      { ...twoPhases, note: `the ${HEAD} best by int8 codes, scored again by their floats` },
      ...filters,
    ],
    remarks: remarks(plan, [...figures, twoPhases], filters, catalogue.length),
  });
}

function build(plan: PhotoIndexPlan, rows: Float32Array, dimensions: number, random: Random, now: () => number) {
  const timed = (type: string, estimate: number, make: () => VectorIndex) => {
    const started = now();
    const index = make();
    return { type, index, estimate, seconds: now() - started };
  };
  return [
    timed("exact", exactIndex.estimateBytes(dimensions, {}), () => exactIndex.build(rows, dimensions, {}, random)),
    timed(CODES_ALONE, exactInt8Index.estimateBytes(dimensions, { rescore: 0 }), () =>
      exactInt8Index.build(rows, dimensions, { rescore: 0 }, random.fork("int8")),
    ),
    timed("exact-int8", exactInt8Index.estimateBytes(dimensions, exactInt8Index.defaults), () =>
      exactInt8Index.build(rows, dimensions, exactInt8Index.defaults, random.fork("int8")),
    ),
    timed("hnsw", hnswIndex.estimateBytes(dimensions, plan), () =>
      hnswIndex.build(rows, dimensions, plan, random.fork("hnsw")),
    ),
  ];
}

function own(name: string, subject: string, value: number, unit = "", n: number | null = null): Figure {
  const note =
    unit === "s" ? "measured once, on this machine" : name === "bytes by formula" ? formulaNote(subject) : "";
  return figure({ step: 6, name, subject, value, unit, n, note });
}

/** The head of each coarse list in the order of its exact inner products. */
function rescored(
  { rows: found }: TopLists,
  rows: Float32Array,
  queries: Float32Array,
  dimensions: number,
): Int32Array {
  const total = queries.length / dimensions;
  const width = found.length / total;
  const result = new Int32Array(total * K).fill(-1);
  for (let query = 0; query < total; query++) {
    const head = [...found.subarray(query * width, (query + 1) * width)].filter((row) => row >= 0);
    const scores = new Map(head.map((row) => [row, dot(rows, row, queries, query, dimensions)]));
    head.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
    result.set(head.slice(0, K), query * K);
  }
  return result;
}

interface Filtered {
  readonly exact: VectorIndex;
  readonly rows: Float32Array;
  readonly queries: Float32Array;
  readonly dimensions: number;
  readonly catalogue: Int32Array;
  readonly asking: Int32Array;
  readonly label: Int32Array;
  readonly classes: number;
}

/** The ten best of the photo's own class, by filtering before the search (the truth) and after it (from the ten, or a hundred, best of all). */
function filterFigures({ exact, rows, queries, dimensions, catalogue, asking, label, classes }: Filtered): Figure[] {
  const among = Array.from({ length: classes }, (_, one) =>
    [...catalogue.keys()].filter((at) => label[catalogue[at]] === one),
  );
  return [K, 10 * K].map((depth) => {
    const most = Math.min(depth, catalogue.length);
    const lists = exact.search(queries, most).rows;
    let [hits, wanted] = [0, 0];
    for (const [query, row] of asking.entries()) {
      const scored = among[label[row]].map((at): readonly [number, number] => [
        dot(rows, at, queries, query, dimensions),
        at,
      ]);
      const truth = new Set(
        scored
          .sort((a, b) => b[0] - a[0])
          .slice(0, K)
          .map(([, at]) => at),
      );
      const left = lists
        .subarray(query * most, (query + 1) * most)
        .filter((at) => at >= 0 && label[catalogue[at]] === label[row])
        .slice(0, K);
      wanted += truth.size;
      hits += left.reduce((sum, at) => sum + (truth.has(at) ? 1 : 0), 0);
    }
    return figure({
      step: 6,
      name: "recall@10 within a class",
      subject: `filter after the ${depth} best`,
      value: wanted === 0 ? 0 : hits / wanted,
      n: asking.length,
      note: "of the ten that a filter before the search finds, which loses nothing and scans the class",
    });
  });
}

function remarks(
  { asked }: PhotoIndexPlan,
  figures: readonly Figure[],
  filters: readonly Figure[],
  count: number,
): Remark[] {
  const recall = (subject: string): number =>
    figures.find((one) => one.subject === subject && one.name === "recall@10 of exact")?.value ?? Number.NaN;
  const share = (value: number): string => formatValue({ value, unit: "share" });
  const [near, far] = filters;
  return [
    {
      kind: "answer",
      text: `Over ${formatNumber(count)} photos hnsw finds ${share(recall("hnsw"))} of the exact ten best, int8 codes alone ${share(recall(CODES_ALONE))}, with the ${SCORED_AGAIN} best of them scored again by their floats (exact-int8) ${share(recall("exact-int8"))}, and with the ${HEAD} best ${share(recall("int8, then exact"))}.`,
    },
    {
      kind: "answer",
      text: `A filter by class after the search keeps ${share(near.value)} of what one before it finds when ten are fetched, ${share(far.value)} when a hundred are.`,
    },
    ...(["exact", "exact-int8", "hnsw"].includes(asked)
      ? []
      : [
          {
            kind: "warning" as const,
            text: `an index of the kind ${asked} is not built by a run; exact, exact-int8 and hnsw are`,
          },
        ]),
    ...(asked !== "exact" && count < 20_000
      ? [
          {
            kind: "next" as const,
            short: "Scan without an index for now",
            text: `With ${formatNumber(count)} photos an exact scan reads them all and loses nothing: keep the ${asked} index for the day there are many more.`,
          },
        ]
      : []),
  ];
}

function gather(vectors: Float32Array, rows: Int32Array, dimensions: number): Float32Array {
  const result = new Float32Array(rows.length * dimensions);
  for (const [at, row] of rows.entries())
    result.set(vectors.subarray(row * dimensions, (row + 1) * dimensions), at * dimensions);
  return result;
}

function dot(a: Float32Array, row: number, b: Float32Array, other: number, dimensions: number): number {
  let sum = 0;
  for (let d = 0; d < dimensions; d++) sum += a[row * dimensions + d] * b[other * dimensions + d];
  return sum;
}
