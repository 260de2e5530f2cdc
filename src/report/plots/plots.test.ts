import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import type { Plot, PlotRow } from "../plot.ts";
import { deploymentPlots } from "./deployment.ts";
import { evaluationPlots } from "./evaluation.ts";
import { framingPlot } from "./framing.ts";
import { modelPlot } from "./model.ts";
import { monitoringPlots } from "./monitoring.ts";
import { partsPlot } from "./parts.ts";
import { requirementsPlot } from "./requirements.ts";

const run: MeasuredRun = runOf(USUAL_RUN);
const withParts = (
  figures: MeasuredRun["figures"],
  stated: Partial<MeasuredRun["context"]["stated"]> = {},
): MeasuredRun => ({
  ...run,
  figures: [...run.figures, ...figures],
  context: { ...run.context, stated: { ...run.context.stated, ...stated } },
});
const rowsOf = (plot: Plot | undefined): readonly string[] =>
  (plot?.rows ?? []).map((row) =>
    typeof row === "string"
      ? `# ${row}`
      : [row.name, row.small, row.value, row.below, row.state?.word].filter(Boolean).join(" | "),
  );
const rowNamed = (plot: Plot | undefined, name: string): PlotRow => {
  const row = plot?.rows.find((one) => typeof one !== "string" && one.name === name);
  if (row === undefined || typeof row === "string") throw new Error(`no row ${name}`);
  return row;
};

describe("the plot of the parts of data without time", () => {
  const part = (name: string, value: number, unit: string) => figure({ step: 3, name, subject: "split", value, unit });

  it("counts what each part has in the task's own rows, and nothing that is counted beside them", () => {
    const figures = [
      part("training photos", 1552, "photos"),
      part("training positives", 90, "photos"),
      part("validation photos", 184, "photos"),
      part("test photos", 190, "photos"),
      part("test requests", 40, "requests"),
    ];
    const [plot] = partsPlot({ ...run, figures });
    expect(plot.caption).toBe("Photos of each part, and what it may be used for");
    expect(rowsOf(plot)).toEqual([
      "Train | what models learn from | 1,552",
      "Validation | what is chosen here | 184",
      "Test | opened once, at the end | 190",
    ]);
    expect(rowNamed(plot, "Test").marks).toEqual([{ form: "bar", from: 0, to: 190, fill: "system", text: "" }]);
    expect(plot.to).toBe(1552);
  });

  it("is left out where fewer than two parts are counted", () => {
    expect(partsPlot({ ...run, figures: [part("test photos", 190, "photos")] })).toEqual([]);
  });
});

describe("the plot of the paired differences", () => {
  const [forest, compression] = evaluationPlots(
    withParts(
      [
        figure({
          step: 5,
          name: "ndcg@10",
          subject: "als",
          against: "baseline",
          value: -0.02,
          interval: [-0.05, 0.01],
          n: 400,
        }),
        figure({
          step: 5,
          name: "ndcg@10",
          subject: "two-stage",
          against: "als",
          value: 0.12,
          interval: [0.06, 0.18],
          n: 400,
        }),
        figure({
          step: 5,
          name: "ndcg@10",
          subject: "als",
          against: "baseline",
          slice: "new members",
          value: 9,
          interval: [8, 10],
          n: 4,
        }),
      ],
      { success: { metric: "ndcg@10", value: null, gain: 0.03 } },
    ),
  );

  it("sets them apart by whom they are against, the smallest first, and slices of the system alone", () => {
    expect(rowsOf(forest)).toEqual([
      "# Against the baseline",
      "als | -0.020 [-0.050, 0.010]",
      "two-stage | +0.100 [0.050, 0.150]",
      "# Against another model",
      "two-stage, against als | +0.120 [0.060, 0.180]",
      "# By slice: two-stage against the baseline",
      "new members | 400 requests | +0.100 [0.050, 0.150]",
    ]);
    expect(forest.caption).toBe("Difference of ndcg@10, 95% intervals, paired");
  });

  it("marks the system, draws zero and the smallest gain that pays, and holds all ends of intervals", () => {
    expect(rowNamed(forest, "two-stage").marks).toEqual([
      { form: "dot", at: 0.1, interval: [0.05, 0.15], role: "system" },
    ]);
    expect(rowNamed(forest, "als").marks).toMatchObject([{ at: -0.02, role: "model" }]);
    expect(forest.lines).toEqual([
      { at: 0, kind: "zero", label: "" },
      { at: 0.03, kind: "ref", label: "smallest gain that pays" },
    ]);
    expect(forest.from).toBeLessThan(-0.05);
    expect(forest.to).toBeGreaterThan(0.18);
    expect(forest.to).toBeLessThan(0.25);
    expect(forest.ticks.find(({ at }) => at > 0)?.text).toMatch(/^\+/u);
    expect(forest.ticks.find(({ at }) => at <= 0)?.text).not.toMatch(/^\+/u);
  });

  it("shows what being smaller costs, each against its own limit", () => {
    expect(rowsOf(compression)).toEqual([
      "ranking int8 | 2.0x smaller, ndcg@10 drop <= 1% | 0.40% [-0.20, 0.80] | kept",
    ]);
    expect(rowNamed(compression, "ranking int8").marks).toEqual([
      { form: "limit", at: 0.01 },
      { form: "dot", at: 0.004, interval: [-0.002, 0.008], role: "system" },
    ]);
    expect(compression.from).toBeLessThan(-0.002);
    expect(compression.to).toBeGreaterThan(0.01);
  });

  it("is none where nothing was judged or made smaller", () => {
    expect(evaluationPlots({ ...run, evaluation: null, alerts: [] })).toEqual([]);
  });
});

