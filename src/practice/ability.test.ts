import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { areaBelief, chanceRight, freshAbility, information, levelOnScale, updateAbility } from "./ability.ts";
import { AREA_NAMES } from "./area.ts";
import { choosePlacement } from "./choose-next.ts";
import { foldHistory, withAnswer } from "./profile.ts";
import type { QuestionCard } from "./question.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const cards = sampleCards(960);

/** A learner with a known level, and areas apart by `spread`, who answers as the model of questions says. */
function placementError(
  seed: number,
  answers: number,
  options: { level?: number; guessable?: boolean; spread?: number } = {},
): number {
  const random = createRandom(seed, "learner");
  const truth = options.level ?? 1 + 5 * random.uniform();
  const apart = new Map(AREA_NAMES.map((area) => [area, (options.spread ?? 0) * random.normal()]));
  const pool: readonly QuestionCard[] = options.guessable ? cards.map((card) => ({ ...card, guess: 0.25 })) : cards;
  let profile = foldHistory([]);
  const asked = new Set<string>();
  for (let i = 0; i < answers; i++) {
    const choice = choosePlacement(profile, pool, { day: 0, random, asked });
    if (choice === undefined) throw new Error("no question left");
    asked.add(choice.card.id);
    const score = random.uniform() < chanceRight(truth + (apart.get(choice.card.area) ?? 0), choice.card) ? 1 : 0;
    profile = withAnswer(profile, sampleAnswer(choice.card, { score, at: i }));
  }
  return Math.abs(levelOnScale(profile.ability) - truth);
}

const shareWithin = (limit: number, learners: number, answers: number, options = {}): number => {
  const errors = Array.from({ length: learners }, (_, seed) => placementError(seed, answers, options));
  return errors.filter((error) => error <= limit).length / learners;
};

describe("placing a learner of known ability", () => {
  it("lands within half a level after 12 questions in nine of ten cases", () => {
    expect(shareWithin(0.5, 1000, 12)).toBeGreaterThanOrEqual(0.9);
  });

  it("stays near that for learners whose areas differ by a third of a level", () => {
    expect(shareWithin(0.5, 200, 12, { spread: 0.3 })).toBeGreaterThanOrEqual(0.85);
  });

  it("lands within a level after the six questions of a placement", () => {
    expect(shareWithin(1, 400, 6)).toBeGreaterThanOrEqual(0.9);
  });

  it("places those at the ends of the scale too", () => {
    expect(shareWithin(0.5, 200, 12, { level: 1.2 })).toBeGreaterThanOrEqual(0.85);
    expect(shareWithin(0.5, 200, 12, { level: 5.8 })).toBeGreaterThanOrEqual(0.85);
  });

  it("needs more questions where they can be guessed", () => {
    expect(shareWithin(0.5, 200, 12, { guessable: true })).toBeLessThan(shareWithin(0.5, 200, 12));
    expect(shareWithin(0.5, 100, 40, { guessable: true })).toBeGreaterThanOrEqual(0.85);
  });

  it("stays right over 2,000 answers", () => {
    const random = createRandom(5, "long");
    let ability = freshAbility();
    for (let i = 0; i < 2000; i++) {
      const level = 1 + random.below(6);
      const area = AREA_NAMES[random.below(AREA_NAMES.length)];
      const score = random.uniform() < chanceRight(4.2, { level, guess: 0 }) ? 1 : 0;
      ability = updateAbility(ability, { area, level, guess: 0, score });
    }
    expect(Math.abs(ability.general.mean - 4.2)).toBeLessThan(0.35);
    expect(ability.general.variance).toBeLessThan(0.1);
  });
});

