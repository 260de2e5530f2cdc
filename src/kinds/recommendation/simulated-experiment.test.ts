import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { topK } from "../../core/top-k.ts";
import { joinLists } from "../../steps/3-data/row-lists.ts";
import type { RankedLists } from "../../steps/4-model/train/ranked-lists.ts";
import { runTrial, type Trial, type TrialResult } from "./simulated-experiment.ts";
import { createWorld, simulateInteractions } from "./simulated-world.ts";

const world = createWorld({ members: 300, titles: 80, days: 60 }, createRandom(5));
const interactions = simulateInteractions(world, createRandom(5));

/** 40 titles for each member by a score. */
function listsBy(score: (member: number, title: number) => number): RankedLists {
  const lists = joinLists(
    Array.from({ length: 300 }, (_, member) =>
      topK(
        Float32Array.from({ length: 80 }, (_, title) => score(member, title)),
        40,
      ),
    ),
  );
  return { ...lists, scores: new Float32Array(lists.items.length) };
}

const chance = createRandom(9);
const anything = listsBy(() => chance.uniform());
const wanted = listsBy((member, title) => world.attraction(member, title, world.end));
const trial: Trial = { control: anything, treated: anything, days: 14, shares: [0.5, 0.5], salt: "test" };

function run(changes: Partial<Trial>, seed = 1): TrialResult {
  const result = runTrial(world, interactions, { ...trial, ...changes }, createRandom(seed));
  if (result === null) throw new Error("nobody came");
  return result;
}

describe("a simulated A/B test", () => {
  it("finds what a list of wanted titles gains over a list of any", () => {
    const { adjusted, truth } = run({ treated: wanted });
    expect(adjusted.comparison.interval[0]).toBeGreaterThan(0);
    expect(truth.comparison.interval[0]).toBeGreaterThan(0);
  });

  it("sees a difference between equal arms about as often as its level says", () => {
    const alarms = Array.from({ length: 100 }, (_, seed) => run({ salt: `salt ${seed}` }, seed)).filter(
      ({ adjusted }) => adjusted.comparison.pValue < 0.05,
    );
    // Binomial(100, 0.05) exceeds 12 with probability 0.0015.
    expect(alarms.length).toBeLessThanOrEqual(12);
  });

  it("covers the gain of all members under both arms in most repetitions", () => {
    const covered = Array.from({ length: 40 }, (_, seed) =>
      run({ treated: wanted, salt: `salt ${seed}` }, seed),
    ).filter(
      ({ adjusted, truth }) =>
        adjusted.comparison.interval[0] <= truth.comparison.effect &&
        truth.comparison.effect <= adjusted.comparison.interval[1],
    );
    // Binomial(40, 0.95) falls below 33 with probability 0.003; the members are fixed, which only widens the intervals.
    expect(covered.length).toBeGreaterThanOrEqual(33);
  });

  it("logs each session under one arm, with places from 1 and no title a member watched before in the test", () => {
    const { log, exposed } = run({ treated: wanted });
    const armOf = new Map<number, number>();
    const watched = new Set<string>();
    log.member.forEach((member, row) => {
      expect(armOf.get(member) ?? log.arm[row]).toBe(log.arm[row]);
      armOf.set(member, log.arm[row]);
      expect(watched.has(`${member}/${log.title[row]}`)).toBe(false);
      if (log.clicked[row] === 1) watched.add(`${member}/${log.title[row]}`);
      expect(log.place[row]).toBeGreaterThanOrEqual(1);
      expect(log.place[row]).toBeLessThanOrEqual(world.places);
      expect(log.time[row]).toBeGreaterThanOrEqual(world.end);
    });
    expect(armOf.size).toBe(exposed[0] + exposed[1]);
  });

  it("checks the split against the planned shares", () => {
    const { sampleRatio, exposed } = run({ shares: [0.8, 0.2] });
    expect(sampleRatio.alarm).toBe(false);
    expect(exposed[0]).toBeGreaterThan(2 * exposed[1]);
  });

  it("is the same for the same seed", () => {
    expect(run({ treated: wanted })).toEqual(run({ treated: wanted }));
  });

  it("says nothing when nobody comes", () => {
    const nobody = createWorld({ members: 1, titles: 80, days: 60 }, createRandom(5));
    const empty = simulateInteractions(nobody, createRandom(5));
    expect(runTrial(nobody, empty, trial, createRandom(1))).toBeNull();
  });
});
