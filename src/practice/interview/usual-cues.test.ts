import { describe, expect, it } from "vitest";
import { problemNames, readProblem } from "../../node/problem-files.ts";
import { matchFacts } from "./match-fact.ts";

const QUESTIONS: Readonly<Record<string, readonly string[]>> = {
  scale: [
    "How many requests a second?",
    "How many requests per second?",
    "How many requests each second do we get?",
    "What is the QPS?",
    "What RPS at peak?",
    "How many members are active a day?",
    "What is the DAU?",
    "How many daily active users?",
    "How many users do we have?",
    "How much traffic do we expect?",
    "What throughput is needed?",
    "How many requests every second?",
    "How many active members per month?",
  ],
  latency: [
    "What is the latency budget?",
    "How fast must the answer be?",
    "How quickly must we respond?",
    "How long may a request take?",
    "What is the p99?",
    "How many milliseconds do we have?",
    "Is there an SLA on response time?",
    "Does it have to be real-time?",
  ],
  labels: [
    "What labels do we have?",
    "Where do the labels come from?",
    "Do we have labeled data?",
    "What data do we log?",
    "What training data is available?",
    "Is there any ground truth?",
    "What feedback do we get?",
    "Which signals are logged?",
  ],
  privacy: ["Are there privacy constraints?", "Any PII?", "Is there any regulation?", "Do members consent?"],
  baseline: [
    "What is there today?",
    "What is the current system?",
    "Is there already a system in production?",
    "What do we have to beat?",
    "Is there an existing model?",
  ],
  budget: ["What is the budget?", "How much can we spend?", "How much may it cost?"],
  goal: [
    "What is the goal?",
    "What are we trying to achieve?",
    "How do we measure success?",
    "What should we optimise for?",
    "What is the business metric?",
    "Why are we doing this?",
  ],
  freshness: ["How fresh must it be?", "How often is it updated?", "How quickly must new items appear?"],
};

/** Each asks for something that no problem says under these names. */
const TRAPS = [
  "How many frames per second?",
  "Is there a second stage?",
  "Is a day too far?",
  "How many experiments run per week?",
  "How often is the model retrained?",
  "How is the model monitored in production?",
  "Can we use a GPU?",
  "How many posts does a member open a day?",
];

const problems = problemNames().map(readProblem);

describe("what candidates ask", () => {
  it.each(Object.entries(QUESTIONS))("leads to %s in every problem that has such a fact", (name, questions) => {
    for (const problem of problems.filter(({ facts }) => facts.some((fact) => fact.name === name)))
      for (const question of questions)
        expect(matchFacts(problem, question)[0]?.fact.name, `${problem.name}: ${question}`).toBe(name);
  });

  it("hears the same rate in every way to say it", () => {
    const problem = readProblem("ad-click-prediction");
    for (const rate of ["a second", "per second", "each second", "every second", "/s", "/ sec", "per  second"])
      expect(matchFacts(problem, `How many requests ${rate}?`)[0]?.fact.name, rate).toBe("scale");
    for (const word of ["QPS", "RPS", "TPS", "DAU", "MAU"])
      expect(matchFacts(problem, `What is the ${word}?`)[0]?.fact.name, word).toBe("scale");
  });

  it("is not answered with a fact that says something else", () => {
    const usual = new Set(Object.keys(QUESTIONS));
    for (const problem of problems)
      for (const question of TRAPS) {
        const found = matchFacts(problem, question)[0]?.fact.name;
        expect(found !== undefined && usual.has(found), `${problem.name}: ${question} gave ${found}`).toBe(false);
      }
  });
});
