import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { readProblem } from "../src/node/problem-files.ts";
import { sentencesSchema } from "../src/practice/interview/measure-ear.ts";
import { pointsMet } from "../src/practice/interview/points-met.ts";

/** Sentences that earn credit, a few of each problem; each is one sentence, so that what is put behind it speaks of all of it. */
const earning = sentencesSchema
  .parse(parse(readFileSync("test/interview-ear/first-half.yaml", "utf8")))
  .flatMap(({ problem, sentences }) =>
    sentences
      .filter(({ due, say }) => due.length > 0 && !/[?;]|[.!] /u.test(say))
      .map(({ say }) => ({ problem: readProblem(problem), say: say.replace(/[.!]$/u, "") }))
      .slice(0, 4),
  );
const earned = (problem: ReturnType<typeof readProblem>, ...sections: readonly string[]) =>
  pointsMet(problem, { sections: Object.fromEntries(sections.map((text, i) => [i + 1, text])), probes: [] }).filter(
    ({ quote }) => quote !== undefined,
  );

describe("a sentence that earns credit", () => {
  it("is one of many", () => {
    expect(earning.length).toBeGreaterThan(40);
    expect(earning.filter(({ problem, say }) => earned(problem, `${say}.`).length > 0).length).toBeGreaterThan(
      0.9 * earning.length,
    );
  });

  it.each([
    "; the manager has refused it.",
    ". The lawyers said no.",
    ". Our board turned it down.",
    ". It was rejected by the architects.",
    ", but we do not.",
    ". But we do not do that here.",
    "; here we do not.",
    ". That has been vetoed.",
    ", but our team is against it.",
    ". Nobody here does that.",
    ". We do none of this.",
    ". Not here.",
    "; nobody approved it.",
    ", a plan the board stopped.",
    ", but management would not have it.",
    "; it was never built.",
    ", but it never went live.",
    ", but it is not what we do.",
    ". Finance cut it.",
    ". This was dropped.",
    ". It has been shelved.",
  ])("earns none with what refuses it behind it: %s", (refusal) => {
    const credited = earning.filter(({ problem, say }) => earned(problem, `${say}${refusal}`).length > 0);
    expect(credited.map(({ say }) => say)).toEqual([]);
  });

  it.each([
    ["fraud-detection", "Our competitor falls back to the old rules when the model fails, but we do not."],
    ["fraud-detection", "My old employer let one percent of declines through for learning, here we do not."],
    ["fraud-detection", "Randomise by card with 200k cards an arm; the manager has refused it."],
    ["search-ranking", "Weighting clicks by inverse propensity would correct the position bias, which is not done."],
    ["feed-ranking", "Others combine several predictions by a value formula; we predict likes and nothing else."],
  ])("is none where it tells what is refused or what others do: %s, %s", (name, say) => {
    expect(earned(readProblem(name), say)).toEqual([]);
  });

  it("gives credit for what it says and for nothing else that its words or its neighbours hold", () => {
    const say =
      "Each payment gets a probability of being fraudulent; we decline where probability times amount exceeds the 8 dollar price of a false alarm, so money sets the cut-off. With one in a thousand positive we judge by precision among the top 960 a day and PR-AUC, and it has to beat the two hundred rules, which catch half.";
    const fraud = readProblem("fraud-detection");
    for (const text of [say, say.replace("cut-off. With", "cut-off; with")])
      expect(new Set(earned(fraud, text).map(({ dimension }) => dimension))).toEqual(new Set(["framing"]));
    expect(
      earned(fraud, "We evaluate on later days and on cards that were not in training, never on shuffled rows.").map(
        ({ dimension }) => dimension,
      ),
    ).toEqual(["evaluation"]);
  });

  it("is heard in a whole interview of full sentences, section by section", () => {
    const sections = [
      "We minimise expected loss: a missed fraud loses its amount and a wrongly declined payment about 8 dollars, 20 analysts at 10 minutes give 960 looks a day.",
      "Each payment gets a probability of being fraudulent; we decline where probability times amount exceeds the 8 dollar price of a false alarm, so money sets the cut-off. With one in a thousand positive we judge by precision among the top 960 a day and PR-AUC.",
      "Train on the past and test on later weeks, leaving 45 days between them because chargebacks are that late. Counts and sums per card over the last hour, day and week are taken as they stood just before the payment.",
      "Start with logistic regression; then boosted trees on the sampled rows with the probabilities corrected back for the sampling. Analysts can still write a quick rule when a new attack shows up, and it acts beside the score.",
      "We evaluate on later days and on cards that were not in training, never on shuffled rows. What we declined has no chargeback, so a small random share is let through to learn what would have happened.",
      "Per-card counters live in an in-memory store: 10 ms for reading, 15 ms scoring, 20 network of the 80 ms. If scoring times out the old rules decide. We randomise by card, 200k cards an arm for 60 days, and go shadow, 1%, 10%, 50% with a stop when honest declines rise by 0.1 points.",
      "Every alarm names the on-call team and what it does: on a jump in alert rate they switch back to the previous model kept warm. Retrain weekly and whenever precision confirmed by analysts falls by 20%.",
    ];
    const fraud = readProblem("fraud-detection");
    expect(earned(fraud, ...sections)).toHaveLength(fraud.points.length);
  });
});
