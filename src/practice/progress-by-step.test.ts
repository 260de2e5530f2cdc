import { expect, it } from "vitest";
import type { StepNumber } from "../core/figure.ts";
import { foldHistory } from "./profile.ts";
import { progressBySteps } from "./progress-by-step.ts";
import { sampleAnswer, sampleCards } from "./sample-history.ts";

it("counts seen questions and right answers by the step of each question, and open ones as seen alone", () => {
  const [one, two, three, four] = sampleCards(40);
  const stepOf = new Map<string, StepNumber>([
    [one.id, 2],
    [two.id, 2],
    [three.id, 5],
  ]);
  const profile = foldHistory([
    sampleAnswer(one, { score: 1, at: 100 }),
    sampleAnswer(one, { score: 0, at: 101 }),
    { ...sampleAnswer(three, { score: 0, at: 102 }), verdict: "unanswered" as const },
    sampleAnswer(four, { score: 1, at: 103 }),
  ]);
  const steps = progressBySteps(profile, stepOf);
  expect(steps.map(({ step, questions, seen, answers }) => [step, questions, seen, answers])).toEqual([
    [1, 0, 0, 0],
    [2, 2, 1, 2],
    [3, 0, 0, 0],
    [4, 0, 0, 0],
    [5, 1, 1, 0],
    [6, 0, 0, 0],
    [7, 0, 0, 0],
  ]);
  expect([steps[1].share, steps[4].share]).toEqual([0.5, undefined]);
  // Wilson for one of two: 0.0945 to 0.9055.
  expect(steps[1].interval?.[0]).toBeCloseTo(0.0945, 3);
});
