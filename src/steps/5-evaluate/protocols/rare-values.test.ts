import { expect, it } from "vitest";
import { meanCoverage, RARE_VALUES } from "../../../../test/interval-simulations.ts";
import { createRandom } from "../../../core/random.ts";
import { bootstrapMean, pairedBootstrap, quantileOf } from "./bootstrap.ts";
import { drawBounds, unitsThatDiffer } from "./rare-values.ts";

const hits = (found: number, of: number): Float64Array =>
  Float64Array.from({ length: of }, (_, i) => Number(i < found));
const alone = (values: Float64Array) => ({ totals: values, counts: new Float64Array(values.length).fill(1) });

it("is the interval of Clopper and Pearson where units hit or miss", () => {
  // R: binom.test(x, n)$conf.int.
  for (const [found, of, low, high] of [
    [0, 20, 0, 0.1684335],
    [1, 20, 0.001265089, 0.2487328],
    [3, 12, 0.05486064, 0.5718585],
    [50, 50, 0.9288783, 1],
  ]) {
    const drawn = drawBounds(alone(hits(found, of)), [0, 1], createRandom(3), 40_000);
    expect(quantileOf(drawn.low, 0.025)).toBeCloseTo(low, 2);
    expect(quantileOf(drawn.high, 0.975)).toBeCloseTo(high, 2);
  }
  expect(bootstrapMean(hits(0, 20), { random: createRandom(1), range: [0, 1] }).interval[0]).toBe(0);
  expect(bootstrapMean(hits(20, 20), { random: createRandom(1), range: [0, 1] }).interval[1]).toBe(1);
});

it("takes what sums of the same numbers leave behind for no difference", () => {
  const values = Float64Array.from({ length: 30 }, (_, i) => (i % 2 === 0 ? 0.3 - 0.1 : 0.2));
  expect(unitsThatDiffer(alone(values))).toBe(0);
  // Twelve digits are compared: what differs in the thirteenth is a sum's rounding, what differs in the twelfth a difference.
  expect(unitsThatDiffer(alone(Float64Array.of(1, 1 + 4e-12, 1)))).toBe(0);
  expect(unitsThatDiffer(alone(Float64Array.of(1, 1 + 4e-11, 1)))).toBe(1);
  expect(unitsThatDiffer({ totals: Float64Array.of(1, 2, 4), counts: Float64Array.of(2, 4, 4) })).toBe(1);
});

it("weighs units by their requests: one with many counts for more", () => {
  const bounds = (count: number) => {
    const [totals, counts] = [new Float64Array(30), new Float64Array(30).fill(1)];
    [totals[0], counts[0]] = [count, count];
    return quantileOf(drawBounds({ totals, counts }, [0, 1], createRandom(4), 4000).high, 0.975);
  };
  expect(bounds(10)).toBeGreaterThan(2 * bounds(1));
});

it("covers the rate of hits that ten units seldom have", () => {
  const [[, law, truth, range]] = RARE_VALUES;
  expect(meanCoverage(law, truth, 10, 120, createRandom(12), range)).toBeGreaterThan(0.935);
});

it("of a paired difference says by p what it says by interval, and sees no difference where none was seen", () => {
  const random = createRandom(8);
  const options = { random, range: [-1, 1] as const };
  const none = new Float64Array(40);
  expect(pairedBootstrap(none, none, options)).toMatchObject({ mean: 0, pValue: 1 });
  for (let won = 1; won < 20; won++) {
    const { interval, pValue } = pairedBootstrap(hits(won, 40), none, options);
    if (Math.abs(pValue - 0.05) > 0.01) expect(pValue < 0.05).toBe(interval[0] > 0);
    expect(pairedBootstrap(none, hits(won, 40), options).interval[0]).toBeLessThan(-won / 40);
  }
  expect(pairedBootstrap(hits(3, 40), none, options).interval[0]).toBeLessThan(0);
  expect(pairedBootstrap(hits(15, 40), none, options).interval[0]).toBeGreaterThan(0);
});
