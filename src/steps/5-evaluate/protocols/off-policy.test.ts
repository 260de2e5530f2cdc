import { describe, expect, it } from "vitest";
import { createRandom } from "../../../core/random.ts";
import { momentsOf } from "./moments.ts";
import {
  doublyRobust,
  effectiveSampleSize,
  inversePropensity,
  type LoggedDecisions,
  type RewardModel,
  selfNormalized,
} from "./off-policy.ts";

/** Three actions with these rewards; the target always takes the last one, the log rarely does. */
const CHANCE = [0.1, 0.3, 0.6];
const LOGGING = [0.7, 0.2, 0.1];
const TARGET = [0, 0, 1];

function playLog(
  seed: number,
  predicted: readonly number[] = CHANCE,
  propensities = LOGGING,
): { decisions: LoggedDecisions; model: RewardModel } {
  const random = createRandom(seed);
  const actions = Array.from({ length: 400 }, () => {
    const draw = random.uniform();
    return draw < LOGGING[0] ? 0 : draw < LOGGING[0] + LOGGING[1] ? 1 : 2;
  });
  return {
    decisions: {
      reward: Float64Array.from(actions, (action) => (random.uniform() < CHANCE[action] ? 1 : 0)),
      weight: Float64Array.from(actions, (action) => TARGET[action] / propensities[action]),
      unit: Int32Array.from(actions, (_, i) => i >> 1),
    },
    model: {
      logged: Float64Array.from(actions, (action) => predicted[action]),
      target: Float64Array.from(actions, () => predicted[2]),
    },
  };
}

const seeds = Array.from({ length: 400 }, (_, seed) => seed);
const meanOver = (of: (seed: number) => number) => momentsOf(seeds.map(of));

describe("off-policy estimates", () => {
  it("give the values that follow by hand", () => {
    const decisions = {
      reward: Float64Array.from([1, 0, 1, 1]),
      weight: Float64Array.from([2, 4, 0, 1]),
      unit: Int32Array.from([0, 0, 1, 1]),
    };
    expect(inversePropensity(decisions).value).toBe(3 / 4);
    // Units' sums are 2 and 1 over two decisions each: sqrt(2 (0.5² + 0.5²)) / 4.
    expect(inversePropensity(decisions).standardError).toBeCloseTo(0.25, 12);
    expect(selfNormalized(decisions).value).toBeCloseTo(3 / 7, 12);
    expect(effectiveSampleSize(decisions.weight)).toBeCloseTo(49 / 21, 12);
    const model = { logged: Float64Array.from([0.5, 0.5, 0.5, 0.5]), target: Float64Array.from([0.2, 0.2, 0.4, 0.4]) };
    expect(doublyRobust(decisions, model).value).toBeCloseTo((1.2 + 2 * 0.5 - 4 * 0.5 + 0.5) / 4, 12);
  });

  it("count a decision by its size", () => {
    const size = Float64Array.from([1, 0.5]);
    const decisions = {
      reward: Float64Array.from([1, 1]),
      weight: Float64Array.from([1, 3]),
      size,
      unit: Int32Array.from([0, 1]),
    };
    expect(inversePropensity(decisions).value).toBeCloseTo(4 / 1.5, 12);
    expect(selfNormalized(decisions).value).toBeCloseTo(4 / 2.5, 12);
  });

  it("are right on average: IPS and doubly robust without bias, even when the model is wrong", () => {
    for (const estimate of [
      (seed: number) => inversePropensity(playLog(seed).decisions).value,
      (seed: number) => selfNormalized(playLog(seed).decisions).value,
      (seed: number) => {
        const { decisions, model } = playLog(seed, [0.5, 0.9, 0.2]);
        return doublyRobust(decisions, model).value;
      },
    ]) {
      const { mean, variance, n } = meanOver(estimate);
      expect(Math.abs(mean - CHANCE[2])).toBeLessThan(3.5 * Math.sqrt(variance / n));
    }
  });

  it("stay right with wrong propensities where the model is right", () => {
    const wrong = [0.5, 0.3, 0.2];
    const robust = meanOver((seed) => {
      const { decisions, model } = playLog(seed, CHANCE, wrong);
      return doublyRobust(decisions, model).value;
    });
    expect(Math.abs(robust.mean - CHANCE[2])).toBeLessThan(3.5 * Math.sqrt(robust.variance / robust.n));
    expect(meanOver((seed) => inversePropensity(playLog(seed, CHANCE, wrong).decisions).value).mean).toBeLessThan(0.4);
  });

  it("vary less with a perfect model, and less when self-normalised", () => {
    const ips = meanOver((seed) => inversePropensity(playLog(seed).decisions).value).variance;
    const snips = meanOver((seed) => selfNormalized(playLog(seed).decisions).value).variance;
    const robust = meanOver((seed) => {
      const { decisions, model } = playLog(seed);
      return doublyRobust(decisions, model).value;
    }).variance;
    expect(robust).toBeLessThan(0.7 * ips);
    expect(snips).toBeLessThan(0.7 * ips);
  });

  it("cover the truth about as often as their level says", () => {
    for (const estimate of [inversePropensity, selfNormalized]) {
      const covered = seeds.filter((seed) => {
        const { interval } = estimate(playLog(seed).decisions);
        return interval[0] <= CHANCE[2] && CHANCE[2] <= interval[1];
      }).length;
      // Binomial(400, 0.95) lies in this range with probability 0.999; the normal law errs a little for 40 effective decisions.
      expect(covered).toBeGreaterThanOrEqual(364);
      expect(covered).toBeLessThanOrEqual(393);
    }
  });

  it("give no interval for one unit, and no effective decision where no weight is", () => {
    const alone = { reward: Float64Array.from([1]), weight: Float64Array.from([1]), unit: Int32Array.from([0]) };
    expect(inversePropensity(alone).standardError).toBeNaN();
    expect(effectiveSampleSize(new Float64Array(3))).toBe(0);
  });
});
