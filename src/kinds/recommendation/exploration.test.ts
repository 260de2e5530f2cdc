import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { exploreList } from "./exploration.ts";

const base = [4, 7, 1, 9];
const candidates = [7, 2, 9, 3, 5];

describe("exploration slots", () => {
  it("show each title at each place as often as the logged propensity says", () => {
    const random = createRandom(1);
    const rounds = 40_000;
    const counts = new Map<string, number>();
    for (let i = 0; i < rounds; i++)
      exploreList(base, candidates, { share: 0.4, slots: 2 }, random).titles.forEach((title, place) => {
        counts.set(`${title}@${place}`, (counts.get(`${title}@${place}`) ?? 0) + 1);
      });
    const { propensity } = exploreList(base, candidates, { share: 0.4, slots: 2 }, random);
    for (let title = 0; title < 10; title++)
      for (let place = 0; place < 4; place++) {
        const expected = propensity(title, place);
        const error = Math.sqrt((expected * (1 - expected)) / rounds);
        expect(Math.abs((counts.get(`${title}@${place}`) ?? 0) / rounds - expected)).toBeLessThanOrEqual(4.5 * error);
      }
  });

  it("have propensities that add up to 1 at every place", () => {
    const { propensity } = exploreList(base, candidates, { share: 0.3, slots: 3 }, createRandom(2));
    for (let place = 0; place < 4; place++) {
      const total = Array.from({ length: 10 }, (_, title) => propensity(title, place)).reduce((sum, p) => sum + p, 0);
      expect(total).toBeCloseTo(1, 12);
    }
  });

  it("never show a title twice, and leave the list as it is without exploration", () => {
    const random = createRandom(3);
    for (let i = 0; i < 200; i++)
      expect(new Set(exploreList(base, candidates, { share: 1, slots: 4 }, random).titles).size).toBe(4);
    expect(exploreList(base, candidates, { share: 0, slots: 4 }, random).titles).toEqual(base);
    expect(exploreList([], candidates, { share: 1, slots: 4 }, random).titles).toEqual([]);
  });
});
