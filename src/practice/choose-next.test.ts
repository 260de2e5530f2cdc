import { describe, expect, it } from "vitest";
import { createRandom } from "../core/random.ts";
import { chooseNext, choosePlacement } from "./choose-next.ts";
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

describe("a choice among few", () => {
  const fresh = foldHistory([]);
  const [card] = cards;
  const options = (more = {}) => ({ day: 100, random: createRandom(2), ...more });
  const winner = (pool: readonly (typeof card)[], profile = fresh, more = {}) =>
    chooseNext(profile, pool, options(more));

  it("aims at seven right of ten: half a level below one's own before half a level above", () => {
    const at = (level: number) => ({ ...card, id: `level-${level}`, level, next: [] });
    const profile = { ...fresh, ability: { general: { mean: 3.35, variance: 0.1 }, offsets: {} } };
    expect(winner([at(3), at(4), at(2)], profile)?.card.id).toBe("level-3");
    expect(winner([at(4), at(2)], profile)?.card.id).toBe("level-2");
  });

  it("says why: seen before where nothing else is left, about to be forgotten where it is due", () => {
    const seen = foldHistory([sampleAnswer(card, { score: 1, at: 100 })]);
    expect(winner([card], seen)?.reason).toBe("seen before");
    expect(winner([card], seen, { day: 400 })?.reason).toBe("about to be forgotten");
    expect(winner([card])?.reason).toBe("new, at your level");
  });

  it("takes the review that is most overdue", () => {
    const [a, b] = [card, { ...card, id: "other" }];
    const seen = foldHistory([sampleAnswer(a, { score: 1, at: 60 }), sampleAnswer(b, { score: 1, at: 20 })]);
    expect(winner([a, b], seen)?.card.id).toBe("other");
    expect(winner([b, a], seen)?.card.id).toBe("other");
  });

  it("of those still known takes the one known least, and something new before either", () => {
    const [a, b] = [card, { ...card, id: "other" }];
    const seen = foldHistory([sampleAnswer(a, { score: 1, at: 100 }), sampleAnswer(b, { score: 1, at: 98 })]);
    expect(winner([a, b], seen)?.card.id).toBe("other");
    expect(winner([a, b, { ...card, id: "new", level: 6 }], seen)?.card.id).toBe("new");
  });

  it("turns from an area that was just practised, where two are alike", () => {
    const other = cards.find(({ area, level }) => area !== card.area && level === card.level) ?? card;
    const level = 3;
    const pool = [
      { ...card, id: "same", level, next: [] },
      { ...other, id: "elsewhere", level, next: [] },
    ];
    const variance = 0.01;
    const ability = {
      general: { mean: 3.3, variance },
      offsets: { [card.area]: { mean: 0, variance }, [other.area]: { mean: 0, variance } },
    };
    const answers = Array.from({ length: 4 }, (_, at) => sampleAnswer(card, { score: 1, at }));
    expect(winner(pool, { ...fresh, ability, answers })?.card.id).toBe("elsewhere");
    const long = [...answers, ...Array.from({ length: 8 }, (_, at) => sampleAnswer(other, { score: 1, at: 9 + at }))];
    expect(winner(pool, { ...fresh, ability, answers: long })?.card.id).toBe("same");
  });

  it("places with short questions only, the most telling one, and an area not asked yet where they are alike", () => {
    const place = (pool: readonly (typeof card)[], profile = fresh, more = {}) =>
      choosePlacement(profile, pool, options(more));
    const at = (level: number, minutes = 2) => ({ ...card, id: `${level}-${minutes}`, level, minutes });
    expect(place([at(1), at(3), at(6)])?.card.id).toBe("3-2");
    expect(place([at(1), at(3, 7)])?.card.id).toBe("1-2");
    expect(place([at(1), at(3, 6)])).toEqual({ card: at(3, 6), reason: "to find your level" });
    expect(place([at(3)], fresh, { asked: new Set(["3-2"]) })).toBeUndefined();
    const other = { ...(cards.find(({ area }) => area !== card.area) ?? card), id: "elsewhere", level: 3 };
    const ability = { general: { mean: 3, variance: 0.1 }, offsets: {} };
    const asked = { ...fresh, ability, answers: [sampleAnswer(card, { score: 1, at: 1 })] };
    expect(place([at(3), other], asked)?.card.id).toBe("elsewhere");
  });

  it("takes the first of those that are alike in all", () => {
    const random = { ...createRandom(1), uniform: () => 0 };
    const alike = [card, { ...card, id: "second" }];
    expect(chooseNext(fresh, alike, { day: 100, random })?.card.id).toBe(card.id);
    expect(choosePlacement(fresh, alike, { day: 100, random })?.card.id).toBe(card.id);
  });
});
