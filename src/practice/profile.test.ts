import { describe, expect, it } from "vitest";
import type { AnswerRecord, PlanRecord } from "./history.ts";
import { remember } from "./memory.ts";
import { dayOf, foldHistory, freshProfile, streak, withAnswer } from "./profile.ts";

/** 22 November 2026 is day 20,779 after 1 January 1970. */
const TODAY = 20_779;

const answer = (question: string, day: number, verdict: AnswerRecord["verdict"] = "right"): AnswerRecord => ({
  type: "answer",
  id: `${question}-${day}-${verdict}`,
  at: new Date(day * 86_400_000 + 3_600_000).toISOString(),
  question,
  area: "fraud",
  level: 3,
  guess: 0,
  seed: 7,
  typed: "1",
  verdict,
  score: verdict === "right" ? 1 : 0,
  hints: 0,
  seconds: 40,
  mode: "practice",
});

describe("what is known of a learner", () => {
  it("counts days from 1970, in UTC", () => {
    expect(dayOf("1970-01-02T00:00:00.000Z")).toBe(1);
    expect(dayOf("2026-11-22T23:59:59.999Z")).toBe(TODAY);
    expect(dayOf("2026-11-23T00:00:00.000Z")).toBe(TODAY + 1);
  });

  it("remembers each question on its own, from its first answer to its last", () => {
    const { memories, answers } = foldHistory([
      answer("a", TODAY - 9),
      answer("b", TODAY - 8, "wrong"),
      answer("a", TODAY - 3),
    ]);
    const first = remember(undefined, "right", 1, TODAY - 9);
    expect(memories.get("a")).toEqual(remember(first, "right", 1, TODAY - 3));
    expect(memories.get("a")).toMatchObject({ lastDay: TODAY - 3, answers: 2 });
    expect(memories.get("b")).toEqual(remember(undefined, "wrong", 0, TODAY - 8));
    expect([memories.size, answers.length]).toEqual([2, 3]);
  });

  it("is the same folded as a whole, folded on from the middle, and answer by answer", () => {
    const records = [answer("a", 5), answer("b", 6, "wrong"), answer("c", 7, "unanswered"), answer("a", 9)];
    const whole = foldHistory(records);
    expect(foldHistory(records.slice(2), foldHistory(records.slice(0, 2)))).toEqual(whole);
    expect(records.reduce(withAnswer, freshProfile())).toEqual(whole);
    expect(whole.ability).not.toEqual(freshProfile().ability);
  });

  it("learns nothing of the ability from an answer that nobody gave, and counts the question as forgotten", () => {
    const given = foldHistory([answer("a", 5)]);
    for (const after of [
      foldHistory([answer("b", 6, "unanswered")], given),
      withAnswer(given, answer("b", 6, "unanswered")),
    ]) {
      expect(after.ability).toEqual(given.ability);
      expect(after.memories.get("b")).toEqual(remember(undefined, "wrong", 0, 6));
      expect(after.answers).toHaveLength(2);
    }
  });

  it("keeps the plan that was stated last", () => {
    const plan = (id: string): PlanRecord => ({
      type: "plan",
      id,
      at: "2026-11-22T12:00:00.000Z",
      until: "2026-12-24",
      hoursPerWeek: 5,
      target: 4,
    });
    const after = foldHistory([plan("first"), plan("second"), answer("a", TODAY)]);
    expect(after.plan?.id).toBe("second");
    expect(after.answers).toHaveLength(1);
    expect(foldHistory([], after).plan?.id).toBe("second");
  });

  it.each([
    ["none without an answer", [], 0],
    ["today alone", [0], 1],
    ["yesterday, since today is not over", [-1], 1],
    ["none where the last was before yesterday", [-2], 0],
    ["three in a row, two answers on one day", [-2, -1, -1, 0], 3],
    ["only those after the gap", [-5, -4, -1, 0], 2],
    ["without what a clock that was wrong put into the days to come", [-1, 0, 3], 2],
  ])("counts the days in a row with an answer: %s", (_, days, count) => {
    expect(streak(foldHistory(days.map((day) => answer("a", TODAY + day))), TODAY)).toBe(count);
  });
});
