import fc from "fast-check";
import { expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { topK } from "../../../core/top-k.ts";
import { createAlikeRanking } from "./rank-alike.ts";

it("gives the lists that a search through all items gives, ties, items without a score and long histories among them", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(0, 1, 2, 3, Number.NEGATIVE_INFINITY, Number.NaN), { maxLength: 40 }),
      fc.integer({ min: 1, max: 12 }),
      fc.array(fc.uniqueArray(fc.nat(39)), { minLength: 1, maxLength: 6 }),
      (values, depth, histories) => {
        const scores = Float32Array.from(values);
        const rank = createAlikeRanking(scores, depth);
        for (const history of histories) {
          const skip = history.filter((item) => item < scores.length).sort((a, b) => a - b);
          expect(rank(skip)).toEqual(topK(scores, depth, skip));
        }
      },
    ),
  );
});

it("looks further down only as far as a history asks, and remembers nothing of it", () => {
  const random = createRandom(3);
  const scores = Float32Array.from({ length: 5000 }, () => random.below(100));
  const rank = createAlikeRanking(scores, 20);
  const best = [...topK(scores, 900)].sort((a, b) => a - b);
  const short = rank([]);
  expect(rank(best)).toEqual(topK(scores, 20, best));
  expect(rank([])).toEqual(short);
});
