/** Memory of a vector index by its type (faiss wiki, "Guidelines to choose an index"; hnswlib, ALGO_PARAMS.md). */

import type { Design } from "../design.ts";
import type { FunnelStage } from "./funnel.ts";

export interface IndexMemory {
  readonly vectors: number;
  readonly dimensions: number;
  readonly bytesPerVector: number;
  /** Bytes of one copy, divided by the shards. */
  readonly bytes: number;
  /** The product in words, to be checked by hand. */
  readonly derivation: string;
  /** What was assumed because the note does not say it. */
  readonly assumed: readonly string[];
}

const VALUE_BYTES = { fp32: 4, fp16: 2, int8: 1 } as const;

/** Links an HNSW node keeps where `m` is not stated. */
const USUAL_LINKS = 32;

/** Undefined where the number of vectors or their length is not known. */
export function indexMemoryOf(stage: FunnelStage, design: Design): IndexMemory | undefined {
  const { index, precision, dimensions: stated, factors } = stage.facts;
  const dimensions = stated ?? factors;
  const vectors = design.clarify.items?.count?.value;
  if (index === undefined || dimensions === undefined || vectors === undefined) return undefined;
  const valueBytes = VALUE_BYTES[precision ?? "fp32"];
  const assumed = [
    ...(precision === undefined && index.type !== "ivf-pq" && index.type !== "ivf-sq8" && index.type !== "exact-int8"
      ? ["fp32"]
      : []),
    ...(index.type === "hnsw" && index.m === undefined ? [`m ${USUAL_LINKS}`] : []),
  ];
  const each = bytesPerVector(index, dimensions, valueBytes);
  const centroids = index.type.startsWith("ivf") ? (index.lists ?? 0) * dimensions * 4 : 0;
  const bytes = (vectors * each.bytes + centroids) / (index.shards ?? 1);
  return { vectors, dimensions, bytesPerVector: each.bytes, bytes, derivation: each.derivation, assumed };
}

type IndexFacts = NonNullable<FunnelStage["facts"]["index"]>;

function bytesPerVector(index: IndexFacts, d: number, valueBytes: number): { bytes: number; derivation: string } {
  switch (index.type) {
    case "exact":
      return { bytes: d * valueBytes, derivation: `${d} × ${valueBytes}` };
    case "exact-int8":
      return { bytes: d, derivation: `${d} × 1` };
    case "hnsw": {
      const m = index.m ?? USUAL_LINKS;
      return { bytes: d * valueBytes + 8 * m, derivation: `${d} × ${valueBytes} + 8 × ${m}` };
    }
    case "ivf-flat":
      return { bytes: d * valueBytes + 8, derivation: `${d} × ${valueBytes} + 8` };
    case "ivf-sq8":
      return { bytes: d + 8, derivation: `${d} × 1 + 8` };
    case "ivf-pq": {
      const code = index["code-bytes"] ?? index.m ?? Math.ceil(d / 4);
      return { bytes: code + 8, derivation: `${code} + 8` };
    }
    default:
      return index.type satisfies never;
  }
}
