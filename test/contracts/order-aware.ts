/** What every recommender that hears order must do beside the contract of all recommenders. */

import { describe, expect, it } from "vitest";
import { createRandom } from "../../src/core/random.ts";
import type { RecommenderModel, TrainingData } from "../../src/steps/4-model/models/recommender.ts";
import { plantedOrder, shareFound, walkTo } from "../planted-order.ts";

/** `options` are those with which the model finds the planted order. */
export function describeOrderAware<Options>(model: RecommenderModel<Options>, options: Partial<Options>): void {
  const settings: Options = { ...model.defaults, ...options };
  const train = (data: TrainingData) => model.fit(data, settings, { random: createRandom(1) });

  describe(`${model.name} as a model of order`, () => {
    it("finds what comes next where order is planted", async () => {
      const fitted = await train(plantedOrder((place) => place));
      expect(shareFound((history) => fitted.score(history))).toBeGreaterThan(0.9);
    });

    it("learns nothing of order from the places of a table: without times, or with all at one moment, the future is as good as the past", async () => {
      const { interactions } = plantedOrder((place) => place);
      const without = await train({ interactions });
      const tied = await train(plantedOrder(() => 5));
      for (const item of [0, 5, 11]) {
        const history = walkTo(item, false);
        const scores = without.score({ indices: history.indices, values: history.values });
        expect([...tied.score(history)]).toEqual([...scores]);
      }
      expect(shareFound((history) => tied.score(history), false)).toBeLessThan(0.75);
    });

    it("gives the same scores however entries of one moment are ordered in the source", async () => {
      // Moments hold two steps of the walk each; which of the two was written first must not matter.
      const paired = plantedOrder((place) => Math.floor(place / 2));
      const fitted = await train(paired);
      const again = await train(plantedOrder((place) => Math.floor(place / 2)));
      expect(again.score(walkTo(4))).toEqual(fitted.score(walkTo(4)));
      const order = (first: number, second: number) => ({
        indices: Int32Array.of(2, 9),
        values: Float32Array.of(1, 1),
        times: Float64Array.of(first, second),
      });
      expect(fitted.score(order(8, 8))).toEqual(fitted.score(order(3, 3)));
      expect(fitted.score(order(8, 9))).not.toEqual(fitted.score(order(9, 8)));
    });

    it("hears strengths: a signal of twice the strength votes twice", async () => {
      const fitted = await train(plantedOrder((place) => place));
      const once = fitted.score({ ...walkTo(4), values: new Float32Array(3).fill(1) });
      const twice = fitted.score({ ...walkTo(4), values: new Float32Array(3).fill(2) });
      once.forEach((score, item) => {
        expect(twice[item]).toBeCloseTo(2 * score, 5);
      });
    });
  });
}
