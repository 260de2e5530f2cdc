import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { problemNames, readProblem } from "../src/node/problem-files.ts";
import { trafficOf } from "../src/steps/1-clarify/traffic.ts";
import { type Design, parseDesign } from "../src/steps/design.ts";

const DAY = 86_400;

/**
 * What a candidate is told in the interview and what the reference design states, one line each: a phrase of the problem's answer, which has
 * to stand there to the letter, and the same number as the note holds it.
 */
const SAID: Readonly<
  Record<
    string,
    readonly (readonly [fact: string, phrase: string, value: number, of: (design: Design) => number | undefined])[]
  >
> = {
  "ad-click-prediction": [
    ["scale", "30 thousand requests a second at the peak", 30_000, peak],
    ["scale", "200 candidates each", 200, scored],
    ["scale", "5 million live ads", 5e6, items],
    ["latency", "30 ms", 0.03, p99],
    ["labels", "within 30 minutes", 1800, window],
    ["negatives", "2 % of impressions", 0.02, positives],
  ],
  "feed-ranking": [
    ["scale", "50 million daily members", 50e6, daily],
    ["scale", "1,500 eligible posts an opening", 1500, scored],
    ["latency", "300 ms at p99", 0.3, p99],
    ["freshness", "within a minute", 60, fresh],
  ],
  "search-ranking": [
    ["scale", "3,000 searches a second at the peak", 3000, peak],
    ["scale", "20 million products", 20e6, items],
    ["latency", "150 ms at p99", 0.15, p99],
  ],
  "harmful-content": [
    ["scale", "40 million posts a day", 40e6, (design) => (trafficOf(design).average ?? 0) * DAY],
    ["scale", "0.3 % are harmful", 0.003, positives],
    ["latency", "within a minute", 60, p99],
    [
      "review",
      "2,000 reviewers, 200 decisions a day each",
      400_000,
      (design) => (design.frame.threshold?.capacity?.value ?? 0) * DAY,
    ],
  ],
  "people-you-may-know": [
    ["scale", "300 million members", 300e6, items],
    ["scale", "suggestions for 40 million a day", 40e6, daily],
    ["latency", "200 ms on the page", 0.2, p99],
  ],
  "arrival-time": [
    ["scale", "900 predictions a second at the peak", 900, peak],
    ["latency", "100 ms at checkout", 0.1, p99],
  ],
  autocomplete: [
    ["scale", "20 thousand searches a second at the peak, eight keystrokes each", 160_000, peak],
    ["latency", "50 ms at p99", 0.05, p99],
    ["freshness", "within ten minutes", 600, fresh],
  ],
  "notification-ranking": [
    [
      "scale",
      "80 million members, 30 candidate notifications each a day",
      2.4e9,
      (design) => (design.clarify.predictions?.value ?? 0) * DAY,
    ],
    ["scale", "80 million members", 80e6, daily],
    ["scale", "at most three are sent", 3, (design) => design.frame.slots?.value],
  ],
  "similar-listings": [
    ["scale", "6 million homes", 6e6, items],
    ["scale", "2,000 page views a second at the peak", 2000, peak],
    ["latency", "80 ms", 0.08, p99],
    ["labels", "1 of 60 sessions", 1 / 60, positives],
  ],
  "demand-forecasting": [
    ["scale", "900 shops, 12 thousand articles each", 10.8e6, items],
    ["scale", "900 shops", 900, daily],
  ],
  "wake-word": [
    ["latency", "300 ms", 0.3, p99],
    ["scale", "3 million devices", 3e6, daily],
    ["labels", "40 thousand recordings", 40_000, (design) => design.clarify.labels?.count?.value],
    ["hardware", "512 KB of RAM", 512e3, (design) => design.deploy.serving?.memory?.value],
  ],
  "retrieval-augmented-assistant": [
    ["scale", "60 thousand employees", 60_000, daily],
    ["scale", "ten questions a day each, five times that at the peak", (60_000 * 10 * 5) / DAY, peak],
    ["latency", "within 2 seconds", 2, p99],
    ["labels", "3,000 questions", 3000, (design) => design.clarify.labels?.count?.value],
    ["freshness", "within an hour", 3600, fresh],
    ["budget", "2 cents an answer", 0.02, costOfRequest],
  ],
};

describe.each(Object.entries(SAID))("the reference design of %s", (name, lines) => {
  const facts = new Map(readProblem(name).facts.map(({ name: fact, answer }) => [fact, answer]));
  const { design } = parseDesign(readFileSync(`designs/${name}.md`, "utf8"), name);
  if (design === undefined) throw new Error(`${name} is no design`);

  it.each(lines)("states what the interviewer says of %s: %s", (fact, phrase, value, of) => {
    expect(facts.get(fact)).toContain(phrase);
    // A rate of 926/s stands for 925.9: three digits are what a note writes.
    expect(Math.abs((of(design) ?? Number.NaN) / value - 1)).toBeLessThan(0.02);
  });

  it("weighs alternatives, names milestones and risks, and answers every question", () => {
    expect(design.model.alternatives?.length).toBeGreaterThanOrEqual(3);
    expect(design.deploy.milestones?.length).toBeGreaterThanOrEqual(3);
    expect(design.monitor.risks?.length).toBeGreaterThanOrEqual(3);
    for (const { answer } of design.clarify.questions ?? []) expect(answer).toBeDefined();
  });
});

it("every problem has a reference design, but for the one whose design goes by another name and the one that has none yet", () => {
  const named = new Set([...Object.keys(SAID), "fraud-detection", "movie-recommendations", "visual-search"]);
  expect(problemNames().filter((name) => !named.has(name))).toEqual(["short-video"]);
});

function peak(design: Design): number | undefined {
  return trafficOf(design).peak;
}
function daily({ clarify }: Design): number | undefined {
  return clarify.users?.daily?.value;
}
function items({ clarify }: Design): number | undefined {
  return clarify.items?.count?.value;
}
function scored({ clarify }: Design): number | undefined {
  return clarify.items?.scored?.value;
}
function p99({ clarify }: Design): number | undefined {
  return clarify.latency?.p99?.value;
}
function fresh({ clarify }: Design): number | undefined {
  return clarify.freshness?.value;
}
function positives({ clarify }: Design): number | undefined {
  return clarify.labels?.["positive-rate"]?.value;
}
function window({ frame }: Design): number | undefined {
  return frame.label?.window?.value;
}
/** Dollars of the budget for one request. */
function costOfRequest(design: Design): number | undefined {
  return (design.clarify.budget?.value ?? Number.NaN) / (trafficOf(design).average ?? Number.NaN);
}
