/** The memory of a design's vector index, by every type, the chosen one first. */

import { formatQuantity } from "../../../core/format-quantity.ts";
import { findDevice } from "../../../estimate/catalogue/find-device.ts";
import type { Limit, Sheet, SheetCase } from "../../../estimate/sheet.ts";
import { INDEX_KINDS, type IndexKind, type IndexType, indexInputs } from "../../4-model/index-memory.ts";
import type { StageFacts } from "../../4-model/schema.ts";
import type { Design } from "../../design.ts";

export const indexMemorySheet: Sheet<Design> = {
  name: "index",
  title: "index memory",
  step: 6,
  cases: (design) =>
    (design.model.stages ?? []).flatMap((stage, i) => {
      if (stage.index === undefined) return [];
      const chosen = stage.index.type;
      const kinds = INDEX_KINDS.toSorted((a, b) => Number(b.type === chosen) - Number(a.type === chosen));
      return kinds.map((kind) => indexCase(kind, stage, i, design));
    }),
};

/** What may be the larger part, by type. */
const PARTS: Readonly<Partial<Record<IndexType, Readonly<Record<string, string>>>>> = {
  hnsw: { components: "the vectors", graph: "the links" },
  "ivf-flat": { entries: "the lists", centroids: "the centroids" },
  "ivf-sq8": { entries: "the lists", centroids: "the centroids" },
  "ivf-pq": { entries: "the lists", centroids: "the centroids", codebook: "the codebook" },
};

function indexCase(kind: IndexKind, stage: StageFacts, i: number, design: Design): SheetCase {
  return {
    subject: `${stage.name}: ${kind.words}`,
    estimate: kind.estimate,
    inputs: indexInputs(kind, stage, i, design),
    parts: PARTS[kind.type],
    shows: ["vector_size", "graph", "entries", "total"],
    limits: memoryLimits(kind.words, stage.index?.shards ?? 1, design),
    isAlternative: kind.type !== stage.index?.type,
  };
}

/** What one copy must fit in, shard by shard: the memory that the note gives, or that of the device it names; else the machines people rent. */
function memoryLimits(words: string, shards: number, { deploy }: Design): readonly Limit[] {
  const { memory, hardware } = deploy.serving ?? {};
  const device = hardware === undefined ? undefined : findDevice(hardware);
  const machines =
    memory !== undefined
      ? [{ name: `the ${memory.text} of one copy`, bytes: memory.value }]
      : device !== undefined
        ? [{ name: `one ${device.entry.memory} ${device.entry.name}`, bytes: device.memory }]
        : [24e9, 80e9, 512e9].map((bytes) => ({ name: `one ${formatQuantity(bytes, "size")} machine`, bytes }));
  const subject = shards === 1 ? `the ${words} index` : `each of ${shards} shards of the ${words} index`;
  return machines.map(({ name, bytes }) => ({
    line: "total",
    atMost: bytes * shards,
    holds: `${subject} fits ${name}`,
    broken: `${subject} no longer fits ${name}`,
  }));
}
