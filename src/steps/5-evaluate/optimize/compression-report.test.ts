import { describe, expect, it } from "vitest";
import { type Figure, figure } from "../../../core/figure.ts";
import { evaluateSchema } from "../schema.ts";
import { type CompressionCost, compressionResult, relativeDrop } from "./compression-report.ts";

const stopwatch = { now: () => 0 };
const part = (subject: string, bytes: number) => ({ subject, bytes, serve: () => undefined });

/** The report on one part that became half as large. */
function reportOn(entry: object, cost: Partial<CompressionCost>, figures: readonly Figure[] = []) {
  const [parsed] = evaluateSchema.parse({ optimize: [{ method: "pruning", ...entry }] }).optimize ?? [];
  const measured = {
    before: part("whole", 2000),
    after: part("half", 1000),
    how: "",
    entry: parsed,
    cost: { metric: "ndcg@10", before: 0.5, after: 0.49, difference: null, drop: null, ...cost },
    figures,
    test: "test requests",
  };
  return compressionResult([measured, measured], ["one could not be done"], 3, stopwatch);
}

describe("the report on smaller parts", () => {
  it("holds the interval of the relative drop against the clause: kept, loses, or not settled", () => {
    const verdictOn = (accept: string, drop: readonly [number, number] | null, cost: Partial<CompressionCost> = {}) =>
      reportOn({ accept }, { drop, ...cost }).alerts[0];
    expect(verdictOn("ndcg@10 drop <= 3%", [0.01, 0.029])).toMatchObject({
      measured: expect.closeTo(0.02, 12),
      interval: [0.01, 0.029],
      verdict: "kept",
      fires: false,
    });
    expect(verdictOn("ndcg@10 drop <= 1%", [0.001, 0.03])).toMatchObject({
      verdict: "loses",
      fires: true,
      metric: "ndcg@10 of half",
    });
    expect(verdictOn("ndcg@10 drop <= 1%", [-0.001, 0.04])).toMatchObject({ verdict: "not settled", fires: false });
    expect(verdictOn("ndcg@10 rise <= 1%", [0.01, 0.03])).toMatchObject({
      measured: expect.closeTo(-0.02, 12),
      interval: [-0.03, -0.01],
      verdict: "kept",
    });
    // Without an interval nothing is settled, however good the point looks.
    expect(verdictOn("ndcg@10 drop <= 3%", null)).toMatchObject({ verdict: "not settled", fires: false });
    expect(verdictOn("ndcg@10 >= 0.4", null)).toMatchObject({ measured: 0.49, unit: "", verdict: "not settled" });
    expect(verdictOn("ndcg@10 drop <= 1%", null, { before: 0 })).toMatchObject({
      measured: null,
      verdict: "not measured",
      fires: null,
    });
    // What is zero but for rounding is 0, in the drop and at an end of its interval.
    const equal = { before: 0.3, after: 0.1 + 0.2 };
    expect(verdictOn("ndcg@10 drop <= 1%", [2e-17, 0.03], equal)).toMatchObject({ measured: 0, interval: [0, 0.03] });
    expect(verdictOn("ndcg@10 rise <= 1%", [2e-17, 0.03], equal)).toMatchObject({ measured: 0, interval: [-0.03, 0] });
    expect(verdictOn("ndcg@10 rise <= 1%", null, { before: 0 })).toMatchObject({ measured: null });
    expect(reportOn({}, {}).alerts).toEqual([]);
  });

  it("takes the interval of the drop from that of the paired difference, so that the two say the same", () => {
    expect(relativeDrop([-0.1, 0.02], 0.5)).toEqual([-0.04, 0.2]);
    expect([relativeDrop(null, 0.5), relativeDrop([-0.1, 0.02], 0)]).toEqual([null, null]);
  });

  it("does not say how many units would settle what few of them tell, where the law of the root does not hold", () => {
    const open = { drop: [-0.13, 0.13], restsOnFew: false } as const;
    const accept = "ndcg@10 drop <= 3%";
    const figures = [figure({ step: 5, name: "ndcg@10", subject: "half", against: "whole", value: -0.01, n: 32 })];
    const report = (cost: Partial<CompressionCost>) => reportOn({ accept }, cost, figures);
    expect(report(open).alerts[0].unitsToSettle).toBeGreaterThan(32);
    const few = report({ ...open, restsOnFew: true });
    expect(few.alerts[0]).toMatchObject({ verdict: "not settled", unitsToSettle: null });
    expect(few.remarks.map(({ text }) => text).join(" ")).toMatch(/Of 32 units few differ at all/u);
  });

  it("says the verdict of the row in words, with the interval that it rests on", () => {
    const answer = (accept: string, drop: readonly [number, number]) =>
      reportOn({ accept }, { drop, difference: [-0.01, 0] }).remarks[0].text;
    expect(answer("ndcg@10 drop <= 1%", [-0.001, 0.03])).toContain(
      "holds is not settled: drop 2%, 95% interval -0.1% to 3%",
    );
    expect(answer("ndcg@10 drop <= 1%", [0.02, 0.03])).toContain("is broken, and a loss is shown");
    expect(answer("ndcg@10 drop <= 5%", [0.001, 0.03])).toContain("is kept: drop 2%");
    expect(answer("ndcg@10 rise <= 1%", [-0.03, 0.01])).toContain("-1% to 3%");
  });

  it("puts what the note claims beside what was measured", () => {
    const { text } = reportOn({ "size-ratio": "4x", "measured-drop": "1%" }, {}).remarks[0];
    expect(text).toContain("2x smaller");
    expect(text).toContain("`size-ratio: 4x` (2x here)");
    expect(text).toContain("`measured-drop: 1%` (2% here)");
  });

  it("tells a part once, in figures as in the chart, and passes on what could not be done", () => {
    const { figures, charts, remarks } = reportOn({}, {});
    const bytes = figures.filter(({ name }) => name === "compact bytes").map(({ subject, value }) => [subject, value]);
    expect(bytes).toEqual([
      ["whole", 2000],
      ["half", 1000],
    ]);
    expect(charts[0].points.map(({ x }) => x)).toEqual(["whole", "half"]);
    expect(remarks.at(-1)).toEqual({ kind: "warning", text: "one could not be done" });
  });
});
