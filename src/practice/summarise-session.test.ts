import { describe, expect, it } from "vitest";
import type { AnswerRecord } from "./history.ts";
import { foldHistory } from "./profile.ts";
import { summariseSession } from "./summarise-session.ts";

const answer = (id: string, verdict: AnswerRecord["verdict"]): AnswerRecord => ({
  type: "answer",
  id,
  at: "2026-11-22T12:00:00.000Z",
  question: `question-${id}`,
  area: "fraud",
  level: 3,
  guess: 0,
  seed: 7,
  typed: "1",
  verdict,
  score: verdict === "right" ? 1 : 0,
  hints: 0,
  seconds: 40,
  mode: "gauntlet",
});
const end = {
  late: undefined,
  isTimeUp: true,
  before: foldHistory([]),
  after: foldHistory([]),
  day: 20_000,
  mode: "gauntlet",
};

describe("the end of a gauntlet", () => {
  it("does not count the answer that the clock overtook, and says so", () => {
    const late = answer("c", "right");
    const {
      answered,
      right,
      late: count,
      lines,
    } = summariseSession({
      ...end,
      answered: [answer("a", "right"), answer("b", "wrong")],
      late,
    });
    expect([answered, right, count]).toEqual([2, 1, 1]);
    expect(lines[0]).toBe("time is up: the last answer came too late; it is kept, and not counted");
    expect(lines[1]).toBe("1 of 2 right, 2 min");
  });

  it("says where each answer that was not right is worked out, in the variant that was asked", () => {
    const { lines } = summariseSession({ ...end, answered: [answer("a", "right"), answer("b", "unanswered")] });
    expect(lines.filter((line) => line.includes("worked out"))).toEqual([
      "  worked out: heptad bank show question-b --seed 7",
    ]);
  });

  it("is nothing where the time ended before the first answer", () => {
    expect(summariseSession({ ...end, answered: [] }).lines).toEqual(["time is up", "nothing was answered in time"]);
  });
});
