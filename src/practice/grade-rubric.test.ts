import { describe, expect, it } from "vitest";
import { gradeRubric, readRubric } from "./grade-rubric.ts";
import { sampleQuestion } from "./sample-question.ts";

const question = sampleQuestion({
  kind: "explain",
  given: undefined,
  answer: undefined,
  ask: "Offline up, online flat. What now?",
  model: "Check the power of the test. Then the leak.",
  rubric: [
    { point: "The test may lack power", cues: ["power", "test"] },
    { point: "The gain may be a leak", cues: ["leak"] },
  ],
  mistakes: [
    { cues: ["launch anyway"], why: "nothing was gained" },
    { cues: ["does not matter"], why: "it does" },
  ],
});
if (question.kind !== "explain") throw new Error("not an explain question");

describe("reading a free answer", () => {
  it("quotes the one or two sentences that meet a point", () => {
    const { points } = readRubric(question, "The test was short. It lacks power. Nothing else.");
    expect(points.map(({ ticked, quote }) => [ticked, quote])).toEqual([
      [true, "The test was short. It lacks power."],
      [false, undefined],
    ]);
  });

  it("does not take a denied misconception for a held one", () => {
    const found = (text: string) => readRubric(question, text).misconceptions.map(({ index }) => index);
    expect(found("Launch anyway.")).toEqual([0]);
    expect(found("I would not launch anyway.")).toEqual([]);
    expect(found("We shouldn't launch anyway.")).toEqual([]);
    expect(found("The gap does not matter.")).toEqual([1]);
  });
});

describe("grading it", () => {
  const reading = readRubric(question, "Launch anyway. A leak and the power of the test.");

  it("caps the grade at close while a misconception stands, and lets the writer take it back", () => {
    expect(gradeRubric(question, reading, [true, true]).verdict).toBe("close");
    expect(gradeRubric(question, reading, [true, true, true])).toMatchObject({ verdict: "close", mistake: 0 });
    expect(gradeRubric(question, reading, [true, true, false])).toMatchObject({ verdict: "right", score: 1 });
  });

  it("names every point that was not said", () => {
    const grade = gradeRubric(question, reading, [false, true, false]);
    expect([grade.verdict, grade.because]).toEqual(["close", ["not said: The test may lack power"]]);
  });
});