describe("one answer", () => {
  const answered = (score: number, level = 3, guess = 0) =>
    updateAbility(freshAbility(), { area: "llm", level, guess, score });

  it("moves ability towards what it shows, and the area it was in most", () => {
    expect(answered(1).general.mean).toBeGreaterThan(3.5);
    expect(answered(0).general.mean).toBeLessThan(3.5);
    expect(answered(1).offsets.llm?.mean).toBeGreaterThan(0);
    expect(answered(1).offsets.fraud).toBeUndefined();
  });

  it("says more when it is a surprise, and less when it could be guessed", () => {
    expect(answered(1, 5).general.mean).toBeGreaterThan(answered(1, 2).general.mean);
    expect(answered(1, 5, 0.25).general.mean).toBeLessThan(answered(1, 5).general.mean);
  });

  it("takes half a score as half of the evidence", () => {
    const [half, right, wrong] = [answered(0.5, 3.5), answered(1, 3.5), answered(0, 3.5)].map(
      ({ general }) => general.mean,
    );
    expect(half).toBeCloseTo(3.5, 6);
    expect(right - 3.5).toBeCloseTo(3.5 - wrong, 6);
  });
});

describe("the model of questions", () => {
  it("gives even odds at one's own level, one in twelve a level above, and never less than a guess", () => {
    expect(chanceRight(3, { level: 3, guess: 0 })).toBeCloseTo(0.5, 12);
    expect(chanceRight(3, { level: 4, guess: 0 })).toBeCloseTo(1 / 12, 12);
    expect(chanceRight(3, { level: 2, guess: 0 })).toBeCloseTo(11 / 12, 12);
    expect(chanceRight(3, { level: 3, guess: 0.25 })).toBeCloseTo(0.625, 12);
    expect(chanceRight(-50, { level: 3, guess: 0.25 })).toBeCloseTo(0.25, 12);
  });

  it("is told as much about ability as the slope of the chance says: its square over p (1 - p)", () => {
    for (const guess of [0, 0.25])
      for (const ability of [1.5, 3, 3.8]) {
        const question = { level: 3, guess };
        const h = 1e-5;
        const slope = (chanceRight(ability + h, question) - chanceRight(ability - h, question)) / (2 * h);
        const p = chanceRight(ability, question);
        expect(information(ability, question)).toBeCloseTo(slope ** 2 / (p * (1 - p)), 6);
      }
  });

  it("shares the exact posterior of an answer between general level and area by their variances", () => {
    for (const [level, guess, score] of [
      [3, 0, 1],
      [5, 0.25, 1],
      [2, 0, 0],
      [4, 0.2, 0.5],
    ] as const) {
      const [general, own] = [1.5 ** 2 + 0.05 ** 2 / 4, 0.35 ** 2];
      let [total, first, second] = [0, 0, 0];
      for (let x = -6; x <= 13; x += 1e-3) {
        const p = chanceRight(x, { level, guess });
        const weight = Math.exp((-0.5 * (x - 3.5) ** 2) / (general + own)) * p ** score * (1 - p) ** (1 - score);
        total += weight;
        first += weight * x;
        second += weight * x * x;
      }
      const mean = first / total;
      const variance = second / total - mean ** 2;
      const after = updateAbility(freshAbility(), { area: "llm", level, guess, score });
      const belief = areaBelief(after, "llm");
      expect(belief.mean).toBeCloseTo(mean, 2);
      expect((after.general.mean - 3.5) / (after.offsets.llm?.mean ?? 0)).toBeCloseTo(general / own, 6);
      const gain = general / (general + own);
      expect(after.general.variance).toBeCloseTo(general - gain ** 2 * (general + own - variance), 2);
      expect(after.offsets.llm?.variance).toBeCloseTo(own - (1 - gain) ** 2 * (general + own - variance), 3);
    }
  });

  it("tells nobody below the first level or above the last", () => {
    const at = (mean: number): number => levelOnScale({ general: { mean, variance: 1 }, offsets: {} });
    expect([-2, 0.9, 1.1, 5.9, 6.4].map(at)).toEqual([1, 1, 1.1, 5.9, 6]);
  });
});
