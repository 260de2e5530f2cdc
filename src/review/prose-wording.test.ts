import { describe, expect, it } from "vitest";
import { type ProseStep, readWording, stepsOfHeading } from "./prose-wording.ts";

const STEPS: readonly ProseStep[] = [
  {
    number: 3,
    title: "Data",
    wordings: ["data", "training data", "feature engineering", "labels", "query", "gas", "dataset"],
  },
  { number: 4, title: "Model", wordings: ["model", "candidate generation", "behaviour model"] },
  { number: 5, title: "Evaluate", wordings: ["evaluation", "offline metrics", "labels"] },
  { number: 6, title: "Deploy", wordings: ["serving", "ab test", "optimization"] },
  { number: 7, title: "Monitor", wordings: ["monitoring!", "drift"] },
];
const read = (text: string) => readWording(text, STEPS);
const exact = (...steps: number[]) => ({ steps, known: true, exact: true, sure: false });
const partly = (...steps: number[]) => ({ steps, known: true, exact: false, sure: false });
const UNKNOWN = { steps: [], known: false, exact: false, sure: false };

describe("the wording of a heading", () => {
  it("is a step's from end to end, whatever stands in front of it, in singular or plural, in either spelling", () => {
    for (const text of [
      "Model",
      "## models",
      "4. Model",
      "4.2) Model",
      "IV. Model",
      "b) model",
      "Step 4: Model",
      "Chapter iv - Model",
      "The model",
      "Our ML model",
      "Model selection".replace(" selection", " design"),
      "Proposed model overview",
    ])
      expect(read(text), text).toEqual(exact(4));
    expect(read("Behavior models")).toEqual(exact(4));
    expect(read("Feature-engineering")).toEqual(exact(3));
    expect(read("A/B tests")).toEqual(exact(6));
    expect(read("Optimisation")).toEqual(exact(6));
    expect(read("Labelling")).toEqual(UNKNOWN);
    expect(read("Queries")).toEqual(exact(3));
    expect(read("Datasets")).toEqual(exact(3));
    // Words of three letters and those that end otherwise have no plural to lose.
    expect(read("Gas")).toEqual(exact(3));
    expect(read("Dataset's")).toEqual(exact(3));
  });

  it("has the steps of all its parts, in the order of its words", () => {
    expect(read("Serving and monitoring")).toEqual({ steps: [6, 7], known: true, exact: true, sure: false });
    expect(read("Monitoring / serving")).toEqual({ steps: [7, 6], known: true, exact: true, sure: false });
    expect(read("Model, data & drift")).toEqual(exact(4, 3, 7));
    expect(read("Model vs. data")).toEqual(exact(4, 3));
    expect(read("Model - data")).toEqual(exact(4, 3));
    expect(read("Monitoring")).toEqual({ steps: [7], known: true, exact: true, sure: true });
    expect(read("Labels")).toEqual(exact(3, 5));
    expect(read("Serving and burritos")).toEqual(partly(6));
  });

  it("is told by the longest wording inside, the last of those as long, while little else is said", () => {
    expect(read("Training data pipelines")).toEqual(partly(3));
    expect(read("Model evaluation")).toEqual(partly(5));
    expect(read("Evaluation model")).toEqual(partly(4));
    expect(read("Cheap model")).toEqual(partly(4));
    expect(read("Cheap fast model")).toEqual(UNKNOWN);
    expect(read("Cheap fast candidate generation")).toEqual(partly(4));
    expect(read("Very cheap fast candidate generation")).toEqual(UNKNOWN);
    expect(read("The the the the the the the the data lakes")).toEqual(UNKNOWN);
    expect(read("The the the the the the the data lakes")).toEqual(partly(3));
  });

  it("is asked where a word beside the wording is none of the field: the model of a rocket is no model of ours", () => {
    expect(read("Fraud model")).toEqual(partly(4));
    expect(read("Rocket model")).toEqual(UNKNOWN);
    expect(read("Data of the census")).toEqual(UNKNOWN);
  });

  it("is told by what stands before a preposition, or before what is served: the last wording won there", () => {
    expect(read("Evaluation of the model")).toEqual(partly(5));
    expect(read("Data for the evaluation")).toEqual(partly(3));
    expect(read("Serving the model")).toEqual(partly(6));
    expect(read("Choice of the model")).toEqual(exact(4));
    expect(read("Evaluation of the business")).toEqual(UNKNOWN);
  });

  it("is asked after a word of condition or time, which turns it to something else", () => {
    for (const word of ["When", "If", "Until", "Unless", "After", "Before", "Once"])
      for (const text of ["the model", "a fraud model is down"]) expect(read(`${word} ${text}`), word).toEqual(UNKNOWN);
    expect(read("The fraud model")).toEqual(partly(4));
  });

  it("is none in an appendix, whatever it is about", () => {
    for (const text of ["Appendix: data", "Appendix A. Model", "Appendices"]) expect(read(text), text).toEqual(exact());
  });

  it("is not changed by words that only stress it, and is told by what stands before `about`", () => {
    const asked = [{ number: 4 as const, title: "Model", wordings: ["what we model"] }];
    expect(readWording("What exactly do we really model", [...asked])).toEqual(UNKNOWN);
    expect(readWording("What we really model", [...asked])).toEqual(exact(4));
    expect(read("Labels about the model")).toEqual(partly(3, 5));
  });

  it("leaves out what stands in parentheses, where something is left", () => {
    expect(read("Model (the one of serving)")).toEqual(exact(4));
    expect(read("(Model)")).toEqual(exact(4));
    expect(read("Ranker (model)")).toEqual(partly(4));
    expect(read("Burritos (model)")).toEqual(UNKNOWN);
  });

  it("is known to be beside the design, or not known at all", () => {
    for (const text of ["References", "Unsorted", "Table of contents", "FAQ", "Further reading", "The summary"])
      expect(read(text), text).toEqual(exact());
    for (const text of ["Burritos", "", "…", "1."]) expect(read(text), text).toEqual(UNKNOWN);
    expect(read("References and summary")).toEqual(exact());
    expect(read("References and burritos")).toEqual(UNKNOWN);
    expect(stepsOfHeading("Serving and monitoring", STEPS)).toEqual([6, 7]);
  });
});