describe("the plot of a request", () => {
  const budgets = [
    { stage: "network", seconds: 0.02 },
    { stage: "ranking", seconds: 0.05 },
  ];

  it("lays the budgets behind each other, and what was measured below, the granted network behind it", () => {
    const [request] = deploymentPlots(withParts([], { budgets, p99: 0.1 }));
    expect(rowsOf(request)).toEqual([
      "allowed | the note's budgets | 70 ms | 30 ms unspent",
      "measured, p99 | granted network hatched | 50 ms | 30 ms + 20 ms",
    ]);
    expect(rowNamed(request, "allowed").marks).toEqual([
      { form: "bar", from: 0, to: 0.02, fill: "granted", text: "network" },
      { form: "bar", from: 0.02, to: expect.closeTo(0.07, 12), fill: "budget", text: "ranking" },
    ]);
    expect(rowNamed(request, "measured, p99").marks).toEqual([
      { form: "bar", from: 0, to: 0.03, fill: "system", text: "" },
      { form: "bar", from: 0.03, to: expect.closeTo(0.05, 12), fill: "granted", text: "" },
    ]);
    expect(request.lines).toEqual([{ at: 0.1, kind: "limit", label: "limit 100 ms" }]);
    expect(request.to).toBeCloseTo(0.104, 12);
    for (const { at } of request.ticks) expect(at).toBeLessThan(0.093);
  });

  it("says by how much budgets go beyond the limit, and leaves out a name where its bar is too narrow", () => {
    const tight = withParts([], { budgets: [...budgets, { stage: "log", seconds: 0.005 }], p99: 0.06 });
    const [request] = deploymentPlots(tight);
    expect(rowsOf(request)[0]).toBe("allowed | the note's budgets | 75 ms | 15 ms too much");
    expect(rowNamed(request, "allowed").marks.at(-1)).toMatchObject({ text: "", fill: "budget" });
    const even = deploymentPlots(withParts([], { budgets, p99: 0.07 }))[0];
    expect(rowsOf(even)[0]).toBe("allowed | the note's budgets | 70 ms");
  });

  it("has the median where it was measured, and the stages where there are several", () => {
    const stage = (subject: string, value: number, basis?: "granted") =>
      figure({ step: 6, name: "latency p99", subject, value, unit: "s", basis });
    const plots = deploymentPlots(
      withParts(
        [
          figure({ step: 6, name: "latency p50", subject: "request", value: 0.01, unit: "s" }),
          stage("candidates", 0.004),
          stage("ranking", 0.02),
          stage("network", 0.02, "granted"),
        ],
        { budgets: [{ stage: "ranking", seconds: 0.05 }], p99: null },
      ),
    );
    expect(rowsOf(plots[0])).toEqual([
      "allowed | the note's budgets | 50 ms",
      "measured, p99 | 30 ms",
      "measured, p50 | 10 ms",
    ]);
    expect(plots[0].lines).toEqual([]);
    expect(rowsOf(plots[1])).toEqual([
      "candidates | 4 ms",
      "ranking | 20 ms | of 50 ms",
      "network | 20 ms | granted, not measured",
    ]);
    expect(plots[1].to).toBe(0.02);
    expect(rowNamed(plots[1], "network").marks).toEqual([
      { form: "bar", from: 0, to: 0.02, fill: "granted", text: "" },
    ]);
    expect(deploymentPlots(withParts([stage("ranking", 0.02)]))).toHaveLength(1);
    expect(deploymentPlots({ ...run, figures: [] })).toEqual([]);
  });
});

