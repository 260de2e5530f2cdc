import { describe, expect, it } from "vitest";
import { readProblem } from "../../node/problem-files.ts";
import { DIMENSIONS, type Grade } from "./dimension.ts";
import { foldEvents, type InterviewState } from "./interview-event.ts";
import { renderAgreement, renderInterviewerView, renderScore, statusLine } from "./render-interview.ts";
import type { InterviewScore } from "./score-interview.ts";

const four = (name: string): readonly string[] => [1, 2, 3, 4].map((i) => `${name} ${i}`);

function scoreOf(grade: Grade): InterviewScore {
  return {
    scores: [{ dimension: "data", grade, evidence: four("said"), missing: four("left out") }],
    times: [
      { step: 1, minutes: 9.96, usual: 6.6, isLate: true },
      { step: 2, minutes: 0, usual: 5, isLate: false },
    ],
    next: ["first", "second"],
  };
}

describe("a score as text", () => {
  it("draws the grade, quotes three of what speaks for it and two of what does not, and says what the next grade shows", () => {
    const { anchors } = DIMENSIONS.data;
    const rows = ([0, 1, 2, 3] as const).map((grade) => renderScore(scoreOf(grade)).slice(2, -6));
    expect(rows[1]).toEqual([
      `${"Data".padEnd(26)} ■□□  mid`,
      "    + said 1",
      "    + said 2",
      "    + said 3",
      "    - left out 1",
      "    - left out 2",
      `    senior: ${anchors[1]}`,
    ]);
    expect([rows[0][0].slice(27), rows[0].at(-1)]).toEqual(["□□□  below mid", `    mid: ${anchors[0]}`]);
    expect([rows[2][0].slice(27), rows[2].at(-1)]).toEqual(["■■□  senior", `    staff: ${anchors[2]}`]);
    expect([rows[3][0].slice(27), rows[3].at(-1)]).toEqual(["■■■  staff", "    - left out 2"]);
  });

  it("ends with the minutes by step and what to do next", () => {
    expect(renderScore(scoreOf(1)).slice(-6)).toEqual([
      "",
      "minutes by step, beside the usual: 1: 10.0 of 7 (long), 2: 0.0 of 5",
      "",
      "next:",
      "  1. first",
      "  2. second",
    ]);
  });
});

it("shows the interviewer the facts with their keys, the changes, the rubric by dimension and what to ask further", () => {
  const problem = readProblem("ad-click-prediction");
  const view = renderInterviewerView(problem);
  const [goal] = problem.facts;
  const unmarked = problem.facts.find(({ key }) => !key);
  expect(view).toContain(`- **${goal.name}** (key): ${goal.answer} What it does to the design: ${goal.changes}.`);
  expect(view).toContain(`- **${unmarked?.name}**: ${unmarked?.answer}`);
  expect(view).toContain(`- after section ${problem.changes[0].after}: ${problem.changes[0].say}`);
  const { title, anchors } = DIMENSIONS.framing;
  const { point } = problem.points.filter(({ dimension }) => dimension === "framing")[0];
  expect(view).toContain(
    `- **${title}**\n  - mid: ${anchors[0]}\n  - senior: ${anchors[1]}\n  - staff: ${anchors[2]}\n    - ${point}\n`,
  );
  expect(view).toContain(`## Follow-ups\n\n- ${problem.follow_ups[0]}\n`);
});

it("says how far two sheets agree, and what to talk about", () => {
  const agreed = { compared: 9, same: 6, withinOne: 8, kappa: 0.4567, apart: [] };
  expect(renderAgreement(agreed)).toEqual(["6 of 9 dimensions graded alike, 8 within one level; weighted kappa 0.46"]);
  expect(renderAgreement({ ...agreed, kappa: undefined })[0]).toContain("not defined");
  expect(renderAgreement({ ...agreed, apart: [{ dimension: "data", grades: [0, 2] }] }).slice(1)).toEqual([
    "to talk about:",
    "  Data: below mid and senior",
  ]);
  expect(renderAgreement({ ...agreed, compared: 0 })).toEqual(["the two sheets have no dimension that both graded"]);
});

it("says where one stands: minutes begun count as left, and as over", () => {
  const start = foldEvents([
    { type: "start", at: "2026-01-01T10:00:00.000Z", session: "s", problem: "p", minutes: 45 },
  ]);
  const after = (seconds: number, revealed: readonly string[] = []): InterviewState => {
    if (start === undefined) throw new Error("no start");
    return { ...start, step: 3, revealed, seconds: { 1: seconds } };
  };
  expect(statusLine(after(0))).toBe("step 3 of 7, 45 min left, 0 facts known");
  expect(statusLine(after(30, ["a"]))).toBe("step 3 of 7, 45 min left, 1 fact known");
  expect(statusLine(after(60, ["a", "b"]))).toBe("step 3 of 7, 44 min left, 2 facts known");
  expect(statusLine(after(45 * 60))).toBe("step 3 of 7, 0 min left, 0 facts known");
  expect(statusLine(after(44.5 * 60))).toBe("step 3 of 7, 1 min left, 0 facts known");
  expect(statusLine(after(45.5 * 60))).toBe("step 3 of 7, 1 min over, 0 facts known");
});
