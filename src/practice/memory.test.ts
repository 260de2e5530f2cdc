import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { dueDay, type Memory, recall, remember, TARGET_RECALL } from "./memory.ts";

const DAYS = 365;
const ITEMS = 300;
const PER_DAY = 10;
/** Long enough that weekly reviews have a fair chance: a fixed schedule is not to lose by never meeting a memory alive. */
const FIRST_HALF_LIFE = 5;

/**
 * A learner whose memory decays as 2^(-t/h): the half-life grows by a factor of the item's own after each success and
 * falls after a failure (Settles and Meeder 2016 form). It is not the model that the scheduler believes in.
 */
function simulate(pick: (memories: readonly (Memory | undefined)[], day: number) => readonly number[], seed: number) {
  const random = createRandom(seed, "memory");
  const ease = Array.from({ length: ITEMS }, () => 1.4 + 1.8 * random.uniform());
  const halfLife = ease.map(() => FIRST_HALF_LIFE);
  const lastSeen = ease.map(() => Number.NaN);
  const memories: (Memory | undefined)[] = ease.map(() => undefined);
  let reviews = 0;
  for (let day = 0; day < DAYS; day++) {
    for (const item of pick(memories, day).slice(0, PER_DAY)) {
      const known = Number.isNaN(lastSeen[item]) ? 0 : 2 ** (-(day - lastSeen[item]) / halfLife[item]);
      const right = random.uniform() < known;
      halfLife[item] = right ? halfLife[item] * ease[item] : Math.max(FIRST_HALF_LIFE, halfLife[item] * 0.5);
      lastSeen[item] = day;
      memories[item] = remember(memories[item], right ? "right" : "wrong", right ? 1 : 0, day);
      reviews++;
    }
  }
  const retained = ease.reduce(
    (sum, _, i) => sum + (Number.isNaN(lastSeen[i]) ? 0 : 2 ** (-(DAYS - lastSeen[i]) / halfLife[i])),
    0,
  );
  return { reviews, retained };
}

const byMemory = (memories: readonly (Memory | undefined)[], day: number): readonly number[] => {
  const due = memories.flatMap((memory, i) =>
    memory !== undefined && dueDay(memory) <= day ? [{ i, chance: recall(memory, day) }] : [],
  );
  const fresh = memories.flatMap((memory, i) => (memory === undefined ? [i] : []));
  return [...due.sort((a, b) => a.chance - b.chance).map(({ i }) => i), ...fresh];
};

/** The same number of reviews a day, each item again after a fixed number of days. */
const everyDays =
  (interval: number) =>
  (memories: readonly (Memory | undefined)[], day: number): readonly number[] => {
    const due = memories.flatMap((memory, i) =>
      memory !== undefined && day - memory.lastDay >= interval ? [{ i, last: memory.lastDay }] : [],
    );
    const fresh = memories.flatMap((memory, i) => (memory === undefined ? [i] : []));
    return [...due.sort((a, b) => a.last - b.last).map(({ i }) => i), ...fresh];
  };

describe("scheduling by the chance of recall", () => {
  it("retains more items than any fixed interval for no more reviews", () => {
    for (const seed of [1, 2, 3]) {
      const adaptive = simulate(byMemory, seed);
      for (const interval of [3, 7, 14, 21, 30]) {
        const fixed = simulate(everyDays(interval), seed);
        expect(adaptive.reviews).toBeLessThanOrEqual(DAYS * PER_DAY);
        expect(adaptive.retained).toBeGreaterThan(fixed.retained);
      }
    }
  });

  it("asks again the sooner, the worse it went", () => {
    const wrong = remember(undefined, "wrong", 0, 100);
    const hard = remember(undefined, "close", 0.5, 100);
    const right = remember(undefined, "right", 1, 100);
    expect(dueDay(wrong)).toBeLessThanOrEqual(dueDay(hard));
    expect(dueDay(hard)).toBeLessThan(dueDay(right));
    const again = remember(right, "right", 1, dueDay(right));
    expect(dueDay(again) - again.lastDay).toBeGreaterThan(dueDay(right) - right.lastDay);
  });

  it("expects the target chance on the day it is due", () => {
    const memory = remember(remember(undefined, "right", 1, 0), "right", 1, 4);
    expect(recall(memory, dueDay(memory))).toBeCloseTo(TARGET_RECALL, 1);
    expect(recall(memory, 4)).toBe(1);
  });

  it("survives a clock that was set back", () => {
    const memory = remember(remember(undefined, "right", 1, 100), "right", 1, 90);
    expect(memory.stability).toBeGreaterThan(0);
    expect(recall(memory, 80)).toBe(1);
  });
});
