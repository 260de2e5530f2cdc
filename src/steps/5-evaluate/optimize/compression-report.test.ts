import { describe, expect, it } from "vitest";
import { evaluateSchema } from "../schema.ts";
import { type CompressionCost, compressionResult } from "./compression-report.ts";

const stopwatch = { now: () => 0 };
const part = (subject: string, bytes: number) => ({ subject, bytes, serve: () => undefined });

/** The report on one part that became half as large. */
function reportOn(entry: object, cost: Partial<CompressionCost>) {
  const [parsed] = evaluateSchema.parse({ optimize: [{ method: "pruning", ...entry }] }).optimize ?? [];
  const measured = {
    before: part("whole", 2000),
    after: part("half", 1000),
    how: "",
    entry: parsed,
    cost: { metric: "ndcg@10", before: 0.5, after: 0.49, difference: null, drop: null, ...cost },
    figures: [],
    test: "test requests",
  };
  return compressionResult([measured, measured], ["one could not be done"], 3, stopwatch);
}

describe("the report on smaller parts", () => {
  it("holds the relative drop against the clause", () => {
    const verdictOn = (accept: string, cost: Partial<CompressionCost> = {}) => reportOn({ accept }, cost).alerts[0];
    expect(verdictOn("ndcg@10 drop <= 3%")).toMatchObject({ measured: expect.closeTo(0.02, 12), fires: false });
    expect(verdictOn("ndcg@10 drop <= 1%")).toMatchObject({ fires: true, metric: "ndcg@10 of half" });
    expect(verdictOn("ndcg@10 rise <= 1%")).toMatchObject({ measured: expect.closeTo(-0.02, 12), fires: false });
    expect(verdictOn("ndcg@10 >= 0.4")).toMatchObject({ measured: 0.49, unit: "", fires: false });
    expect(verdictOn("ndcg@10 drop <= 1%", { before: 0 })).toMatchObject({ measured: null, fires: null });
    expect(reportOn({}, {}).alerts).toEqual([]);
  });

  it("says where the interval leaves the verdict open, and only there", () => {
    const answer = (accept: string, drop: readonly [number, number]) =>
      reportOn({ accept }, { drop, difference: [-0.01, 0] }).remarks[0].text;
    expect(answer("ndcg@10 drop <= 1%", [0.001, 0.03])).toContain("not settled");
    expect(answer("ndcg@10 drop <= 1%", [0.001, 0.03])).toContain("0.1% to 3%");
    expect(answer("ndcg@10 drop <= 1%", [0.02, 0.03])).not.toContain("not settled");
    expect(answer("ndcg@10 drop <= 5%", [0.001, 0.03])).not.toContain("not settled");
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
    const bytes = figures.filter(({ name }) => name === "model bytes").map(({ subject, value }) => [subject, value]);
    expect(bytes).toEqual([
      ["whole", 2000],
      ["half", 1000],
    ]);
    expect(charts[0].points.map(({ x }) => x)).toEqual(["whole", "half"]);
    expect(remarks.at(-1)).toEqual({ kind: "warning", text: "one could not be done" });
  });
});
