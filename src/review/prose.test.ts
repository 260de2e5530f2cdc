import { describe, expect, it } from "vitest";
import { PROSE_STEPS } from "../note/prose-steps.ts";
import { PROSE_TOPICS } from "../note/prose-topics.ts";
import { REFERENCES } from "../steps/references.ts";
import { referenceOf } from "./explain.ts";
import { reviewProse, stepsOfHeading } from "./prose.ts";

const reviewed = (text: string) => reviewProse(text, "note.md", PROSE_STEPS, PROSE_TOPICS);

const NINE_HEADINGS = `# Video recommendation

## Problem statement
Raise watch time of 50 million users.

## Business objective
Engagement.

## ML formulation
Ranking, against a popularity baseline, by NDCG; online by watch time.

## Data collection
Event logs, implicit feedback as labels.

## Feature engineering
User and video embeddings.

## Model architecture
Two towers, compared with matrix factorization; new users get popular videos.

## Model training and offline evaluation
Cross-entropy loss.

## Serving and A/B testing
Rolled out through a canary.

## Monitoring
Retrained daily.
`;

describe("stepsOfHeading", () => {
  it.each([
    ["Clarifying requirements", [1]],
    ["Problem statement", [1]],
    ["Business objective", [1]],
    ["Frame the problem as an ML task", [2]],
    ["Success metrics", [2]],
    ["Data preparation", [3]],
    ["Training data", [3]],
    ["Feature engineering", [3]],
    ["Model selection", [4]],
    ["Candidate generation", [4]],
    ["Model training", [5]],
    ["Offline evaluation", [5]],
    ["Evaluation metrics", [5]],
    ["Deployment and serving", [6]],
    ["Offline evaluation and A/B testing", [5, 6]],
    ["Model monitoring", [7]],
    ["Monitoring & maintenance", [7]],
    ["References", []],
  ])("takes %j for step %j", (heading, steps) => {
    expect(stepsOfHeading(heading, PROSE_STEPS)).toEqual(steps);
  });
});

