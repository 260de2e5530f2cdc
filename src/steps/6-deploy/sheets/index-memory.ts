/** The memory of a design's vector index, by every type, the chosen one first. */

import { formatQuantity } from "../../../core/format-quantity.ts";
import { findDevice } from "../../../estimate/catalogue/find-device.ts";
import type { Estimate } from "../../../estimate/define.ts";
import type { Limit, Sheet, SheetCase, SheetInput } from "../../../estimate/sheet.ts";
import { assumed, fact } from "../../../estimate/sheet-input.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import type { Design } from "../../design.ts";
import { flatIndex } from "../estimates/flat-index.ts";
import { hnswIndex } from "../estimates/hnsw-index.ts";
import { ivfFlatIndex } from "../estimates/ivf-flat-index.ts";
import { ivfPqIndex } from "../estimates/ivf-pq-index.ts";
import { COMPONENT_BYTES } from "./vector-bytes.ts";

export const indexMemorySheet: Sheet<Design> = {
  name: "index",
  title: "index memory",
  step: 6,
  cases: (design) =>
    (design.model.stages ?? []).flatMap((stage, i) => {
      if (stage.index === undefined) return [];
      const chosen = stage.index.type;
      const types = [...TYPES].sort((a, b) => Number(b.type === chosen) - Number(a.type === chosen));
      return types.map((one) => indexCase(one, stage, i, design));
    }),
};

type IndexType = NonNullable<StageFacts["index"]>["type"];

interface IndexKind {
  readonly type: IndexType;
  /** As it is said: `flat`, `IVF-PQ`. */
  readonly words: string;
  readonly estimate: Estimate;
  /** Bytes per component, where the type fixes them. */
  readonly component?: string;
}

const TYPES: readonly IndexKind[] = [
  { type: "exact", words: "flat", estimate: flatIndex },
  { type: "exact-int8", words: "flat int8", estimate: flatIndex, component: "1 B" },
  { type: "hnsw", words: "HNSW", estimate: hnswIndex },
  { type: "ivf-flat", words: "IVF-flat", estimate: ivfFlatIndex },
  { type: "ivf-sq8", words: "IVF-SQ8", estimate: ivfFlatIndex, component: "1 B" },
  { type: "ivf-pq", words: "IVF-PQ", estimate: ivfPqIndex },
];

/** What may be the larger part, by type. */
const PARTS: Readonly<Partial<Record<IndexType, Readonly<Record<string, string>>>>> = {
  hnsw: { components: "the vectors", graph: "the links" },
  "ivf-flat": { entries: "the lists", centroids: "the centroids" },
  "ivf-sq8": { entries: "the lists", centroids: "the centroids" },
  "ivf-pq": { entries: "the lists", centroids: "the centroids", codebook: "the codebook" },
};

function indexCase(
  { type, words, estimate, component }: IndexKind,
  stage: StageFacts,
  i: number,
  design: Design,
): SheetCase {
  const dimensions = stage.dimensions ?? stage.factors;
  const vectors = fact("1.items.count", design.clarify.items?.count, "3.9k");
  const dim = fact(`4.stages[${i}].dimensions`, dimensions, "64");
  const precision = COMPONENT_BYTES[stage.precision ?? "fp32"];
  const size = assumed(component ?? precision, component === undefined ? "the stage's precision" : "8-bit codes");
  const index = stage.index;
  const lists = listsOf(index?.lists, i, design);
  const inputs: Readonly<Record<string, SheetInput | readonly SheetInput[]>> = {
    exact: { vectors, dim, component: size },
    "exact-int8": { vectors, dim, component: size },
    hnsw: {
      vectors,
      dim,
      component: size,
      links: [fact(`4.stages[${i}].index.m`, index?.m, "32"), assumed("32", "faiss's default")],
    },
    "ivf-flat": { vectors, dim, component: size, lists },
    "ivf-sq8": { vectors, dim, component: size, lists },
    "ivf-pq": { vectors, dim, lists, subvectors: codeBytes(index?.["code-bytes"] ?? index?.m, dimensions, i) },
  }[type];
  return {
    subject: `${stage.name}: ${words}`,
    estimate,
    inputs,
    parts: PARTS[type],
    shows: ["vector_size", "graph", "entries", "total"],
    limits: memoryLimits(words, design),
    isAlternative: type !== index?.type,
  };
}

/** About four times the square root of the vectors, as the faiss guidelines suggest, where the note gives no number. */
function listsOf(stated: number | undefined, i: number, { clarify }: Design): readonly SheetInput[] {
  const vectors = clarify.items?.count?.value ?? 0;
  const usual = Math.max(1, Math.round(4 * Math.sqrt(vectors)));
  return [
    fact(`4.stages[${i}].index.lists`, stated, "4096"),
    assumed(String(usual), "4 × the square root of the vectors"),
  ];
}

function codeBytes(stated: number | undefined, dimensions: number | undefined, i: number): readonly SheetInput[] {
  const usual = Math.max(1, Math.ceil((dimensions ?? 4) / 4));
  return [fact(`4.stages[${i}].index.code-bytes`, stated, "16"), assumed(String(usual), "a byte for four components")];
}

/** What one copy must fit in: the memory that the note gives, or that of the device it names; else the machines people rent. */
function memoryLimits(words: string, { deploy }: Design): readonly Limit[] {
  const { memory, hardware } = deploy.serving ?? {};
  const device = hardware === undefined ? undefined : findDevice(hardware);
  const machines =
    memory !== undefined
      ? [{ name: `the ${memory.text} of one copy`, bytes: memory.value }]
      : device !== undefined
        ? [{ name: `one ${device.entry.memory} ${device.entry.name}`, bytes: device.memory }]
        : [24e9, 80e9, 512e9].map((bytes) => ({ name: `one ${formatQuantity(bytes, "size")} machine`, bytes }));
  return machines.map(({ name, bytes }) => ({
    line: "total",
    atMost: bytes,
    holds: `the ${words} index fits ${name}`,
    broken: `the ${words} index no longer fits ${name}`,
  }));
}
