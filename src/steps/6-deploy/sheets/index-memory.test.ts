import { describe, expect, it } from "vitest";
import { fillSheets } from "../../../estimate/fill-sheets.ts";
import { funnelOf } from "../../4-model/funnel.ts";
import { INDEX_KINDS, indexMemoryOf } from "../../4-model/index-memory.ts";
import { parseDesign } from "../../design.ts";
import { indexMemorySheet } from "./index-memory.ts";

describe("the memory of an index in the review", () => {
  it.each(INDEX_KINDS.map(({ type }) => type))("is the total of the estimate for %s", (type) => {
    const design = read(`{ type: ${type} }`);
    const sheet = fillSheets([indexMemorySheet], design).find((one) => !one.isAlternative);
    const memory = indexMemoryOf(funnelOf(design)[0], design);
    expect(memory?.bytes).toBeGreaterThan(0);
    expect(memory?.bytes).toBe(sheet?.lines.find(({ name }) => name === "total")?.value);
  });

  it("counts what a note states, and says what it assumes", () => {
    const stated = read("{ type: ivf-pq, lists: 1000, code-bytes: 16, shards: 4 }");
    // 1M × (16 + 8) B, 1000 × 64 × 4 B of centroids and 256 × 64 × 4 B of codebook.
    const memory = { bytes: (24_000_000 + 256_000 + 65_536) / 4, fixedBytes: 321_536, bytesPerVector: 24, assumed: [] };
    expect(indexMemoryOf(funnelOf(stated)[0], stated)).toMatchObject(memory);
    const silent = read("hnsw");
    expect(indexMemoryOf(funnelOf(silent)[0], silent)?.assumed).toEqual(["fp32", "m 32"]);
  });

  it("is unknown where the note does not say how many vectors there are", () => {
    const design = read("hnsw", "");
    expect(indexMemoryOf(funnelOf(design)[0], design)).toBeUndefined();
  });
});

function read(index: string, items = "items: { count: 1M }") {
  const text = `---
heptad: 1
title: Index
system: search
---
## 1. Clarify requirements
\`\`\`yaml
${items}
\`\`\`
## 4. Model
\`\`\`yaml
stages: [{ name: near, kind: retrieval, dimensions: 64, index: ${index} }]
\`\`\`
`;
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the note is no design");
  return design;
}