describe("a plain note", () => {
  it("is mapped to the seven steps by nine headings of other wording, and says only what it does not cover", () => {
    const review = reviewed(NINE_HEADINGS);
    expect(review?.fromProse).toBe(true);
    const names = review?.findings.map(({ name }) => name) ?? [];
    expect(names).not.toContain("step-missing-in-prose");
    expect(names).toEqual(
      expect.arrayContaining([
        "prose-without-latency",
        "prose-without-privacy",
        "prose-without-time-split",
        "prose-without-drift",
      ]),
    );
    for (const covered of [
      "scale",
      "baseline",
      "offline-metric",
      "labels",
      "cold-start",
      "loss",
      "experiment",
      "rollout",
      "retraining",
    ]) {
      expect(names).not.toContain(`prose-without-${covered}`);
    }
  });

  it("marks every finding as from prose, none as an error, each at the heading of its step", () => {
    for (const { message, severity, at } of reviewed(NINE_HEADINGS)?.findings ?? []) {
      expect(message).toMatch(/^from prose: /u);
      expect(severity).not.toBe("error");
      expect(NINE_HEADINGS.slice(at.start.offset, at.end.offset)).toMatch(/^##? /u);
    }
  });

  it("is told which step no heading covers", () => {
    const review = reviewed(NINE_HEADINGS.replace("## Monitoring", "## Appendix"));
    expect(review?.findings.filter(({ code }) => code === "HP030").map(({ message }) => message)).toEqual([
      "from prose: no heading covers step 7, monitoring and continuous improvement",
    ]);
  });

  it("names up to four headings that nobody knows and counts the others, and says that they may be the step that is missing", () => {
    const strange = (count: number): string => {
      const more = Array.from({ length: count }, (_, i) => `## Burrito ${"abcdef"[i]}x\n\nWith beans.\n`).join("\n");
      const { fix } = reviewed(NINE_HEADINGS.replace("## Monitoring\nRetrained daily.\n", more))?.findings.find(
        ({ code }) => code === "HP030",
      ) ?? { fix: undefined };
      return fix ?? "";
    };
    expect(strange(0)).toBe("add a section on it, such as `## 7. Monitoring and continuous improvement`");
    expect(strange(1)).toContain("; if `Burrito ax` is that section, give its heading a usual name");
    expect(strange(4)).toContain("`Burrito ax`, `Burrito bx`, `Burrito cx`, `Burrito dx` is that section");
    expect(strange(5)).toContain("`Burrito dx` or one of 1 more is that section");
    expect(strange(6)).toContain("`Burrito dx` or one of 2 more is that section");
  });

  it("has a step only where something stands under its heading", () => {
    const silent = (body: string): string[] =>
      (reviewed(NINE_HEADINGS.replace("Retrained daily.", body))?.findings ?? [])
        .filter(({ code }) => code === "HP030")
        .map(({ message }) => message);
    expect(silent("TODO")).toEqual([
      "from prose: no sentence stands under `Monitoring`, the heading of step 7, monitoring and continuous improvement",
    ]);
    expect(silent("")).toEqual([
      "from prose: nothing stands under `Monitoring`, the heading of step 7, monitoring and continuous improvement",
    ]);
    for (const bare of ["", "- TBD", "<!-- later -->", "---", "1. [ ] todo", "- **Monitoring**"])
      expect(silent(bare), bare).toHaveLength(1);
    for (const filled of ["Alerts.", "- Monitoring, by hand", "- Monitoring\n  by hand"])
      expect(silent(filled), filled).toEqual([]);
  });

  it("is a design from four steps on, and is reviewed by every topic of the steps that it has", () => {
    const four = ["Problem statement", "Success metrics", "Data", "Model"];
    const note = (headings: readonly string[]): string =>
      `# Video\n\n${headings.map((one) => `## ${one}\n\nIt is the best of what we have for them.\n`).join("\n")}`;
    expect(reviewed(note(four))?.findings.filter(({ code }) => code === "HP030")).toHaveLength(3);
    expect(reviewed(note(four.slice(1)))).toBeUndefined();
    const { outcomes = [], findings = [] } = reviewed(NINE_HEADINGS) ?? {};
    const fired = outcomes.filter(({ outcome }) => outcome === "fires").map(({ name }) => name);
    expect(outcomes).toHaveLength(PROSE_TOPICS.length);
    expect(
      findings
        .filter(({ code }) => code === "HP031")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(fired.sort());
  });

  it("is no design when its headings are about something else", () => {
    expect(reviewed("# Cooking\n\n## Ingredients\n\n## Method\n\n## Serving\n")).toBeUndefined();
    expect(reviewed("")).toBeUndefined();
  });

  it("has topics that cite their works", () => {
    for (const { sources, name } of PROSE_TOPICS) {
      for (const source of sources) expect(referenceOf(source, REFERENCES), name).toBeDefined();
    }
  });
});

describe("what words show to be spoken of", () => {
  const silentOn = (changes: readonly (readonly [string, string])[]) =>
    (reviewed(changes.reduce((text, [from, to]) => text.replace(from, to), NINE_HEADINGS))?.findings ?? []).map(
      ({ message }) => message,
    );

  it.each([
    ["Event logs, implicit feedback as labels.", "Chargebacks. Time split.", "a split by time"],
    ["Event logs, implicit feedback as labels.", "Clicks, split by week.", "a split by time"],
    ["Cross-entropy loss.", "Cross-entropy loss, backtest of 8 folds.", "a split by time"],
    ["compared with matrix factorization", "chosen over matrix factorization", "what else was considered"],
    ["compared with matrix factorization", "neural net considered", "what else was considered"],
    [
      "compared with matrix factorization",
      "\n\nOptions: logistic regression, GBDT, DeepFM, DCN-v2\n\nWe went with DCN-v2, because GBDT does not retrain online",
      "what else was considered",
    ],
    ["compared with matrix factorization", "against BM25, which is slower", "what else was considered"],
    ["compared with matrix factorization", "Chosen: LightGBM (not CatBoost)", "what else was considered"],
    [
      "compared with matrix factorization",
      "\n\n| Model | Pro | Con |\n|---|---|---|\n| GBDT | fast | flat |\n\n",
      "what else was considered",
    ],
    ["Event logs, implicit feedback as labels.", "Click sessions as labels.", "where the data comes from"],
  ])("holds for %j in other words: %j", (from, to, about) => {
    expect(silentOn([[from, to]]).filter((message) => message.includes(about))).toEqual([]);
  });

  it("is a bullet that names a model, and is none that names a topic", () => {
    const model = "Two towers, compared with matrix factorization; new users get popular videos.";
    const of = (bullet: string) => silentOn([[model, bullet]]).filter((message) => message.includes("stands under"));
    expect(of("- GBDT")).toEqual([]);
    expect(of("- Model selection")).toHaveLength(1);
  });
});
