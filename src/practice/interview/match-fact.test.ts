import { describe, expect, it } from "vitest";
import { readProblem } from "../../node/problem-files.ts";
import { matchFacts } from "./match-fact.ts";

const base = readProblem("ad-click-prediction");
const fact = (name: string, ...cues: readonly string[]) => ({ ...base.facts[0], name, cues: [...cues] });
const problem = {
  ...base,
  facts: [
    fact("scale", "users", "daily active", "scale"),
    fact("latency", "latency", "how fast", "real time"),
    fact("labels", "labels", "training data", "active learning"),
    ...["a", "b", "c", "d"].map((name) => fact(name, "shared", `own ${name}`)),
  ],
};
const matched = (question: string) => matchFacts(problem, question).map(({ fact: one, score }) => [one.name, score]);

describe("what a question asks for", () => {
  it("is the fact whose words it holds, in any number, case and ending", () => {
    expect(matched("What USERS?")).toEqual([["scale", 1]]);
    expect(matched("user")).toEqual([["scale", 1]]);
    expect(matched("labelling or labelled?")).toEqual([]);
    expect(matched("scaling")).toEqual([]);
    expect(matched("the labels")).toEqual([["labels", 1]]);
    expect(matched("What?")).toEqual([]);
  });

  it("takes a cue of two words only as a whole, and counts it for more", () => {
    // `active` is a word of two facts, and each of the pair is worth a half more.
    expect(matched("daily active")).toEqual([["scale", 1 + 0.5 + 0.5 + 0.5]]);
    expect(matched("is it active?")).toEqual([]);
    expect(matched("real time")).toEqual([["latency", 3]]);
    expect(matchFacts(problem, "real time and users")[0]).toMatchObject({
      fact: { name: "latency" },
      words: ["real", "time"],
    });
  });

  it("lists the likeliest first, and leaves out what is shared by too many", () => {
    expect(matched("users and latency in real time").map(([name]) => name)).toEqual(["latency", "scale"]);
    // Four facts share it: a quarter each is below three tenths.
    expect(matched("shared")).toEqual([]);
    expect(matchFacts({ ...problem, facts: problem.facts.slice(0, 6) }, "shared").map((one) => one.score)).toEqual([
      1 / 3,
      1 / 3,
      1 / 3,
    ]);
  });

  it("counts a word once, however many cues hold it", () => {
    const twice = { ...problem, facts: [fact("one", "users", "users daily")] };
    expect(matchFacts(twice, "users daily")[0].score).toBe(1 + 1.5);
  });

  it("shows the words as they were asked and in their order, a rate as it stood", () => {
    const fraud = readProblem("fraud-detection");
    const shown = (question: string) => matchFacts(fraud, question)[0].words;
    expect(shown("What is in place now?")).toEqual(["place", "now"]);
    expect(shown("How many Transactions per second?")).toEqual(["many", "Transactions", "per second"]);
    expect(shown("What QPS do we have?")).toEqual(["QPS"]);
  });

  it("takes any of `a|b`, nothing beside `=`, and never what stands behind `!`", () => {
    const one = { ...problem, facts: [fact("one", "late|slow chargeback", "=better", "quick !new|fresh")] };
    const hits = (question: string) => matchFacts(one, question).length;
    expect(["How slow are chargebacks?", "What is better?", "quick?"].map(hits)).toEqual([1, 1, 1]);
    expect(["How slow?", "Is a tree better?", "quick and fresh?"].map(hits)).toEqual([0, 0, 0]);
  });

  it("meets a word that ends in -able", () => {
    expect(matchFacts({ ...problem, facts: [fact("one", "explain", "reason")] }, "Is it explainable?")).toHaveLength(1);
  });
});
