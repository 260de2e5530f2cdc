import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { topK } from "../../core/top-k.ts";
import { joinLists } from "../../steps/3-data/row-lists.ts";
import type { RankedLists } from "../../steps/4-model/train/ranked-lists.ts";
import { momentsOf } from "../../steps/5-evaluate/protocols/moments.ts";
import { doublyRobust, inversePropensity, selfNormalized } from "../../steps/5-evaluate/protocols/off-policy.ts";
import { type ExploringLog, playExploringLog } from "./exploring-log.ts";
import { drawSessions } from "./simulated-history.ts";
import { createWorld } from "./simulated-world.ts";

const MEMBERS = 200;
const TITLES = 40;
const world = createWorld({ members: MEMBERS, titles: TITLES, days: 30 }, createRandom(6));
const sessions = drawSessions(world, world.end, world.end + 14 * 86_400, createRandom(7));

function listsBy(score: (member: number, title: number) => number, depth: number): RankedLists {
  const lists = joinLists(
    Array.from({ length: MEMBERS }, (_, member) =>
      topK(
        Float32Array.from({ length: TITLES }, (_, title) => score(member, title)),
        depth,
      ),
    ),
  );
  return { ...lists, scores: new Float32Array(lists.items.length) };
}

const attraction = (member: number, title: number): number => world.attraction(member, title, world.end);
const lists = {
  base: listsBy((_, title) => title, 30),
  candidates: listsBy(attraction, 30),
  target: listsBy(attraction, 30),
};
const examination = Float64Array.from({ length: 10 }, (_, at) => world.examination(at + 1));
const looks = examination.reduce((sum, probability) => sum + probability, 0);

function play(seed: number, share: number, slots: number, rates = attraction): ExploringLog {
  return playExploringLog(world, sessions, lists, { share, slots }, { examination, rates }, createRandom(seed));
}

const seeds = Array.from({ length: 60 }, (_, seed) => seed);

describe("an exploring log", () => {
  it("lets IPS find the target's clicks on average, from whole lists drawn and from a few slots of some", () => {
    for (const [share, slots] of [
      [1, 10],
      [0.5, 4],
    ]) {
      const misses = momentsOf(
        seeds.map((seed) => {
          const { decisions, truth } = play(seed, share, slots);
          return inversePropensity(decisions).value * looks - truth;
        }),
      );
      expect(Math.abs(misses.mean)).toBeLessThan(3.5 * Math.sqrt(misses.variance / misses.n));
    }
  });

  it("lets the doubly robust estimate find them too, with a model that is right and with one that is wrong", () => {
    for (const rates of [attraction, () => 0.3]) {
      const misses = momentsOf(
        seeds.map((seed) => {
          const { decisions, model, truth } = play(seed, 1, 10, rates);
          return doublyRobust(decisions, model).value * looks - truth;
        }),
      );
      expect(Math.abs(misses.mean)).toBeLessThan(3.5 * Math.sqrt(misses.variance / misses.n));
    }
  });

  it("has weights whose sum, by size, is that of the places looked at", () => {
    const totals = momentsOf(
      seeds.map((seed) => {
        const { weight, size } = play(seed, 1, 10).decisions;
        return (
          weight.reduce((sum, value, at) => sum + value * size[at], 0) / size.reduce((sum, value) => sum + value, 0)
        );
      }),
    );
    expect(Math.abs(totals.mean - 1)).toBeLessThan(3.5 * Math.sqrt(totals.variance / totals.n));
  });

  it("is the base policy's own log without exploration: nothing else of the target has a weight", () => {
    const { decisions, propensity } = play(1, 0, 10);
    expect(propensity.every((one) => one === 1)).toBe(true);
    expect(selfNormalized(decisions).value).not.toBe(inversePropensity(decisions).value);
  });
});
