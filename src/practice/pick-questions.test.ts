import { describe, expect, it } from "vitest";
import type { AnswerRecord } from "./history.ts";
import { createPicker, type PickPlan } from "./pick-questions.ts";
import { foldHistory } from "./profile.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

const cards = sampleCards(40);
const plan: PickPlan = { cards, mode: "practice", count: 3, day: 100, seed: 5, records: [] };
const answer = (i: number, score = 1): AnswerRecord => sampleAnswer(cards[i], { score, at: 100 });

/** A whole session: what is picked one after the other, each answered right. */
function session(more: Partial<PickPlan>, profile = foldHistory([])) {
  const pick = createPicker({ ...plan, ...more });
  const picked: NonNullable<ReturnType<typeof pick>>[] = [];
  const answered: AnswerRecord[] = [];
  for (let next = pick(profile, answered); next !== undefined && picked.length < 20; next = pick(profile, answered)) {
    picked.push(next);
    answered.push(sampleAnswer(next.card, { score: 1, at: 100 }));
  }
  return picked;
}

describe("what a session asks", () => {
  it("is as many questions as were wanted, none twice, each in a variant of its own", () => {
    const picked = session({});
    expect(picked).toHaveLength(3);
    expect(new Set(picked.map(({ card }) => card.id)).size).toBe(3);
    expect(picked.map(({ seed }) => seed)).toEqual([5 + 7919, 5 + 2 * 7919, 5 + 3 * 7919]);
    expect(session({ seed: 2 ** 31 - 1 })[0].seed).toBe(7918);
  });

  it("finds the level of somebody new by six answers, and then chooses", () => {
    const reasons = session({ count: 1 }).map(({ reason }) => reason);
    expect(reasons).toEqual(["to find your level"]);
    const having = (count: number) => foldHistory(Array.from({ length: count }, (_, i) => answer(i)));
    expect(session({ count: 1 }, having(5))[0].reason).toBe("to find your level");
    expect(session({ count: 1 }, having(6))[0].reason).not.toBe("to find your level");
    const leftOpen = foldHistory(
      Array.from({ length: 12 }, (_, i) => ({ ...answer(i, 0), verdict: "unanswered" as const })),
    );
    expect(session({ count: 1 }, leftOpen)[0].reason).toBe("to find your level");
    expect(session({ count: 1, mode: "gauntlet" })[0].reason).not.toBe("to find your level");
  });

  it("goes deeper after a right answer alone", () => {
    const pool = sampleCards(200);
    const pick = createPicker({ ...plan, cards: pool });
    const known = foldHistory(Array.from({ length: 8 }, (_, i) => sampleAnswer(pool[i], { score: 1, at: 100 })));
    const first = (score: number): AnswerRecord => sampleAnswer(pool[0], { score, at: 100 });
    expect(pick(known, [first(1)])).toMatchObject({ card: { id: pool[0].next[0] }, reason: "goes deeper" });
    expect(pick(known, [first(0)])?.reason).not.toBe("goes deeper");
  });

  it("is the one question that was named", () => {
    const picked = session({ question: "question-0" });
    expect(picked.map(({ card, reason }) => [card.id, reason])).toEqual([["question-0", "chosen"]]);
  });

  it("is the challenge in its order and variants, and ends where a question of it is gone", () => {
    const challenge = [
      { question: "question-3", seed: 11 },
      { question: "question-1", seed: 12 },
      { question: "gone", seed: 13 },
      { question: "question-2", seed: 14 },
    ];
    expect(session({ challenge }).map(({ card, seed, reason }) => [card.id, seed, reason])).toEqual([
      ["question-3", 11, "challenge"],
      ["question-1", 12, "challenge"],
    ]);
  });

  it("is today's set without what was answered from it today", () => {
    const whole = session({ mode: "daily" });
    expect(whole.map(({ reason }) => reason)).toEqual(["today's set", "today's set", "today's set"]);
    const [{ card }] = whole;
    const done = (at: number, mode: AnswerRecord["mode"]): AnswerRecord => ({
      ...sampleAnswer(card, { score: 1, at }),
      mode,
    });
    const ids = (records: readonly AnswerRecord[]) => session({ mode: "daily", records }).map((one) => one.card.id);
    expect(ids([done(100.5, "daily")])).toEqual(whole.slice(1).map((one) => one.card.id));
    expect(ids([done(100.5, "practice")])).toEqual(whole.map((one) => one.card.id));
  });
});
