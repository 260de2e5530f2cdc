import { expect, it } from "vitest";
import { describeRecommender } from "../../../../test/contracts/recommender.ts";
import { createRandom } from "../../../core/random.ts";
import { sparseFromEntries } from "../../../core/sparse-matrix.ts";
import { als } from "./als.ts";
import { ease } from "./ease.ts";
import { easeAls } from "./ease-als.ts";

describeRecommender({ model: easeAls, options: { regularization: 5, factors: 8 }, learns: "taste" });

const random = createRandom(3);
const places = Array.from({ length: 40 * 9 }, (_, at) => [Math.floor(at / 9), at % 9]);
const chosen = places.filter(([unit, item]) => random.uniform() < (unit % 3 === item % 3 ? 0.7 : 0.2));
const interactions = sparseFromEntries(
  40,
  9,
  chosen.map(([unit]) => unit),
  chosen.map(([, item]) => item),
  new Array(chosen.length).fill(1),
);
const history = { indices: Int32Array.of(0, 3), values: Float32Array.of(1, 1) };
const OPTIONS = { regularization: 4, dropout: 0.3, factors: 4 };

function z(scores: Float32Array): number[] {
  const mean = scores.reduce((sum, score) => sum + score, 0) / scores.length;
  const deviation = Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length);
  return [...scores].map((score) => (score - mean) / deviation);
}

it("adds the scores of EASE and of ALS, each in its own standard deviations over all items", async () => {
  const environment = () => ({ random: createRandom(1) });
  const both = await easeAls.fit({ interactions }, { ...OPTIONS, smoothing: 0.7 }, environment());
  const pairs = z((await ease.fit({ interactions }, OPTIONS, environment())).score(history));
  const alsOptions = { ...als.defaults, factors: OPTIONS.factors };
  const own = { random: createRandom(1).fork("factors") };
  const directions = z((await als.fit({ interactions }, alsOptions, own)).score(history));
  both.score(history).forEach((score, item) => {
    expect(score).toBeCloseTo(pairs[item] + 0.7 * directions[item], 4);
  });
});

it("without weight for ALS puts items in the order of EASE", async () => {
  const environment = { random: createRandom(1) };
  const both = await easeAls.fit({ interactions }, { ...OPTIONS, smoothing: 0 }, environment);
  const alone = await ease.fit({ interactions }, OPTIONS, environment);
  const order = (scores: Float32Array) => [...scores.keys()].sort((a, b) => scores[b] - scores[a]);
  expect(order(both.score(history))).toEqual(order(alone.score(history)));
});

it("refuses a catalogue whose square does not fit, as EASE does", async () => {
  const wide = sparseFromEntries(1, 20_001, [0], [0], [1]);
  await expect(easeAls.fit({ interactions: wide }, easeAls.defaults, { random: createRandom(1) })).rejects.toThrow(
    /20000 items are the most/u,
  );
});
