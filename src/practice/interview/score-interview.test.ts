import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/finding.ts";
import { readProblem } from "../../node/problem-files.ts";
import { foldEvents, type InterviewEvent, type InterviewState } from "./interview-event.ts";
import { renderScore } from "./render-interview.ts";
import { scoreInterview } from "./score-interview.ts";

const at = (seconds: number): string => new Date(1.8e12 + seconds * 1000).toISOString();
const START: InterviewEvent = { type: "start", at: at(0), session: "s", problem: "movie-recommendations", minutes: 45 };
const fold = (...events: readonly InterviewEvent[]): InterviewState => {
  const state = foldEvents([START, ...events]);
  if (state === undefined) throw new Error("no start");
  return state;
};
const films = readProblem("movie-recommendations");
const span = { file: "note.md", start: { line: 3, column: 1, offset: 0 }, end: { line: 3, column: 2, offset: 1 } };
const finding = (name: string, code = "HP301"): Finding => ({
  code,
  name,
  severity: "error",
  message: `it is ${name}`,
  at: span,
});

describe("scoring", () => {
  it("grows with what was asked and said, and quotes its evidence", () => {
    const empty = scoreInterview(films, fold(), []);
    expect(empty.scores.every(({ grade }) => grade === 0)).toBe(true);
    expect(empty.next).toHaveLength(3);
    const asked = films.facts.map(
      ({ name }, i): InterviewEvent => ({ type: "ask", at: at(i), text: `${name}?`, fact: name }),
    );
    const said = fold(...asked, {
      type: "write",
      at: at(100),
      step: 3,
      text: "Split by time: features are computed as of the request. Impressions that were shown and not played are negatives.",
    });
    const score = scoreInterview(films, said, []);
    const grades = Object.fromEntries(score.scores.map(({ dimension, grade }) => [dimension, grade]));
    expect([grades.ambiguity, grades.data, grades.serving]).toEqual([2, 2, 0]);
    expect(renderScore(score).join("\n")).toContain("Split by time");
  });

  it("gives staff only for what was raised beyond the points, with the sentence that did", () => {
    const points = "Split by time: features as of the request. Impressions that were shown are negatives.";
    const write = (text: string): InterviewEvent => ({ type: "write", at: at(9), step: 3, text });
    const data = (text: string) =>
      scoreInterview(films, fold(write(text)), []).scores.find(({ dimension }) => dimension === "data");
    expect(data(points)?.grade).toBe(2);
    const raised = data(`${points} Our own lists make a feedback loop.`);
    expect(raised?.grade).toBe(3);
    expect(raised?.evidence.join()).toContain("raised unasked: “Our own lists make a feedback loop.”");
    expect(data("There is a feedback loop.")?.grade).toBe(0);
  });

  it("counts an error that was left standing against the dimension, and not one that was answered", () => {
    const write: InterviewEvent = {
      type: "write",
      at: at(9),
      step: 3,
      text: "Split by time: features as of the request. Impressions that were shown are negatives.",
    };
    const findings = [finding("one"), finding("two")];
    const gradeOf = (state: InterviewState) =>
      scoreInterview(films, state, findings).scores.find(({ dimension }) => dimension === "data")?.grade;
    expect(gradeOf(fold(write))).toBe(1);
    expect(
      gradeOf(fold(write, { type: "probe", at: at(10), finding: "one", question: "?", answer: "I would mend it" })),
    ).toBe(2);
  });
});
