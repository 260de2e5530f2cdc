import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { chooseNext } from "./choose-next.ts";
import { dailySet } from "./daily-set.ts";
import { foldHistory, streak } from "./profile.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const cards = sampleCards(400);
const choose = (records: Parameters<typeof foldHistory>[0], day: number, more = {}) =>
  chooseNext(foldHistory(records), cards, { day, random: createRandom(1), ...more });

describe("the next question", () => {
  it("is one about to be forgotten before anything new", () => {
    const choice = choose([sampleAnswer(cards[5], { score: 1, at: 100 })], 140);
    expect(choice).toMatchObject({ card: { id: cards[5].id }, reason: "about to be forgotten" });
  });

  it("is something new while what was seen is still known", () => {
    const choice = choose([sampleAnswer(cards[5], { score: 1, at: 100 })], 100);
    expect(choice?.card.id).not.toBe(cards[5].id);
  });

  it("follows the chain after a right answer, and not after a wrong one", () => {
    const from = cards[0];
    const right = choose([sampleAnswer(from, { score: 1, at: 100 })], 100, { last: { card: from, right: true } });
    expect(right).toMatchObject({ card: { id: from.next[0] }, reason: "goes deeper" });
    const wrong = choose([sampleAnswer(from, { score: 0, at: 100 })], 100, { last: { card: from, right: false } });
    expect(wrong?.reason).not.toBe("goes deeper");
  });

  it("rises with the learner", () => {
    const strong = cards.slice(0, 96).map((card) => sampleAnswer(card, { score: 1, at: 100 }));
    const weak = cards.slice(0, 96).map((card) => sampleAnswer(card, { score: 0, at: 100 }));
    expect(choose(strong, 100)?.card.level).toBeGreaterThan(3);
    const asked = new Set(cards.slice(0, 96).map(({ id }) => id));
    expect(choose(weak, 100, { asked })?.card.level).toBeLessThan(3);
  });

  it("comes from the weaker of two areas where both are as hard and as little known", () => {
    const [strong, weak] = cards;
    const variance = 0.1;
    const ability = {
      general: { mean: 3, variance },
      offsets: { [strong.area]: { mean: 1, variance }, [weak.area]: { mean: -1, variance } },
    };
    const pair = [
      { ...strong, level: 4, next: [] },
      { ...weak, level: 2, next: [] },
    ];
    const profile = { ...foldHistory([]), ability };
    for (let seed = 1; seed <= 5; seed++)
      expect(chooseNext(profile, pair, { day: 1, random: createRandom(seed) })?.card.id).toBe(weak.id);
  });

  it("is none when all were asked in this sitting", () => {
    expect(choose([], 0, { asked: new Set(cards.map(({ id }) => id)) })).toBeUndefined();
  });
});

describe("the set of a day", () => {
  const records = cards.slice(0, 60).map((card, i) => sampleAnswer(card, { score: i % 2, at: 90 + (i % 10) }));
  const idsOf = (day: number, history = records) => dailySet(history, cards, day, 8).map(({ id }) => id);

  it("is the same all day, whatever is answered meanwhile", () => {
    const today = idsOf(110);
    const answered = [
      ...records,
      ...today
        .slice(0, 4)
        .map((id) => sampleAnswer(cards.find((card) => card.id === id) ?? cards[0], { score: 1, at: 110 })),
    ];
    expect(idsOf(110, answered)).toEqual(today);
    expect(new Set(today).size).toBe(8);
  });

  it("is not tomorrow's set shifted by one", () => {
    const [today, tomorrow] = [idsOf(110, []), idsOf(111, [])];
    expect(today.slice(1)).not.toEqual(tomorrow.slice(0, -1));
    expect(tomorrow.filter((id) => today.includes(id)).length).toBeLessThan(6);
  });
});

it("counts days in a row, and does not break a day that is not over", () => {
  const on = (days: readonly number[]) => foldHistory(days.map((day) => sampleAnswer(cards[0], { score: 1, at: day })));
  expect(streak(on([7, 8, 9]), 9)).toBe(3);
  expect(streak(on([7, 8, 9]), 10)).toBe(3);
  expect(streak(on([7, 8, 9]), 11)).toBe(0);
  expect(streak(on([]), 3)).toBe(0);
});
