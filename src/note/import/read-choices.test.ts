import { describe, expect, it } from "vitest";
import type { StepNumber } from "../../core/figure.ts";
import { readChoices } from "./read-choices.ts";

function read(text: string, step: StepNumber): { chosen: string[]; said: string[] } {
  const place = { file: "a.md", line: 1, quote: text };
  const { proposals, remarks } = readChoices({ text, steps: [step], under: "", place });
  return { chosen: proposals.map(({ value }) => value), said: remarks.map(({ says }) => says) };
}

describe("the models of a line", () => {
  it.each([
    ["We will use neither DLRM nor two-tower.", []],
    ["We do not use BERT, we use a two-tower network.", ["two-tower"]],
    ["Instead of ALS we chose EASE.", ["ease"]],
    ["We do not use DLRM but we chose two-tower.", ["two-tower"]],
    ["| XGBoost | chosen |", ["gbdt"]],
    ["| DLRM | rejected |", []],
    ["We start with logistic regression as a baseline.", []],
    ["As a baseline we use logistic regression.", []],
    ["We use a logistic regression baseline.", []],
    ["We chose XGBoost because it beats the baseline.", ["gbdt"]],
    ["LambdaMART vs. DCN: we go with LambdaMART.", ["gbdt"]],
    ["I'd go for a two-tower model.", ["two-tower"]],
    ["We use the Transformers library.", []],
  ])("%s", (text, chosen) => {
    expect(read(text, 4).chosen).toEqual(chosen);
  });

  it("are named where they are not chosen, and a baseline is called one", () => {
    expect(read("We will use neither DLRM nor two-tower.", 4).said).toEqual([
      "two-tower is named, not chosen",
      "dlrm is named, not chosen",
    ]);
    expect(read("We start with logistic regression as a baseline.", 4).said).toEqual([
      "logistic-regression is the baseline, not a stage",
    ]);
  });
});

describe("retention", () => {
  it.each(["Retention policy of logs.", "Retention 1-2 weeks.", "Log retention.", "Retention of events: 90 days"])(
    "of logs is no metric: %s",
    (text) => {
      expect(read(text, 2).chosen).toEqual([]);
    },
  );

  it.each(["7-day retention", "Retention of users", "CTR is not used; retention is."])(
    "of users is one: %s",
    (text) => {
      expect(read(text, 2).chosen).toEqual(["retention"]);
    },
  );
});

it("takes the period of retraining from the part that is not denied", () => {
  expect(read("Retrain daily; do not retrain hourly.", 7).chosen).toEqual(["1 d"]);
  expect(read("We do not retrain hourly.", 7).chosen).toEqual([]);
});
