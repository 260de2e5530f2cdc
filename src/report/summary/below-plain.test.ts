import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import { recommendation } from "../../kinds/recommendation/recommendation.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { FIGURES_TOO_HIGH } from "../../system/run-summary.ts";
import { summarizeBy } from "./summarize.ts";

const told = summarizeBy(recommendation.questions);

/** The usual run, which gains, with a plain rule beside the baseline that stands so far above the system, give or take `half`. */
function beside(above: number, half = 0.001): MeasuredRun {
  const run = runOf(USUAL_RUN);
  if (run.evaluation === null) throw new Error("nothing was judged");
  const { metric, chosen } = run.evaluation;
  const own = run.figures.find((one) => one.name === metric && one.subject === chosen && one.against === undefined);
  if (own === undefined) throw new Error("the system has no level");
  const plain = figure({ step: 5, name: metric, subject: "last seen", value: own.value + above });
  const interval = [-above - half, -above + half] as const;
  const pair = { step: 5 as const, name: metric, subject: chosen, against: "last seen" };
  const difference = figure({ ...pair, value: -above, interval: [...interval] });
  return {
    ...run,
    evaluation: { ...run.evaluation, plain: ["last seen"] },
    figures: [...run.figures, plain, difference],
  };
}

const words = (run: MeasuredRun): string => JSON.stringify(told(run).summary);

describe("a system that beats the baseline", () => {
  it("is called better, and what was made smaller is to be taken", () => {
    expect(told(beside(-0.01)).summary.ledger[0].verdict).toBe("yes");
    expect(told(beside(-0.01)).remarks.some(({ short }) => short?.startsWith("Take "))).toBe(true);
  });

  it("is not, in any sentence, where a plain rule beside the baseline stands above it", () => {
    const { summary, remarks } = told(beside(0.01));
    expect(summary.ledger[0]).toMatchObject({ state: "open", verdict: "below a plain rule" });
    expect(summary.ledger[0].line).toContain("last seen reaches");
    expect(summary.headline.verdict).toMatch(/^Above the baseline and below another plain rule/u);
    expect(words(beside(0.01))).not.toMatch(/Better by|[Bb]etter than the baseline"|a gain;/u);
    expect(remarks.some(({ short }) => short === "Hold it against last seen")).toBe(true);
    expect(remarks.some(({ short }) => short?.startsWith("Take "))).toBe(false);
  });

  it("is level with a plain rule that chance may have put above it, and is neither called better nor below", () => {
    const { summary, remarks } = told(beside(0.01, 0.02));
    expect(summary.ledger[0]).toMatchObject({ state: "open", verdict: "level with a plain rule" });
    expect(summary.headline.verdict).toMatch(/^Above the baseline and level with another plain rule/u);
    const said = words(beside(0.01, 0.02));
    expect(said).not.toMatch(
      /Better by|[Bb]etter than the baseline"|a gain;|below last seen|below another|more than the system/u,
    );
    expect(said).toContain("level with last seen");
    expect(JSON.stringify(remarks)).toContain("not told apart");
  });

  it("is level with a plain rule from which the distance was not measured", () => {
    const run = beside(0.01);
    const figures = run.figures.filter(({ against }) => against !== "last seen");
    expect(figures.length).toBe(run.figures.length - 1);
    expect(told({ ...run, figures }).summary.ledger[0].verdict).toBe("level with a plain rule");
  });

  it("is held against another than the note's in so many words, and the note's value against nothing", () => {
    const run = beside(-0.01);
    if (run.evaluation === null) throw new Error("nothing was judged");
    const { metric, baseline } = run.evaluation;
    const stated = { ...run.context.stated, baseline: { rule: "search by words", metric, value: 0.01 } };
    const level = figure({ step: 5, name: metric, subject: baseline, value: 0.4, interval: [0.35, 0.45] });
    const figures = [level, ...run.figures];
    const own = { ...run, figures, context: { ...run.context, stated } };
    const other = { ...own, evaluation: { ...run.evaluation, standsIn: true as const } };
    expect(words(own)).toContain("It says 0.01");
    expect(words(other)).not.toMatch(/It says 0.01|the note says 0.01|what is written/u);
    expect(told(other).summary.ledger[0].detail).toContain("the note names none that the run makes");
    expect(told(other).summary.strip[1].words).toMatch(/ stands in for the baseline$/u);
  });

  it("is given no smaller part where items stand on both sides of the split", () => {
    const run = beside(-0.01);
    const doubt = { step: 3, kind: "doubt", rank: -1, short: FIGURES_TOO_HIGH, text: "3 items are torn." } as const;
    const { remarks } = told({ ...run, remarks: [...run.remarks, doubt] });
    expect(remarks.some(({ short }) => short?.startsWith("Take "))).toBe(false);
  });
});
