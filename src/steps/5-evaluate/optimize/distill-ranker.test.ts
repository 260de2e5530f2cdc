import { describe, expect, it } from "vitest";
import { unwrap } from "../../../core/outcome.ts";
import { createRandom } from "../../../core/random.ts";
import { createTable } from "../../../core/table.ts";
import { trainTrees } from "../../4-model/models/gradient-boosted-trees.ts";
import { createTreesScorer } from "../../4-model/models/trees-scorer.ts";
import { wholeRanker } from "./compress-ranker.ts";
import { distillRanker } from "./distill-ranker.ts";

const ROWS = 4000;
const PER_REQUEST = 20;

async function openTeacher() {
  const random = createRandom(5);
  const a = Float64Array.from({ length: ROWS }, () => random.normal());
  const b = Float64Array.from({ length: ROWS }, () => random.normal());
  const features = createTable({ a, b });
  const labels = a.map((value, i) => value + 0.3 * b[i]);
  const { model } = unwrap(
    await trainTrees({ features, labels }, { objective: "squared-error", trees: 60 }, { random }),
  );
  const request = Int32Array.from({ length: ROWS }, (_, i) => Math.floor(i / PER_REQUEST));
  const item = Int32Array.from({ length: ROWS }, (_, i) => i % PER_REQUEST);
  const rows = { request, item, label: new Uint8Array(ROWS), features };
  return { model, features, traffic: { rows, requests: ROWS / PER_REQUEST, keepsOrder: () => false } };
}

/** Share of requests whose first item is the same in both. */
function agreement(one: { items: Int32Array }, other: { items: Int32Array }): number {
  const requests = ROWS / PER_REQUEST;
  let same = 0;
  for (let i = 0; i < requests; i++) if (one.items[i * PER_REQUEST] === other.items[i * PER_REQUEST]) same++;
  return same / requests;
}

describe("a distilled ranker", () => {
  it("orders as its teacher does, in fewer bytes, whatever the student is", async () => {
    const { model, features, traffic } = await openTeacher();
    const teacher = wholeRanker("teacher", model, traffic);
    for (const kind of ["mlp", "gbdt"]) {
      const student = { model: kind, hidden: [16], trees: 30, leaves: 8 };
      const part = unwrap(
        await distillRanker(student, {
          teacher: model,
          rows: features,
          traffic,
          random: createRandom(9),
          pool: undefined,
        }),
      );
      expect(part.bytes).toBeLessThan(teacher.bytes);
      expect(agreement(part.lists, teacher.lists)).toBeGreaterThan(0.8);
      part.serve(0);
    }
    expect(createTreesScorer(model).margins(features)).toHaveLength(ROWS);
  });

  it("is refused for a student that nothing trains", async () => {
    const { model, features, traffic } = await openTeacher();
    const student = { model: "oracle", hidden: [], trees: 1, leaves: 2 };
    const made = await distillRanker(student, {
      teacher: model,
      rows: features,
      traffic,
      random: createRandom(9),
      pool: undefined,
    });
    expect(made.ok).toBe(false);
  });
});
