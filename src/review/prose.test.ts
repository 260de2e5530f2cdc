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
