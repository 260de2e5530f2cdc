import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import type { KernelPath } from "./feature-probe.ts";
import { createTopOfRow } from "./top-of-row.ts";

const paths: KernelPath[] = ["simd", "scalar"];

/** By a full sort. */
function sorted(scores: Float32Array, k: number, skip: readonly number[]): number[] {
  return [...scores.keys()]
    .filter((item) => scores[item] > Number.NEGATIVE_INFINITY && !skip.includes(item))
    .sort((a, b) => scores[b] - scores[a] || a - b)
    .slice(0, k);
}

describe.each(paths)("the best of a row, %s", (path) => {
  it("says which path it took", () => {
    expect(createTopOfRow(3, 2, path).path).toBe(path);
  });

  it("are those of a full sort, ties to the smaller item, whatever the signs and however many are equal or no scores", () => {
    const score = fc.oneof(
      fc.float(),
      fc.integer({ min: -2, max: 2 }),
      fc.constantFrom(Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, -0, 0),
    );
    fc.assert(
      fc.property(
        fc.array(score, { minLength: 1, maxLength: 60 }),
        fc.integer({ min: 1, max: 40 }),
        fc.uniqueArray(fc.nat(59)),
        (values, k, skipped) => {
          const scores = Float32Array.from(values);
          const skip = skipped.filter((item) => item < scores.length).sort((a, b) => a - b);
          expect([...createTopOfRow(scores.length, k, path).best(scores, skip)]).toEqual(sorted(scores, k, skip));
        },
      ),
      { seed: 15 },
    );
  });

  it("are found in one row after another of a whole catalogue", () => {
    const random = createRandom(3);
    const top = createTopOfRow(1682, 200, path);
    for (const draw of [() => random.normal(), () => random.below(30) - 15, () => 1e-30 * random.uniform(), () => 0]) {
      const scores = Float32Array.from({ length: 1682 }, draw);
      const skip = [0, 7, 8, 9, 1681];
      expect([...top.best(scores, skip)]).toEqual(sorted(scores, 200, skip));
      expect([...top.best(scores, [])]).toEqual(sorted(scores, 200, []));
    }
  });

  it("are none of no items, and none where none is asked for", () => {
    expect(createTopOfRow(0, 5, path).best(new Float32Array(0), [])).toEqual(new Int32Array(0));
    expect(createTopOfRow(4, 0, path).best(new Float32Array(4), [])).toEqual(new Int32Array(0));
  });

  it("are not looked for among scores of another number of items", () => {
    expect(() => createTopOfRow(4, 2, path).best(new Float32Array(5), [])).toThrow("5 scores were given for 4 items");
  });
});
