import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { contentBased } from "./content-based.ts";

describeRecommender({ model: contentBased, learns: "taste" });

const interactions = sparseFromEntries(1, 3, [], [], []);
const environment = { random: createRandom(1) };

it("scores by the cosine with the history's profile, for titles that nobody has chosen", async () => {
  const attributes = { width: 2, values: Float32Array.of(2, 0, 0, 5, 3, 3) };
  const fitted = await contentBased.fit({ interactions, attributes }, {}, environment);
  const scores = fitted.score({ indices: Int32Array.of(0, 1), values: Float32Array.of(3, 4) });
  [0.6, 0.8, 1.4 / Math.SQRT2].forEach((cosine, item) => {
    expect(scores[item]).toBeCloseTo(cosine, 6);
  });
});

it("needs attributes, one row for each title", async () => {
  const none = { width: 0, values: new Float32Array(0) };
  for (const attributes of [undefined, none])
    await expect(contentBased.fit({ interactions, attributes }, {}, environment)).rejects.toMatchObject({
      failure: { code: "no-item-attributes", message: expect.stringContaining("the data says nothing of them") },
    });
  const attributes = { width: 2, values: new Float32Array(4) };
  await expect(contentBased.fit({ interactions, attributes }, {}, environment)).rejects.toThrow(
    "attributes of 2 items were given for 3",
  );
});
