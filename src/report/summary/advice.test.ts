import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { adviceRemarks, firstOf } from "./advice.ts";

const short = (text: string) =>
  firstOf([{ step: 6, kind: "next", text }], "next", 3).map((one) => [one.short, one.text]);

describe("advice without a short form", () => {
  it("is called by its first clause, and says all where that was cut", () => {
    expect(short("write the rollout: it was not tried.")).toEqual([["Write the rollout", "It was not tried."]]);
    const cut = "write `rollout: { steps: [shadow] }`, and the run replays it; without it nothing is tried.";
    expect(short(cut)).toEqual([["Write rollout", cut.replace("write", "Write")]]);
    const long = "one two three four five six seven eight nine ten: eleven.";
    const torn = "one two three four five six `seven eight nine` ten";
    expect(short(torn)).toEqual([["One two three four five six …", torn.replace("one", "One")]]);
    expect(short(long)).toEqual([["One two three four five six seven eight …", long.replace("one", "One")]]);
  });
});

describe("advice about quality", () => {
  it("names no stage that the plan lacks, whatever the candidates would allow", () => {
    const share = fc.double({ min: 0.01, max: 1, noNaN: true });
    const plans = fc.subarray(["candidates", "ranking", "re-ranking", "filter"]);
    fc.assert(
      fc.property(share, share, plans, (ceiling, own, stages) => {
        const run = runOf(USUAL_RUN);
        const name = "ndcg@10";
        const figures = run.figures.map((one) =>
          one.name === name && one.subject === "two-stage" ? { ...one, value: own } : one,
        );
        const added = figure({ step: 5, name: `${name} ceiling`, subject: "candidates", value: ceiling });
        const stated = {
          ...run.context.stated,
          stages: stages.map((stage) => ({ stage, what: "", keep: null })),
        };
        const said = adviceRemarks({ ...run, figures: [...figures, added], context: { ...run.context, stated } });
        const texts = said.map(({ short, text }) => `${short}. ${text}`).join("\n");
        expect(texts).toMatch(/Work on (?:the order of the candidates|finding candidates), not on/u);
        expect(texts).not.toMatch(/\b(?:the ranker|the re-ranker|retrieval|the first stage|the second stage)\b/u);
      }),
      { numRuns: 50 },
    );
  });
});
