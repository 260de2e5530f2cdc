import { describe, expect, it } from "vitest";
import { DIMENSION_NAMES } from "../practice/interview/dimension.ts";
import { matchFacts } from "../practice/interview/match-fact.ts";
import { renderInterviewerView } from "../practice/interview/render-interview.ts";
import { problemNames, readProblem } from "./problem-files.ts";

describe("the problem library", () => {
  const problems = problemNames().map(readProblem);

  it("has fifteen problems and more, of at least six structures", () => {
    expect(problems.length).toBeGreaterThanOrEqual(15);
    expect(new Set(problems.map(({ structure }) => structure)).size).toBeGreaterThanOrEqual(6);
  });

  it.each(problems.map((problem) => [problem.name, problem] as const))(
    "%s can be asked for each of its facts and scored on each dimension",
    (_, problem) => {
      for (const fact of problem.facts) {
        const found = fact.cues.filter(
          (cue) => matchFacts(problem, `Tell me about the ${cue}?`)[0]?.fact.name === fact.name,
        );
        expect(found.length, `no question leads to ${fact.name}`).toBeGreaterThan(0);
      }
      const scored = new Set(problem.points.map(({ dimension }) => dimension));
      expect(DIMENSION_NAMES.filter((name) => !scored.has(name))).toEqual(["ambiguity", "numbers"]);
      expect(problem.facts.filter(({ key }) => key).length).toBeGreaterThanOrEqual(3);
      expect(renderInterviewerView(problem)).toContain(problem.facts[0].answer);
    },
  );
});