describe("the plot of the frame", () => {
  const stated = {
    baseline: { metric: "ndcg@10", value: 0.25, rule: "most-popular" },
    success: { metric: "ndcg@10", value: 0.38, gain: null },
  };

  it("has the baseline as written and as measured, the system, the ceiling, and the line of success", () => {
    const [plot] = framingPlot(
      withParts([figure({ step: 5, name: "ndcg@10 ceiling", subject: "candidates", value: 0.9 })], stated),
    );
    expect(rowsOf(plot)).toEqual([
      "baseline, as the note says | written before any run | 0.25",
      "baseline, measured | most-popular | 0.300 [0.250, 0.350]",
      "two-stage | chosen on validation | 0.400 [0.350, 0.450]",
      "ceiling of the candidates | a perfect ranker | 0.900",
    ]);
    expect(plot.lines).toEqual([{ at: 0.38, kind: "limit", label: "success from 0.38" }]);
    expect(plot.to).toBeGreaterThan(0.45);
    // The ceiling may lie outside.
    expect(plot.to).toBeLessThan(0.5);
    expect(plot.rows.map((row) => (typeof row === "string" ? "" : row.marks[0]))).toMatchObject([
      { role: "truth" },
      { role: "baseline", interval: [0.25, 0.35] },
      { role: "system", at: 0.4 },
      { role: "ink" },
    ]);
  });

  it("leaves out what the note says of another metric, and is none where nothing was judged", () => {
    const other = {
      baseline: { ...stated.baseline, metric: "map@10" },
      success: { ...stated.success, metric: "map@10" },
    };
    const [plot] = framingPlot(withParts([], other));
    expect(rowsOf(plot)).toHaveLength(2);
    expect(plot.lines).toEqual([]);
    expect(framingPlot({ ...run, evaluation: null })).toEqual([]);
    expect(framingPlot({ ...run, figures: [] })).toEqual([]);
  });
});

describe("the plots of drift, of sizes and of what was tried", () => {
  it("order drift from the largest, shade what chance does, and colour what acts", () => {
    const psi = (subject: string, value: number, name = "psi") => figure({ step: 7, name, subject, value });
    const watched = withParts([
      psi("age", 0.05),
      psi("hour", 3),
      psi("tiny", 0.0009),
      psi("age", 0.02, "psi by chance"),
    ]);
    const alert = { ...run.alerts[0], step: 7 as const, kind: "alert" as const, metric: "psi of age" };
    const [plot] = monitoringPlots({
      ...watched,
      alerts: [
        { ...alert, condition: "> 0.2" },
        { ...alert, condition: "> 0.1" },
        { ...alert, condition: "< 0.01" },
        { ...alert, metric: "ndcg@10", condition: "> 0.05" },
      ],
    });
    expect(rowsOf(plot)).toEqual(["hour | 3.000", "age | 0.050", "tiny | <0.001"]);
    expect(plot.lines).toEqual([{ at: 0.1, kind: "limit", label: "acts from 0.1" }]);
    expect([plot.from, plot.to, plot.scale]).toEqual([0.001, 10, "log"]);
    expect(rowNamed(plot, "hour").marks).toEqual([{ form: "dot", at: 3, interval: null, role: "system" }]);
    expect(rowNamed(plot, "age").marks).toEqual([
      { form: "band", from: 0.001, to: 0.02 },
      { form: "dot", at: 0.05, interval: null, role: "ink" },
    ]);
    expect(plot.caption).toContain("; shaded is what chance does");
    const [quiet] = monitoringPlots({ ...run, alerts: [], figures: [psi("age", 0.05)] });
    expect([quiet.to, quiet.lines, quiet.caption.includes("shaded")]).toEqual([1, [], false]);
    expect(monitoringPlots(run)).toEqual([]);
  });

  it("say what each model weighs, and how good it was on earlier rounds", () => {
    const [plot] = modelPlot(
      withParts([
        figure({ step: 4, name: "model bytes", subject: "rules", value: 99, unit: "B" }),
        figure({ step: 4, name: "model bytes", subject: "trees", value: 85_470, unit: "B" }),
        figure({ step: 4, name: "auc on earlier rounds", subject: "trees", value: 0.8, interval: [0.7, 0.9] }),
      ]),
    );
    expect(rowsOf(plot)).toEqual(["rules | 99 B", "trees | auc on earlier rounds 0.80 [0.70, 0.90] | 85.5 kB"]);
    expect([plot.from, plot.to]).toEqual([0, 85_470]);
    expect(rowNamed(plot, "trees").marks).toEqual([{ form: "bar", from: 0, to: 85_470, fill: "model", text: "" }]);
    expect(modelPlot(run)).toEqual([]);
  });

  it("say what share of latency and money was used, and what is beyond", () => {
    const [plot] = requirementsPlot(run);
    expect(rowsOf(plot)).toEqual([
      "# Used, of what the note allows",
      "latency | 50 ms, of 100 ms at p99",
      "money | $863, of $5,000 a month, estimated",
    ]);
    expect(rowNamed(plot, "latency").marks).toEqual([{ form: "bar", from: 0, to: 0.5, fill: "system", text: "50%" }]);
    expect(rowNamed(plot, "money").marks).toMatchObject([{ to: 0.1726, text: "17%" }]);
    const [over] = requirementsPlot(withParts([], { p99: 0.04 }));
    expect(rowNamed(over, "latency").marks).toEqual([
      { form: "bar", from: 0, to: 1, fill: "system", text: expect.stringMatching(/^1[23]0%, beyond$/u) },
    ]);
    expect(plot.ticks.map(({ text }) => text)).toEqual(["0%", "25%", "50%", "75%", "100%"]);
  });
});
