/** Finds vector indexes that do not fit into memory. */

import { exceeds } from "../../../core/comparison.ts";
import { absent, defineRule, type Hit, orUnknown } from "../../../review/rule.ts";
import { bytes, code, count, share } from "../../../review/words.ts";
import { funnelOf } from "../funnel.ts";
import { type IndexMemory, indexMemoryOf } from "../index-memory.ts";

interface Found extends Hit {
  readonly name: string;
  readonly type: string;
  readonly memory: IndexMemory;
  readonly shards: number;
  readonly has: number;
}

export const rule = defineRule<Found, { tight: number }>({
  code: "HP407",
  name: "index-exceeds-memory",
  step: 4,
  reads: [
    "4.stages[].index",
    "4.stages[].factors",
    "4.stages[].dimensions",
    "4.stages[].precision",
    "1.items.count",
    "6.serving.memory",
  ],
  severity: "error",
  consequence: "late",
  summary: "the vector index does not fit into the memory of one replica",
  why: "an index is read at random, so what does not fit into memory is read from disk on every request",
  fix: "compress it (`index: { type: ivf-pq, … }` or `precision: int8`), shorten the vectors, shard it, or keep it on disk; then measure recall against exact search again",
  sources: ["faiss wiki (2024)", "hnswlib (2023)"],
  settings: { tight: 0.7 },
  examples: {
    bad: {
      1: "items: { count: 50M }",
      4: "stages: [{ name: ann, kind: retrieval, dimensions: 256, precision: fp32, index: { type: hnsw, m: 32 } }]",
      6: "serving: { memory: 48 GB }",
    },
    good: {
      1: "items: { count: 50M }",
      4: "stages: [{ name: ann, kind: retrieval, dimensions: 256, index: { type: ivf-pq, lists: 65536, code-bytes: 64 } }]",
      6: "serving: { memory: 48 GB }",
    },
  },
  check(design, { tight }) {
    const has = design.deploy.serving?.memory?.value;
    const missing: string[] = [];
    const indexed = funnelOf(design).filter(({ facts }) => facts.index !== undefined);
    if (indexed.length === 0) return "not applicable";
    const hits = indexed.flatMap((stage): Found[] => {
      const memory = indexMemoryOf(stage, design);
      const { facts, path } = stage;
      if (memory === undefined || has === undefined) {
        const dimensions = facts.dimensions ?? facts.factors;
        missing.push(
          ...absent({
            "1.items.count": design.clarify.items?.count,
            [`${path}.dimensions`]: dimensions,
            "6.serving.memory": has,
          }),
        );
        return [];
      }
      if (!exceeds(memory.bytes, tight * has)) return [];
      const severity = exceeds(memory.bytes, has) ? "error" : "warning";
      return [
        {
          at: `${path}.index`,
          also: ["6.serving.memory", "1.items.count"],
          severity,
          name: facts.name,
          type: facts.index?.type ?? "",
          memory,
          shards: facts.index?.shards ?? 1,
          has,
        },
      ];
    });
    return orUnknown(hits, missing);
  },
  say({ name, type, memory, shards, has }) {
    const assumed = memory.assumed.length === 0 ? "" : `, with ${memory.assumed.join(" and ")} assumed`;
    const fixed = memory.fixedBytes > 0 ? ` + ${bytes(memory.fixedBytes)} of centroids` : "";
    const whole = `${count(memory.vectors)} × ${count(memory.bytesPerVector)} B${fixed}`;
    const product = shards > 1 ? `(${whole}) / ${count(shards)} shards` : whole;
    const over = exceeds(memory.bytes, has)
      ? `, and a replica has ${bytes(has)}`
      : `: ${share(memory.bytes / has)} of the ${bytes(has)} of a replica, which also holds the process and the model`;
    return {
      message: `${code(name)} needs ${product} = ${bytes(memory.bytes)} for ${type}${assumed}${over}`,
      label: bytes(memory.bytes),
      also: ["memory of one replica", "one vector each"],
    };
  },
});
