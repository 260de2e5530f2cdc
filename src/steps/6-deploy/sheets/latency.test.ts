import { describe, expect, it } from "vitest";
import { noteOfExample } from "../../../review/example.ts";
import { parseDesign } from "../../design.ts";
import { latencySheet } from "./latency.ts";

describe("the latency sheet", () => {
  it("counts the slowest of the stages that stand side by side, as the review does", () => {
    const { design } = parseDesign(
      noteOfExample({
        1: "latency: { p99: 150 ms }",
        4: `stages:
  - { name: words, keep: 500, parallel-group: recall }
  - { name: vectors, keep: 300, parallel-group: recall }
  - { name: ranking, keep: 20 }`,
        6: "serving: { mode: online, budget: { words: 20 ms, vectors: 30 ms, ranking: 12 ms, network: 25 ms } }",
      }),
      "note.md",
    );
    if (design === undefined) throw new Error("no design");
    const [found] = latencySheet.cases(design);
    expect(found.inputs.parts).toMatchObject({ value: [0.03, 0.012, 0.025] });
  });
});
