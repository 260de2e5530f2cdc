import { describe, expect, it } from "vitest";
import { readProblem } from "../../node/problem-files.ts";
import { DIMENSIONS, type Grade } from "./dimension.ts";
import { foldEvents, type InterviewState } from "./interview-event.ts";
import { renderAgreement, renderInterviewerView, renderScore, statusLine } from "./render-interview.ts";
import type { InterviewScore } from "./score-interview.ts";
import { compareSheets, emptySheet, type Sheet } from "./sheet.ts";

const four = (name: string): readonly string[] => [1, 2, 3, 4].map((i) => `${name} ${i}`);
const none = { count: 0, of: 0 };

function scoreOf(grade: Grade): InterviewScore {
  return {
    scores: [
      {
        dimension: "data",
        grade,
        evidence: [{ says: "point", quote: "words", place: "section 3" }, ...four("said").map((says) => ({ says }))],
        missing: four("left out"),
      },
    ],
    probes: [],
    counts: { questions: none, keyFacts: none, points: none, probes: none },
    atTheEnd: 2.04,
    times: [
      { step: 1, minutes: 9.96, usual: 6.6, isLate: true },
      { step: 2, minutes: 0, usual: 5, isLate: false },
    ],
    next: ["first", "second"],
  };
}

describe("a score as text", () => {
  it("draws the grade, quotes all that speaks for it with its place, lists all that does not, and says what the next grade shows", () => {
    const { anchors } = DIMENSIONS.data;
    const rows = ([0, 1, 2, 3] as const).map((grade) => renderScore(scoreOf(grade)).slice(3, -6));
    expect(rows[1]).toEqual([
      `${"Data".padEnd(26)} ■□□  mid`,
      "    + point: “words” (section 3)",
      ...four("said").map((one) => `    + ${one}`),
      ...four("left out").map((one) => `    - ${one}`),
      `    senior: ${anchors[1]}`,
    ]);
    expect([rows[0][0].slice(27), rows[0].at(-1)]).toEqual(["□□□  below mid", `    mid: ${anchors[0]}`]);
    expect([rows[2][0].slice(27), rows[2].at(-1)]).toEqual(["■■□  senior", `    staff: ${anchors[2]}`]);
    expect([rows[3][0].slice(27), rows[3].at(-1)]).toEqual(["■■■  staff", "    - left out 4"]);
  });

  it("ends with the minutes by step and what to do next", () => {
    expect(renderScore(scoreOf(1)).slice(-6)).toEqual([
      "",
      "minutes by step, beside the usual: 1: 10.0 of 7 (long), 2: 0.0 of 5; questions at the end: 2.0",
      "",
      "next:",
      "  1. first",
      "  2. second",
    ]);
  });

  it("says what was asked and told, and shows each answer at the end with what it carries", () => {
    const score: InterviewScore = {
      ...scoreOf(1),
      counts: {
        questions: { count: 1, of: 2 },
        keyFacts: { count: 3, of: 5 },
        points: { count: 1, of: 16 },
        probes: { count: 1, of: 2 },
      },
      probes: [
        { question: "how?", answer: "by time", isAnswered: true, carries: ["Split by time"] },
        { question: "why?", answer: "", isAnswered: false, carries: [] },
        { question: "when?", answer: "no idea", isAnswered: false, carries: [] },
        { question: "where?", answer: "there", isAnswered: true, carries: [] },
      ],
    };
    const lines = renderScore(score);
    expect(lines[1]).toBe(
      "2 questions asked, 1 of them told a fact; 3 of 5 key facts, 1 of 16 points made, 1 of 2 questions at the end answered",
    );
    const begin = lines.indexOf("asked at the end:");
    expect(lines.slice(begin, begin + 11)).toEqual([
      "asked at the end:",
      "  1. how?",
      "     “by time”",
      "     it carries: Split by time",
      "  2. why?",
      "     left open",
      "  3. when?",
      "     no answer: “no idea”",
      "  4. where?",
      "     “there”",
      "     nothing of the sheet is quoted from it",
    ]);
    expect(renderScore(scoreOf(1))[1]).toBe("no question asked; 0 of 0 key facts, 0 of 0 points made");
  });

  it("keeps the proposal beside the grade that a person gives", () => {
    const score = scoreOf(1);
    const overruled = { grade: 3, reason: "said aloud", by: "interviewer" } as const;
    const lines = renderScore({ ...score, scores: score.scores.map((one) => ({ ...one, overruled })) });
    expect(lines[3]).toMatch(/^Data +■□□ {2}mid \(proposed\)$/u);
    expect(lines[4].trim()).toBe("■■■  staff, says the interviewer: “said aloud”");
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
    `- **${title}**\n  - mid: ${anchors[0]}\n  - senior: ${anchors[1]}\n  - staff: ${anchors[2]}\n  - in this problem:\n    - ${point}\n`,
  );
  expect(view).toContain(`## Follow-ups\n\n- ${problem.follow_ups[0]}\n`);
});

describe("two sheets as text", () => {
  const sheet = (grades: Readonly<Record<string, Grade>>, head: Partial<Sheet> = {}): Sheet => {
    const empty = emptySheet("p");
    const given = Object.fromEntries(Object.entries(grades).map(([name, grade]) => [name, { grade, evidence: "" }]));
    return { ...empty, candidate: "Ana", interviewer: "Ben", ...head, grades: { ...empty.grades, ...given } };
  };
  const told = (a: Sheet, b: Sheet) => renderAgreement(compareSheets(a, b));

  it("name every dimension, with both grades and whose they are, those furthest apart first", () => {
    const ben = sheet({ framing: 2, data: 0, serving: 1 });
    const cleo = sheet({ framing: 2, data: 2, serving: 2, numbers: 1 }, { interviewer: "Cleo", candidate: " ana " });
    expect(told(ben, cleo)).toEqual([
      "1 of 3 dimensions graded alike, 2 within one level; weighted kappa 0.00",
      "graded otherwise, Ben, then Cleo:",
      "  Data: below mid and senior, 2 levels apart: talk about it",
      "  Serving at scale: mid and senior",
      "graded alike: Framing (senior)",
      "not graded by both: Ambiguity, Modelling, Evaluation, Experiments, Operations, Communication of numbers",
    ]);
    expect(told(sheet({ data: 1 }), sheet({ data: 1 }, { interviewer: "Cleo" }))[0]).toContain("not defined");
    expect(told(sheet({}), sheet({}))).toEqual(["the two sheets have no dimension that both graded"]);
  });

  it("say of two people, of two problems and of a sheet without a name what a difference is not", () => {
    const [ana, dan] = [sheet({ data: 0, framing: 1 }), sheet({ data: 2, framing: 2 }, { candidate: "Dan" })];
    expect(told(ana, dan).slice(0, 3)).toEqual([
      "two candidates (Ana, Dan): a difference of grades is one between people, no progress and no disagreement",
      "0 of 2 dimensions graded alike, 1 within one level",
      "graded otherwise, Ana, then Dan:",
    ]);
    expect(told(ana, sheet({ data: 2 }, { problem: "q" }))[0]).toBe(
      "two problems (p, q): a difference of grades is no progress and no disagreement",
    );
    const nameless = told(ana, sheet({ data: 2, framing: 1 }, { candidate: " " }));
    expect(nameless[0]).toBe("a sheet names no candidate: whether both are of one person is not known");
    expect(nameless[1]).toContain("weighted kappa");
  });
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
