/** Asks for the parameters of a vector index and for the memory it has to fit in. */

import { absent, defineRule, type Hit } from "../../../review/rule.ts";
import { bytes, code, list } from "../../../review/words.ts";
import type { Design } from "../../design.ts";
import { type FunnelStage, funnelOf } from "../funnel.ts";
import { indexMemoryOf } from "../index-memory.ts";
import { holdsVectors } from "../vector-stage.ts";

interface Found extends Hit {
  readonly name: string;
  readonly lacks: readonly string[];
  /** Bytes with 16 links and with 64, for an HNSW index that does not state them. */
  readonly range?: readonly [number, number];
}

const PARAMETERS: Readonly<Record<string, readonly string[]>> = {
  hnsw: ["m", "ef-search"],
  "ivf-flat": ["lists", "probes"],
  "ivf-sq8": ["lists", "probes"],
  "ivf-pq": ["lists", "probes", "code-bytes"],
};

export const rule = defineRule<Found>({
  code: "HP402",
  name: "missing-index-facts",
  step: 4,
  reads: ["4.stages[].index", "4.stages[].factors", "4.stages[].dimensions", "6.serving.memory"],
  severity: "warning",
  consequence: "late",
  summary: "a vector index does not state its parameters, or the memory it has to fit in is not known",
  why: "memory, recall and speed of an index follow from these numbers; without them they are guesses",
  fix: "copy the parameters from the call that builds the index: `index: { type: hnsw, m: 32, ef-search: 200 }`, and write `serving: { memory: 16 GB }` in step 6",
  sources: ["faiss wiki (2024)", "hnswlib (2023)"],
  examples: {
    bad: { 4: "stages: [{ name: candidates, factors: 64, index: hnsw, keep: 200 }]", 6: "serving: { memory: 16 GB }" },
    good: {
      4: "stages: [{ name: candidates, factors: 64, index: { type: hnsw, m: 32, ef-search: 400 }, keep: 200 }]",
      6: "serving: { memory: 16 GB }",
    },
  },
  check(design) {
    const stages = funnelOf(design).filter(searchesVectors);
    if (stages.length === 0) return "not applicable";
    return stages.flatMap((stage): Found[] => {
      const { path, facts } = stage;
      const given: Readonly<Record<string, unknown>> = { ...facts.index };
      const lacks = [
        ...absent({ [`${path}.index`]: facts.index }),
        ...(PARAMETERS[facts.index?.type ?? ""] ?? [])
          .filter((key) => given[key] === undefined)
          .map((key) => `${path}.index.${key}`),
        ...absent({
          [`${path}.dimensions`]: facts.dimensions ?? facts.factors,
          "6.serving.memory": design.deploy.serving?.memory,
        }),
      ];
      return lacks.length === 0 ? [] : [{ at: lacks[0], lacks, name: facts.name, range: rangeOf(stage, design) }];
    });
  },
  say: ({ name, lacks, range }) => ({
    message: `${code(name)} does not give ${list(lacks.map((path) => path.replace(/^\d\.(?:stages\[\d+\]\.)?/u, "")))}${range === undefined ? "" : `: its memory is ${bytes(range[0])} with 16 links and ${bytes(range[1])} with 64`}`,
    label: "with which parameters?",
    fix: mendOf(lacks),
  }),
});

/** Only what is missing: whoever wrote the index is not told to write it again. */
function mendOf(lacks: readonly string[]): string {
  const of = (pattern: RegExp): string[] => lacks.flatMap((path) => pattern.exec(path)?.at(1) ?? []);
  const keys = of(/\.index\.([^.]+)$/u);
  return [
    ...(of(/\.(index)$/u).length === 0
      ? []
      : ["copy the parameters from the call that builds the index: `index: { type: hnsw, m: 32, ef-search: 200 }`"]),
    ...(keys.length === 0 ? [] : [`copy ${list(keys)} from the call that builds the index`]),
    ...(of(/\.(dimensions)$/u).length === 0 ? [] : ["write `dimensions:`, how many numbers a vector has"]),
    ...(lacks.includes("6.serving.memory")
      ? ["write `serving: { memory: … }` in step 6, what the index has to fit in"]
      : []),
  ].join("; ");
}

function searchesVectors({ facts, kind }: FunnelStage): boolean {
  return kind === "retrieval" && holdsVectors(facts);
}

function rangeOf(stage: FunnelStage, design: Design): readonly [number, number] | undefined {
  const { index } = stage.facts;
  if (index?.type !== "hnsw" || index.m !== undefined) return undefined;
  const withLinks = (m: number) =>
    indexMemoryOf({ ...stage, facts: { ...stage.facts, index: { ...index, m } } }, design)?.bytes;
  const few = withLinks(16);
  const many = withLinks(64);
  return few === undefined || many === undefined ? undefined : [few, many];
}
