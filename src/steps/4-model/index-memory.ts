/** Memory of a vector index: the estimate that counts each type, and what of a note goes into it. */

import { parseQuantity } from "../../core/quantity.ts";
import type { Estimate } from "../../estimate/define.ts";
import type { SheetInput } from "../../estimate/sheet.ts";
import { assumed, fact } from "../../estimate/sheet-input.ts";
import type { Design } from "../design.ts";
import { flatIndex } from "./estimates/flat-index.ts";
import { hnswIndex } from "./estimates/hnsw-index.ts";
import { ivfFlatIndex } from "./estimates/ivf-flat-index.ts";
import { ivfPqIndex } from "./estimates/ivf-pq-index.ts";
import type { FunnelStage } from "./funnel.ts";
import type { StageFacts } from "./schema.ts";
import { COMPONENT_BYTES, codeBytes } from "./vector-bytes.ts";

export type IndexType = NonNullable<StageFacts["index"]>["type"];

export interface IndexKind {
  readonly type: IndexType;
  /** As it is said: `flat`, `IVF-PQ`. */
  readonly words: string;
  readonly estimate: Estimate;
  /** What else it is made of than whole vectors. */
  readonly needs: readonly ("component" | "links" | "lists" | "subvectors")[];
  /** Bytes per component, where the type fixes them. */
  readonly component?: string;
}

export const INDEX_KINDS: readonly IndexKind[] = [
  { type: "exact", words: "flat", estimate: flatIndex, needs: ["component"] },
  { type: "exact-int8", words: "flat int8", estimate: flatIndex, needs: ["component"], component: "1 B" },
  { type: "hnsw", words: "HNSW", estimate: hnswIndex, needs: ["component", "links"] },
  { type: "ivf-flat", words: "IVF-flat", estimate: ivfFlatIndex, needs: ["component", "lists"] },
  { type: "ivf-sq8", words: "IVF-SQ8", estimate: ivfFlatIndex, needs: ["component", "lists"], component: "1 B" },
  { type: "ivf-pq", words: "IVF-PQ", estimate: ivfPqIndex, needs: ["lists", "subvectors"] },
];

export type IndexInputs = Readonly<Record<string, readonly SheetInput[]>>;

/** What the estimate of one type is filled with for stage `i`: facts of the note, and assumptions where it may be silent. */
export function indexInputs(kind: IndexKind, stage: StageFacts, i: number, { clarify }: Design): IndexInputs {
  const { index, precision } = stage;
  const dimensions = stage.dimensions ?? stage.factors;
  const at = `4.stages[${i}]`;
  const vectors = clarify.items?.count;
  const choices: Readonly<Record<IndexKind["needs"][number], readonly SheetInput[]>> = {
    component: [
      kind.component === undefined
        ? assumed(COMPONENT_BYTES[precision ?? "fp32"], "the stage's precision")
        : assumed(kind.component, "8-bit codes"),
    ],
    links: [fact(`${at}.index.m`, index?.m, "32"), assumed("32", "faiss's default")],
    // As the faiss guidelines suggest.
    lists: [
      fact(`${at}.index.lists`, index?.lists, "4096"),
      assumed(usualLists(vectors?.value ?? 0), "4 × the square root of the vectors"),
    ],
    subvectors: [
      fact(`${at}.index.code-bytes`, index?.["code-bytes"] ?? index?.m, "16"),
      assumed(String(codeBytes(undefined, dimensions ?? 4)), "a byte for four components"),
    ],
  };
  return {
    vectors: [fact("1.items.count", vectors, "3.9k")],
    dim: [fact(`${at}.dimensions`, dimensions, "64")],
    ...Object.fromEntries(kind.needs.map((need) => [need, choices[need]])),
  };
}

function usualLists(vectors: number): string {
  return String(Math.max(1, Math.round(4 * Math.sqrt(vectors))));
}

export interface IndexMemory {
  readonly vectors: number;
  readonly bytesPerVector: number;
  /** What is there once, whatever the number of vectors: centroids and codebook. */
  readonly fixedBytes: number;
  /** Bytes of one copy, divided by the shards. */
  readonly bytes: number;
  /** What was assumed because the note does not say it, as it would be written. */
  readonly assumed: readonly string[];
}

/** What an estimate's input is called in a note. */
const KEYS: Readonly<Record<string, string>> = { links: "m", lists: "lists", subvectors: "code-bytes" };

/** The memory of a stage's own index. Undefined where the number of vectors or their length is not known. */
export function indexMemoryOf({ facts, i }: FunnelStage, design: Design): IndexMemory | undefined {
  const kind = INDEX_KINDS.find(({ type }) => type === facts.index?.type);
  if (kind === undefined) return undefined;
  const values: Record<string, number> = {};
  const countsPrecision = kind.needs.includes("component") && kind.component === undefined;
  const assumptions = countsPrecision && facts.precision === undefined ? ["fp32"] : [];
  for (const [name, sources] of Object.entries(indexInputs(kind, facts, i, design))) {
    const first = sources.find((one) => one.from !== "fact" || one.value !== undefined);
    const value = readInput(first);
    if (value === undefined) return undefined;
    values[name] = value;
    if (first?.from === "assumption" && KEYS[name] !== undefined) assumptions.push(`${KEYS[name]} ${first.text}`);
  }
  const total = kind.estimate.call(values, "total");
  const bytesPerVector = kind.estimate.call(values, "vector_size");
  return {
    vectors: values.vectors,
    bytesPerVector,
    fixedBytes: total - values.vectors * bytesPerVector,
    bytes: total / (facts.index?.shards ?? 1),
    assumed: assumptions,
  };
}

function readInput(source: SheetInput | undefined): number | undefined {
  if (source?.from === "fact") return typeof source.value === "number" ? source.value : undefined;
  if (source?.from !== "assumption") return undefined;
  const parsed = parseQuantity(source.text);
  return parsed.ok ? parsed.value.value : undefined;
}
