import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { trainTrees } from "../models/gradient-boosted-trees.ts";
import { treesNeed } from "./trees-need.ts";
import { fillOptions } from "./trees-options.ts";

describe("what boosted trees need", () => {
  it("is their nodes and the binned rows, and a pass over the rows for each tree", () => {
    const options = fillOptions({ objective: "log-loss", trees: 50, leaves: 8, rowShare: 0.5, featureShare: 0.25 });
    const need = treesNeed(options, { rows: 10_000, features: 12 });
    expect(need.bytes).toBe(50 * 15 * 24 + 10_000 * 12);
    expect(need.operations).toBe(50 * 5000 * 3);
    expect(treesNeed({ ...options, maxBins: 256 }, { rows: 10_000, features: 12 }).bytes).toBe(50 * 15 * 24 + 240_000);
  });

  it("counts no more leaves than the rows allow", () => {
    const options = fillOptions({ objective: "log-loss", trees: 100_000, leaves: 65_535, minRowsInLeaf: 20 });
    expect(treesNeed(options, { rows: 1000, features: 1 }).bytes).toBe(100_000 * 99 * 24 + 1000);
    expect(treesNeed(options, { rows: 1, features: 1 }).part).toBe("gbdt with 100,000 trees of 2 leaves");
  });

  it("is asked before training, and refused with the sum", async () => {
    const rows = {
      features: createTable({ x: Float64Array.from({ length: 60 }, (_, at) => at) }),
      labels: Float64Array.from({ length: 60 }, (_, at) => at % 2),
    };
    const options = { objective: "log-loss", trees: 2, leaves: 2 } as const;
    const bytes = 2 * 3 * 24 + 60;
    const train = (memory: number) =>
      trainTrees(rows, options, { random: createRandom(1), machine: { memory, cores: 1 } });
    expect(await train(bytes - 1)).toMatchObject({ ok: false, failure: { code: "does-not-fit" } });
    expect((await train(bytes)).ok).toBe(true);
  });
});
