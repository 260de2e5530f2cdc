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
    ["Final pick: two-tower for candidates, then a DLRM ranker.", ["two-tower", "dlrm"]],
    ["Decision: GBDT over DLRM.", ["gbdt"]],
    ["Winner: GBDT, DLRM was second.", ["gbdt"]],
    ["Verdict: GBDT and not DLRM.", ["gbdt"]],
    ["We considered a DLRM but chose GBDT.", ["gbdt"]],
    ["We tried ALS and EASE, but we could choose GBDT.", []],
    ["We use GBDT and train it daily.", ["gbdt"]],
    ["The ranker is LightGBM.", ["gbdt"]],
    ["Retrieval: two-tower. Ranking: DLRM.", ["two-tower", "dlrm"]],
    ["- **Model**: LightGBM ranker, because it is fast.", ["gbdt"]],
    ["I propose a two-tower architecture.", ["two-tower"]],
    ["We fine-tune BERT on our data.", ["transformer"]],
    ["Model: LightGBM, CatBoost or a DLRM", []],
    ["Ranking: GBDT / DLRM", []],
    ["- Model: LightGBM?", []],
    ["The model of the paper is a DLRM.", []],
    ["If data grows we use a DLRM.", []],
    ["We might use a DLRM.", []],
    ["It would be nice to have a DLRM, but we use GBDT.", ["gbdt"]],
    ["We, unlike the DLRM team, use GBDT.", ["gbdt"]],
    ["The final model is a GBDT.", ["gbdt"]],
    ["The old system used logistic regression, now we use BERT.", ["transformer"]],
    ["We tried LightGBM; it lost to a two-tower model, which we ship", ["two-tower"]],
    ["A two-tower network (dim 128) retrieves 500 candidates; LightGBM ranks", ["two-tower", "gbdt"]],
    ["LambdaMART, then BERT cross-encoder for top 100", ["gbdt", "transformer"]],
    ["Logistic regression, then GBDT", []],
    ["We try LambdaMART, then BERT for the top 100", []],
    ["LightGBM ranks first in contests", []],
    ["Which model? A: Gradient boosting; ARIMA was tried", ["gbdt"]],
    ["- [x] two tower", ["two-tower"]],
    ["- [ ] two tower", []],
    ["- [x] compare two-tower with DLRM", []],
    ["| DNN (chosen) | fast |", ["deep neural network"]],
    ["We picked EfficientNet over ViT", ["efficientnet"]],
    ["GNN chosen over XGBoost", ["graph neural network"]],
    ["DistilBERT is used", ["distilbert"]],
    ["BERT is used by many firms", []],
    ["BERT is used as a teacher", []],
    ["XGBoost scores 0.82 AUC, BERT scores 0.85 AUC", []],
    ["a DLRM which we ship next year", []],
    ["Which model fits? A: ALS or EASE", []],
    ["ALS (2009) → two-tower (2016) → transformers (2020), the best 3 models", []],
    ["At Pinterest, a two-tower network retrieves candidates", []],
    ["In the paper, DLRM ranks ads", []],
  ])("%s", (text, chosen) => {
    expect(read(text, 4).chosen).toEqual(chosen);
  });

  it("are named where they are not chosen, and a baseline is called one", () => {
    expect(read("We will use neither DLRM nor two-tower.", 4).said).toEqual([
      "two-tower is named, not chosen",
      "dlrm is named, not chosen",
    ]);
    expect(read("Logistic regression; DLRM.", 4).said).toEqual([
      "logistic-regression is named; whether it is chosen is not said",
      "dlrm is named; whether it is chosen is not said",
    ]);
    expect(read("We start with logistic regression as a baseline.", 4).said).toEqual([
      "logistic-regression is the baseline, not a stage",
    ]);
  });
});

describe("a model beside the one that is chosen", () => {
  it("is named, not chosen", () => {
    expect(read("We select two-tower for now and GBDT as a second.", 4)).toEqual({
      chosen: ["two-tower"],
      said: ["gbdt is named, not chosen"],
    });
    expect(read("We use GBDT, with logistic regression as our fallback.", 4).chosen).toEqual(["gbdt"]);
    expect(read("We use GBDT as a ranker.", 4).chosen).toEqual(["gbdt"]);
  });

  it("is told by the column that says which was taken", () => {
    const row = (text: string, columns: readonly string[]) => {
      const place = { file: "a.md", line: 1, quote: text };
      const { proposals, remarks } = readChoices({ text, steps: [4], under: "", place, columns });
      return [...proposals.map(({ value }) => value), ...remarks.map(({ says }) => says)];
    };
    const columns = ["Model", "AUC", "Chosen?"];
    expect(row("| CatBoost | 0.79 | yes |", columns)).toEqual(["gbdt"]);
    expect(row("| CatBoost | 0.79 | ✅ |", columns)).toEqual(["gbdt"]);
    expect(row("| Logistic regression | 0.71 | no |", columns)).toEqual(["logistic-regression is named, not chosen"]);
    expect(row("| CatBoost | 0.79 | yes |", ["Model", "AUC", "Explainable"])).toEqual([
      "gbdt is named; whether it is chosen is not said",
    ]);
  });
});

describe("how far down a list a metric looks", () => {
  it.each([
    ["recall at 10", ["recall@10"]],
    ["recall at 10 of the list, nDCG at 5.", ["ndcg@5", "recall@10"]],
    ["recall@10 clicks", ["recall@10"]],
    ["recall at 1 false alarm an hour", []],
    ["precision at 5 reviews a day", []],
  ])("is no number of anything else: %s", (text, metrics) => {
    expect(read(text, 2).chosen).toEqual(metrics);
  });
});

describe("a period of training", () => {
  it.each([
    ["Retrain weekly, or if drift is found.", ["7 d"]],
    ["The model is retrained daily.", ["1 d"]],
    ["If PSI > 0.2, retrain daily.", []],
    ["We might retrain hourly.", []],
    ["Retrain every 2 weeks at first, later daily.", []],
    ["In v2 we retrain daily.", []],
  ])("is one that is kept: %s", (text, periods) => {
    expect(read(text, 7).chosen).toEqual(periods);
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

it("reads how far down its list a metric looks, however that is written", () => {
  const metrics = (text: string): string[] => read(text, 5).chosen;
  expect(metrics("MAP@10")).toEqual(["map@10"]);
  expect(metrics("nDCG at 20 and recall @ 50")).toEqual(["ndcg@20", "recall@50"]);
  expect(metrics("mean average precision")).toEqual(["map"]);
  expect(metrics("NDCG@K")).toEqual(["ndcg@k"]);
  expect(metrics("recall at 0.9 precision, recall at 5%")).toEqual([]);
});

it("takes the training of today, not the one before it", () => {
  expect(read("It was retrained monthly before, now we retrain daily.", 7).chosen).toEqual(["1 d"]);
  expect(read("We retrain every night.", 7).chosen).toEqual(["1 day"]);
  expect(read("Retrained every 2 weeks.", 7).chosen).toEqual(["2 week"]);
  expect(read("daily retraining", 7).chosen).toEqual(["1 d"]);
  expect(read("retrain the model every Sunday", 7).chosen).toEqual(["7 d"]);
  expect(read("retrain every Sunday and Friday", 7).chosen).toEqual([]);
  expect(read("no daily retraining", 7).chosen).toEqual([]);
});
