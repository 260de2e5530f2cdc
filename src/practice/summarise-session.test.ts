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

describe("the end of a session without a clock", () => {
  const calm = { ...end, isTimeUp: false, mode: "practice" };

  it("says seconds below a minute and rounds minutes up, names what was left open, and lists nothing to look at again", () => {
    const [right, open] = [answer("a", "right"), answer("b", "unanswered")];
    expect(summariseSession({ ...calm, answered: [right] }).lines[0]).toBe("1 of 1 right, 40 s");
    const four = [right, right, right, open];
    expect(summariseSession({ ...calm, answered: four }).lines[0]).toBe("3 of 4 right, 1 left open, 3 min");
    expect(summariseSession({ ...calm, answered: four })).toMatchObject({ right: 3, open: 1, late: 0, seconds: 160 });
    expect(summariseSession({ ...calm, answered: four }).lines).toHaveLength(2);
  });

  it("gives the level with its spread, where it was before, and the days in a row from two on", () => {
    const after = foldHistory([answer("a", "right")]);
    const day = Math.floor(Date.parse(answer("a", "right").at) / 86_400_000);
    const line = (more: Partial<typeof calm>): string =>
      summariseSession({ ...calm, after, day, answered: [answer("a", "right")], ...more }).lines[1];
    const shown = (line({}).match(/[\d.]+/gu) ?? []).map(Number);
    expect(shown[0]).toBeGreaterThan(3.5);
    expect(shown[1]).toBeCloseTo(1.96 * Math.sqrt(after.ability.general.variance), 1);
    expect(line({})).toMatch(/^your level: \d\.\d ± \d\.\d$/u);
    expect(line({ before: after })).toContain(`(was ${shown[0].toFixed(1)})`);
    const two = foldHistory([{ ...answer("z", "right"), at: "2026-11-21T12:00:00.000Z" }, answer("a", "right")]);
    expect(line({ after: two })).toMatch(/, day 2 in a row$/u);
  });

  it("tells no level where all was left open, and none that was before", () => {
    const open = foldHistory([answer("a", "unanswered")]);
    const lines = (after: typeof open) =>
      summariseSession({ ...calm, before: open, after, answered: [answer("a", "right")] }).lines;
    expect(lines(open)[1]).toBe("your level is not known before the first answer");
    expect(lines(foldHistory([answer("a", "right")]))[1]).not.toContain("was");
  });

  it("counts a quarter of an hour at most for one answer", () => {
    const long = { ...answer("a", "right"), seconds: 3000 };
    expect(summariseSession({ ...calm, answered: [long, answer("b", "right")] }).seconds).toBe(940);
  });

  it("says that nothing was answered, and nothing left of today's set", () => {
    expect(summariseSession({ ...calm, answered: [] }).lines).toEqual(["nothing was answered"]);
    expect(summariseSession({ ...calm, mode: "daily", answered: [] }).lines).toEqual([
      "nothing is left of today's set",
    ]);
  });
});
