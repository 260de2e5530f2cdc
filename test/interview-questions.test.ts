import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { z } from "zod";
import { problemNames, readProblem } from "../src/node/problem-files.ts";
import { matchFacts } from "../src/practice/interview/match-fact.ts";

const { none, ...problems } = z
  .object({ none: z.array(z.string()) })
  .catchall(z.record(z.string(), z.array(z.string())))
  .parse(parse(readFileSync("test/interview-questions.yaml", "utf8")));
const questionsOf = z.record(z.string(), z.record(z.string(), z.array(z.string()))).parse(problems);

describe.each(problemNames())("a candidate of %s", (name) => {
  const problem = readProblem(name);
  const asked = questionsOf[name] ?? {};

  it("can ask for each hidden fact in three ordinary ways at least", () => {
    expect(Object.keys(asked)).toEqual(problem.facts.map((fact) => fact.name));
    for (const [fact, questions] of Object.entries(asked))
      expect(new Set(questions).size, fact).toBeGreaterThanOrEqual(3);
  });

  it("gets the fact that was asked for, and no other", () => {
    const wrong = Object.entries(asked).flatMap(([fact, questions]) =>
      questions.flatMap((question) => {
        const [best, second] = matchFacts(problem, question);
        const isSure = best !== undefined && (second === undefined || best.score > second.score);
        return best?.fact.name === fact && isSure ? [] : [`${fact}: ${question} got ${best?.fact.name ?? "nothing"}`];
      }),
    );
    expect(wrong).toEqual([]);
  });

  it("gets no fact for what none of them says", () => {
    expect(none.length).toBeGreaterThan(10);
    const told = none.flatMap((question) =>
      matchFacts(problem, question).map(({ fact }) => `${question} ${fact.name}`),
    );
    expect(told).toEqual([]);
  });
});
