import { describe, expect, it } from "vitest";
import type { StepNumber } from "../../core/figure.ts";
import type { ProseLine } from "./proposal.ts";
import { readChoices } from "./read-choices.ts";
import { readNumbers } from "./read-numbers.ts";

const lineOf = (text: string, more: Partial<ProseLine> = {}): ProseLine => ({
  ...{ text, steps: [1] as readonly StepNumber[], under: "", place: { file: "a.md", line: 1, quote: text } },
  ...more,
});

/** What is proposed, and behind `not` what is named for another reason. */
function read(line: ProseLine): string[] {
  const { proposals, remarks } = readNumbers(line);
  const refused = remarks.flatMap(({ says }) => {
    const { fact, value, of } = /read: (?<fact>\S+) as (?<value>.*), said of (?<of>.*); not/u.exec(says)?.groups ?? {};
    return fact === undefined ? [] : [`not ${fact} ${value}: ${of}`];
  });
  return [...proposals.map(({ path, value }) => `${path.join(".")} ${value}`), ...refused];
}

describe("what is supposed for the whole design is its fact", () => {
  it.each([
    "Assume 10M DAU",
    "Assuming 10M DAU, each with a few requests",
    "Let's assume 10M DAU.",
    "Assumption: 10M DAU",
    "10M DAU (assumption)",
    "Say we have 10M DAU.",
    "Let's say 10M DAU",
    "Suppose we have 10M DAU.",
    "Imagine 10M DAU",
    "Maybe 10M DAU",
    "Given 10M DAU, we rank the posts of friends",
    "We target 10M DAU",
    "Target: 10M DAU",
    "We expect 10M DAU",
    "Design for 10M DAU",
    "Support up to 10M DAU",
    "Something like 10M DAU",
    "We would like to serve 10M DAU",
    "10M DAU, even if a region fails",
    "10M DAU if you want a number",
    "If a user is new, she sees the top list; 10M DAU",
    "If they leave, our 10M DAU stay.",
    "As of 2026 we have 10M DAU",
    "Q1: How many users? 10M DAU",
    "With MobileNet v2 we serve 10M DAU",
  ])("%s", (text) => {
    expect(read(lineOf(text))).toEqual(["users.daily 10M"]);
  });

  it.each([
    ["if possible, p99 under 100 ms", "latency.p99 100 ms"],
    ["p99 under 100 ms if possible", "latency.p99 100 ms"],
    ["Ideally p99 under 200 ms", "latency.p99 200 ms"],
    ["Even if a node fails, 99.9% uptime", "availability 99.9%"],
  ])("and so is a limit with a polite word: %s", (text, fact) => {
    expect(read(lineOf(text))).toEqual([fact]);
  });
});

describe("what holds only if, or only then, is none", () => {
  it.each([
    ["MVP: 10M DAU", "a stage of a plan"],
    ["| MVP | 10M DAU |", "a stage of a plan"],
    ["- **V2**: 10M DAU", "a stage of a plan"],
    ["In v2 we serve 10M DAU", "a stage of a plan"],
    ["v1 must bear 10M DAU", "a stage of a plan"],
    ["Phase 1: 10M DAU", "a stage of a plan"],
    ["v1 (launch): 10M DAU", "a stage of a plan"],
    ["On Black Friday we see 10M DAU", "a day or an hour that is not the usual one"],
    ["Holidays: 10M DAU", "a day or an hour that is not the usual one"],
    ["Milestone 2: 10M DAU", "a stage of a plan"],
    ["Year 3: 10M DAU", "a stage of a plan"],
    ["Q3 2027: 10M DAU", "a stage of a plan"],
    ["Q3: 10M DAU", "a stage of a plan"],
    ["10M DAU in the first year", "a stage of a plan"],
    ["10M DAU at launch", "a stage of a plan"],
    ["After launch, 10M DAU", "a stage of a plan"],
    ["Launch with 10M DAU", "a stage of a plan"],
    ["Day one: 10M DAU", "a stage of a plan"],
    ["10M DAU later", "what may come"],
    ["By next year 10M DAU", "what may come"],
    ["Stretch goal: 10M DAU", "a wish"],
    ["Nice to have: 10M DAU", "a wish"],
    ["Scenario A: 10M DAU", "one of several"],
    ["Option B (large): 10M DAU", "one of several"],
    ["e.g. 10M DAU", "an example"],
    ["For example, 10M DAU", "an example"],
    ["If 10M DAU is right, many post", "a condition"],
    ["If the campaign works, we have 10M DAU", "a condition"],
    ["We have 10M DAU if the campaign works", "a condition"],
    ["10M DAU, if we are lucky", "a condition"],
    ["10M DAU only if we are lucky", "a condition"],
    ["Once we have 10M DAU we shard", "a condition"],
    ["Until 10M DAU one node is enough", "a condition"],
    ["We would have 10M DAU", "a possibility"],
    ["It might become 10M DAU", "a possibility"],
    ["Another 10M DAU", "some of them, or of what is gone"],
    ["The first 10M DAU", "some of them, or of what is gone"],
    ["Non-goals: 10M DAU", "what is out of scope"],
    ["Out of scope: 10M DAU", "what is out of scope"],
  ])("%s", (text, of) => {
    expect(read(lineOf(text))).toEqual([`not users.daily 10M: ${of}`]);
  });

  it("and what follows from a supposition is supposed too", () => {
    expect(read(lineOf("If 10M DAU is right, 2M DAU post"))).toEqual([
      "not users.daily 10M: a condition",
      "not users.daily 2M: a condition",
    ]);
    expect(read(lineOf("10M DAU, if we are lucky 20M DAU"))).toEqual([
      "users.daily 10M",
      "not users.daily 20M: a condition",
    ]);
  });

  it.each([
    ["mvp", "a stage of a plan"],
    ["phase 2: all regions", "a stage of a plan"],
    ["2. future work", "a stage of a plan"],
    ["non-goals", "what is out of scope"],
  ])("nor is what stands below the heading %s", (under, of) => {
    expect(read(lineOf("10M DAU", { under }))).toEqual([`not users.daily 10M: ${of}`]);
  });

  it("unless that heading is the title of the design", () => {
    expect(read(lineOf("10M DAU", { under: "mvp", titled: "mvp mvp.md" }))).toEqual(["users.daily 10M"]);
  });
});

describe("a model of a stage of a plan", () => {
  const models = (text: string, under = ""): string[] =>
    readChoices(lineOf(text, { steps: [4], under })).proposals.map(({ value }) => value);

  it("is named and not proposed, as the design may have another", () => {
    expect(models("We use LightGBM.")).toEqual(["gbdt"]);
    expect(models("We use LightGBM.", "phase 2")).toEqual([]);
    expect(models("In phase 2 we use a two-tower model.")).toEqual([]);
    expect(models("MVP: we use logistic regression.")).toEqual([]);
    expect(models("In v1 we use logistic regression. Today we use LightGBM.")).toEqual(["gbdt"]);
  });
});
