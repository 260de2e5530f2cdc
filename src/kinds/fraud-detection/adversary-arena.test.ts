import { describe, expect, it } from "vitest";
import { createRandom } from "../../core/random.ts";
import { playArena } from "./adversary-arena.ts";
import { createRings } from "./fraud-rings.ts";

const options = { days: 70, payments: 200 };
const total = (lost: Float64Array): number => lost.reduce((sum, one) => sum + one, 0);

describe("the contest of rings and models", () => {
  it("is the same for the same seed", async () => {
    const play = () => playArena("drift-triggered", options, createRandom(4));
    expect(await play()).toEqual(await play());
  });

  it("is lost by a model that never learns, over several seeds", async () => {
    const losses = { static: 0, weekly: 0 };
    for (const seed of [1, 2, 3]) {
      for (const policy of ["static", "weekly"] as const)
        losses[policy] += total((await playArena(policy, options, createRandom(seed))).lost);
    }
    expect(losses.weekly).toBeLessThan(0.8 * losses.static);
  });

  it("deploys nothing under `static`, and a model a week under `weekly`", async () => {
    expect((await playArena("static", options, createRandom(1))).deployed).toBe(0);
    expect((await playArena("weekly", options, createRandom(1))).deployed).toBe(10);
  });
});

describe("the quality watch", () => {
  it("rings for a change of tactic only once labels of it can have arrived", async () => {
    for (const seed of [1, 2, 3]) {
      const { detect, changes } = await playArena("static", options, createRandom(seed));
      expect(detect.length).toBeLessThanOrEqual(changes);
      for (const days of detect) expect(days).toBeGreaterThanOrEqual(7);
    }
  });
});

describe("a ring", () => {
  it("keeps its tactic while it gets through, and moves once it is declined", () => {
    const play = (share: 0 | 1) => {
      const rings = createRings(createRandom(3));
      for (let day = 0; day < 10; day++) {
        const attempts = rings.attempts(createRandom(day));
        rings.observe(
          day,
          Int8Array.from(attempts, ({ ring }) => ring),
          new Uint8Array(attempts.length).fill(share),
        );
      }
      return rings.report(10).changes.length;
    };
    expect(play(0)).toBe(0);
    expect(play(1)).toBeGreaterThan(3);
  });
});
