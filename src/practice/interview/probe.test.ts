import { describe, expect, it } from "vitest";
import type { Finding } from "../../core/finding.ts";
import { readProblem } from "../../node/problem-files.ts";
import { foldEvents, type InterviewState } from "./interview-event.ts";
import { nextProbes } from "./probe.ts";

const problem = { ...readProblem("ad-click-prediction"), points: [] };
const at = { file: "n.md", start: { line: 1, column: 1, offset: 0 }, end: { line: 1, column: 2, offset: 1 } };
const finding = (name: string, severity: Finding["severity"] = "error", code = "HP301"): Finding => ({
  ...{ code, name, severity, message: `it is ${name}`, at },
});

function stateWith(...answered: readonly string[]): InterviewState {
  const state = foldEvents([
    { type: "start", at: "2026-01-01T10:00:00.000Z", session: "s", problem: "p", minutes: 45 },
  ]);
  if (state === undefined) throw new Error("no start");
  return {
    ...state,
    sections: { 3: "split: { by: time }" },
    probes: answered.map((one) => ({ finding: one, question: "q", answer: "a" })),
  };
}
const probed = (findings: readonly Finding[], state = stateWith(), of = problem): string[] =>
  nextProbes(of, state, findings).map(({ about }) => about);

describe("the probes of an interviewer", () => {
  it("are the gravest of what is written, three at most, and then what is absent", () => {
    const findings = [
      finding("missing-labels"),
      finding("advice", "advice"),
      finding("warning", "warning"),
      finding("first"),
      finding("second"),
      finding("form", "error", "HP001"),
    ];
    expect(probed(findings)).toEqual(["first", "second", "warning", "missing-labels"]);
  });

  it("are five at most with those that were answered, which are not asked again", () => {
    const findings = ["a", "b", "c", "d", "e", "f"].map((name) => finding(`missing-${name}`));
    expect(probed(findings)).toHaveLength(5);
    expect(probed(findings, stateWith("missing-a"))).toEqual(["missing-b", "missing-c", "missing-d", "missing-e"]);
    expect(probed(findings, stateWith("1", "2", "3", "4", "5"))).toEqual([]);
    expect(probed(findings, stateWith("1", "2", "3", "4", "5", "6"))).toEqual([]);
    expect(probed([finding("a"), finding("a")])).toEqual(["a"]);
  });

  it("are none of the reviewer where the section is in plain sentences: it has read nothing there", () => {
    const plain = { ...stateWith(), sections: { 3: "We split by time, and label: a purchase." } };
    expect(probed([finding("first"), finding("missing-labels")], plain)).toEqual([]);
    expect(probed([finding("first", "error", "HP401")])).toEqual([]);
  });

  it("ask for one point of each dimension that nobody made", () => {
    const all = readProblem("ad-click-prediction");
    const [first] = all.points;
    const same = all.points.filter(({ dimension }) => dimension === first.dimension);
    const [probe, ...rest] = nextProbes({ ...all, points: same }, stateWith(), []);
    expect(probe).toEqual({
      about: `${first.dimension}: ${first.point}`,
      question: `You have not spoken of this yet: ${first.point}. How would you?`,
    });
    expect(rest).toEqual([]);
  });

  it("name the section, what was found there and why", () => {
    const [plain, why] = nextProbes(problem, stateWith(), [finding("a"), { ...finding("b"), why: "it leaks" }]);
    expect(plain.question).toBe("In your section 3: it is a. What do you say?");
    expect(why.question).toBe("In your section 3: it is b. Consider that it leaks. What do you say?");
  });
});
