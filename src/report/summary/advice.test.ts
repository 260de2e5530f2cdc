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

  it("say what a service answers with where that is not what was chosen, and nothing of it where it is", () => {
    const { evaluation, ...run } = runOf(USUAL_RUN);
    if (evaluation === null) throw new Error("an evaluation");
    const { baseline, chosen } = evaluation;
    const said = (what: string, served: string) =>
      adviceRemarks({ ...run, evaluation: { ...evaluation, chosen: what, served } })
        .filter(({ text }) => text.includes("A service of this note answers"))
        .map(({ short, text }) => `${short}. ${text}`);
    expect([said(baseline, baseline), said(chosen, chosen)]).toEqual([[], []]);
    expect(said(baseline, "trees")).toEqual([
      "Keep the baseline. Nothing beat it on validation, so nothing else was chosen. A service of this note answers with trees all the same.",
    ]);
    expect(said(chosen, "trees")).toEqual([
      `Mind that ${chosen} is not what a service answers with. The run chose ${chosen}. A service of this note answers with trees all the same.`,
    ]);
  });

  describe("where the baseline was chosen", () => {
    const name = "ndcg@10";
    const of = (subject: string, called: string, value: number) => figure({ step: 5, name: called, subject, value });
    const versus = (low: number, high: number) => ({
      ...of("candidates", "recall@100", (low + high) / 2),
      against: "baseline",
      interval: [low, high] as [number, number],
      n: 139,
    });
    const said = (...found: readonly ReturnType<typeof of>[]): string => {
      const run = runOf(USUAL_RUN);
      const kept = run.figures.filter(({ name: one, subject }) => one !== name || subject === "baseline");
      const evaluation = {
        metric: name,
        baseline: "baseline",
        chosen: "baseline",
        rival: null,
        served: "candidates",
        contenders: [
          { subject: "baseline", role: "baseline" as const },
          { subject: "candidates", role: "system" as const },
        ],
      };
      const own = [
        of("candidates", "recall@100", 0.538),
        of("candidates", `${name} ceiling`, 0.636),
        of("candidates", name, 0.077),
      ];
      const remarks = adviceRemarks({ ...run, evaluation, figures: [...kept, ...own, ...found] });
      const [advice] = remarks.filter(({ short }) => short?.startsWith("Work on "));
      return `${advice.short}. ${advice.text}`;
    };

    it("gives what the candidates reach, and not what the baseline does, which takes none of them", () => {
      expect(said()).toBe(
        "Work on the order of the candidates, not on finding more. The candidates would allow ndcg@10 0.636; as they come they reach 0.077.",
      );
    });

    it("says to work on finding where less is found than the baseline would", () => {
      expect(said(versus(-0.11, -0.03))).toMatch(
        /^Work on finding candidates, not on their order\. .* Against as many of the baseline's their recall@100 is -0\.07.* \[-0\.11.*, -0\.03.*\], worse\.$/u,
      );
      expect(said(versus(-0.03, 0.07))).toMatch(/^Work on the order .*, not told apart\.$/u);
      expect(said(versus(0.03, 0.07))).toMatch(/^Work on the order .*, better\.$/u);
    });
  });
});
