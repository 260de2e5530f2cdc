import { parseHTML } from "linkedom";
import { describe, expect, it } from "vitest";
import { figure, runOf, USUAL_RUN } from "../../../test/drawn-run.ts";
import type { MeasuredRun } from "../../system/run-record.ts";
import { conditionsTable } from "./conditions-table.ts";
import { funnel } from "./funnel.ts";
import { plotTable } from "./plot-table.ts";
import { day, partsOf, weeksStrip } from "./weeks-strip.ts";

const run: MeasuredRun = runOf(USUAL_RUN);
const page = (html: string) => parseHTML(`<html><body>${html}</body></html>`).document;
const all = (html: string, selector: string) => [...page(html).querySelectorAll(selector)];
const words = (html: string, selector: string): readonly string[] =>
  all(html, selector).map((one) => (one.textContent ?? "").replaceAll(/[\s ]+/gu, " ").trim());
const numbers = (html: string, selector: string, name: string): readonly number[] =>
  all(html, selector).map((one) => Number.parseFloat(one.getAttribute(name) ?? ""));

const DAY = 86_400;
const WEEK = 7 * DAY;
const START = Date.UTC(2025, 5, 2) / 1000;

describe("the strip of the weeks", () => {
  const cut = (name: string, weeks: number) =>
    figure({ step: 3, name, subject: "split", value: START + weeks * WEEK, unit: "time" });
  const figures = [
    figure({ step: 3, name: "data from", subject: "data", value: START, unit: "time" }),
    cut("train from", 0),
    cut("train until", 6),
    cut("validation from", 6),
    cut("validation until", 8),
    cut("test from", 9),
    cut("test until", 10),
    figure({ step: 3, name: "training events", subject: "split", value: 12_345, unit: "events" }),
    figure({ step: 3, name: "test events", subject: "split", value: 99, unit: "events" }),
  ];
  const chart = (points: readonly object[]) => ({
    step: 3,
    chart: { form: "bars", title: "Events by week", caption: "", points },
  });
  const weekly = Array.from({ length: 10 }, (_, x) => ({ x, y: 10 * (x + 1) }));
  const html = weeksStrip({ ...run, figures, charts: [chart(weekly)] });

  it("has the parts with their days and their counts", () => {
    expect(partsOf({ ...run, figures }).map(({ name, count }) => `${name} ${count}`)).toEqual([
      "train 12,345",
      "validation ",
      "test 99",
    ]);
    expect(words(html, "tbody tr")).toEqual([
      "Train2 Jun 2025 to 14 Jul 202512,345what models learn from",
      "Validation14 Jul 2025 to 28 Jul 2025what is chosen here",
      "Test4 Aug 2025 to 11 Aug 202599opened once, at the end",
    ]);
    expect(day(Date.UTC(2024, 11, 31) / 1000 + DAY - 1)).toBe("31 Dec 2024");
  });

  it("draws a bar for each week, its height its count, its colour what the week is for", () => {
    const heights = numbers(html, "svg rect", "height");
    expect(heights).toHaveLength(10);
    for (const [i, height] of heights.entries()) expect(height).toBeCloseTo((93 * (i + 1)) / 10, 0);
    expect(numbers(html, "svg rect", "y").map((y, i) => y + heights[i])).toEqual(
      heights.map(() => expect.closeTo(138, 0)),
    );
    const fills = all(html, "svg rect").map((one) => one.getAttribute("class") || one.getAttribute("fill"));
    expect(fills).toEqual([...Array(6).fill("b-soft"), "b-model", "b-model", "url(#hatch)", "b-system"]);
    expect(numbers(html, "svg rect", "x")).toEqual(heights.map((_, i) => expect.closeTo(10 * i, 1)));
    for (const width of numbers(html, "svg rect", "width")) expect(width).toBeCloseTo(9.65, 1);
  });

  it("marks the cuts, and five moments from the first to the last", () => {
    expect(numbers(html, "line.limit", "x1")).toEqual([expect.closeTo(60, 1), expect.closeTo(90, 1)]);
    const moments = all(html, "svg text").filter((one) => one.getAttribute("y") === "158");
    expect(moments.map((one) => one.textContent)).toEqual([
      "2 Jun 2025",
      "19 Jun 2025",
      "7 Jul 2025",
      "24 Jul 2025",
      "11 Aug 2025",
    ]);
    expect(moments.map((one) => one.getAttribute("text-anchor"))).toEqual([
      "start",
      "middle",
      "middle",
      "middle",
      "end",
    ]);
    expect(page(html).querySelector("svg")?.getAttribute("aria-label")).toBe(
      "Events by week, train 2 Jun 2025 to 14 Jul 2025, validation 14 Jul 2025 to 28 Jul 2025, test 4 Aug 2025 to 11 Aug 2025",
    );
  });

  it("sets the name of a part that begins where another does above that one's", () => {
    const together = figures.map((one) => (one.name === "validation from" ? { ...one, value: START } : one));
    const strip = weeksStrip({ ...run, figures: together, charts: [chart(weekly)] });
    const heights = (name: string) =>
      all(strip, "svg text").flatMap((one) => (one.textContent === name ? [Number(one.getAttribute("y"))] : []));
    expect(heights("Validation")[0]).toBeLessThan(heights("Train")[0] - 11);
    expect(heights("Test")).toEqual(heights("Train"));
  });

  it("is empty without cuts or without two weeks", () => {
    expect(weeksStrip({ ...run, figures: figures.slice(0, 1), charts: [chart(weekly)] })).toBe("");
    expect(weeksStrip({ ...run, figures, charts: [chart(weekly.slice(0, 1))] })).toBe("");
    expect(weeksStrip({ ...run, figures, charts: [] })).toBe("");
    expect(weeksStrip({ ...run, figures: figures.slice(1), charts: [chart(weekly)] })).toBe("");
  });
});

describe("a number at the end of a bar", () => {
  const drawn = (to: number) =>
    plotTable({
      caption: "average precision by model",
      scale: "linear",
      from: 0,
      to: 1,
      ticks: [],
      lines: [],
      layout: "bars",
      rows: [
        { name: "latency", value: "", marks: [{ form: "bar", from: 0, to, fill: "system", text: "810%, beyond" }] },
      ],
    });

  it("stands behind the bar, and on a ground of its own where the bar reaches the frame's end", () => {
    expect(drawn(0.5)).toContain('<text x="50.00%" dx="8" y="20" text-anchor="start"');
    expect(drawn(0.5)).not.toContain('class="ground"');
    expect(drawn(1)).toContain(
      '<svg x="100.00%" overflow="visible"><rect x="-102" width="98" y="5" height="20" class="ground"/>',
    );
    expect(drawn(1)).toContain('<text x="-8" y="20" text-anchor="end"');
    expect(drawn(1)).toContain("<figcaption>Average precision by model</figcaption>");
  });
});

describe("a value that the frame does not hold", () => {
  const shapes = (scale: "log" | "linear", at: number) =>
    all(
      plotTable({
        caption: "drift",
        scale,
        from: 0.001,
        to: 1,
        ticks: [],
        lines: [],
        layout: "dense",
        rows: [{ name: "age", value: "", marks: [{ form: "dot", at, interval: null, role: "ink" }] }],
      }),
      "tbody .draw svg svg",
    ).map((one) => [one.getAttribute("x"), one.querySelector("path")?.getAttribute("d") ?? "disc"]);

  it("is an arrow at the edge that it lies beyond, on a logarithmic axis too", () => {
    for (const scale of ["log", "linear"] as const) {
      expect(shapes(scale, 0.0004)).toEqual([["0.00%", "M8-4 0 0 8 4"]]);
      expect(shapes(scale, 0)).toEqual([["0.00%", "M8-4 0 0 8 4"]]);
      expect(shapes(scale, 2)).toEqual([["100.00%", "M-8-4 0 0-8 4"]]);
    }
    expect(shapes("log", 0.1)).toEqual([["66.67%", "disc"]]);
  });
});

describe("the funnel of the stages", () => {
  const stages = [
    { stage: "candidates", what: "als", keep: 500 },
    { stage: "ranking", what: "trees", keep: 50 },
    { stage: "log", what: "nothing", keep: null },
  ];
  const bytes = (subject: string, value: number, role?: "cheat") =>
    figure({ step: 4, name: "model bytes", subject, value, unit: "B", role });
  const staged = (figures: MeasuredRun["figures"], handed = stages): MeasuredRun => ({
    ...run,
    figures: [
      { ...figure({ step: 3, name: "titles", subject: "data", value: 2000 }), stated: "items" as const },
      ...figures,
    ],
    context: { ...run.context, stated: { ...run.context.stated, stages: handed } },
  });
  const html = funnel(
    staged([
      bytes("als", 3000),
      bytes("ease", 7000),
      bytes("future", 9e9, "cheat"),
      bytes("ranking", 1500),
      figure({ step: 5, name: "recall@500", subject: "candidates", value: 0.9, interval: [0.8, 0.95] }),
      figure({ step: 6, name: "latency p99", subject: "ranking", value: 0.02, unit: "s" }),
      figure({ step: 6, name: "latency p50", subject: "ranking", value: 0.005, unit: "s" }),
    ]),
  );

  it("says what each stage hands on, keeps, weighs and takes; the first stage is made of all models that are none", () => {
    expect(words(html, "table.cols tr")).toEqual([
      "stageCataloguetitlesCandidatesalsRankingtrees",
      "hands on2,00050050",
      "liked items still in—90.0 % [80.0, 95.0]—",
      "memory—10 kB1.5 kB",
      "p50——5 ms",
      "p99——20 ms",
    ]);
    expect(page(html).querySelector("svg")?.getAttribute("aria-label")).toBe(
      "Of 2,000 500 are handed on by candidates, 50 are handed on by ranking",
    );
  });

  it("draws heights to scale, a sliver where little is left, and slopes between", () => {
    const shapes = all(html, ".wide svg rect");
    expect(shapes.map((one) => Number(one.getAttribute("height")))).toEqual([132, 33, expect.closeTo(3.3, 9)]);
    expect(shapes.map((one) => Number(one.getAttribute("x")))).toEqual([0, 100, 200]);
    expect(shapes.map((one) => Number(one.getAttribute("y")))).toEqual([0, 49.5, expect.closeTo(64.35, 9)]);
    expect(all(html, "polygon").map((one) => one.getAttribute("points"))).toEqual([
      "56,0 100,49.5 100,82.5 56,132",
      expect.stringMatching(/^156,49\.5 200,64\.35\d* 200,67\.65\d* 156,82\.5$/u),
    ]);
  });

  it("hands on no more than there is, and is empty for a system without stages", () => {
    const small = funnel(staged([], [{ ...stages[0], keep: 5000 }, stages[1]]));
    expect(words(small, "table.cols tr")[1]).toBe("hands on2,0002,00050");
    expect(funnel(staged([], stages.slice(1)))).toBe("");
    expect(funnel(run)).toBe("");
  });
});

describe("the table of the conditions", () => {
  const alert = (
    verdict: MeasuredRun["alerts"][number]["verdict"],
    parts: Partial<MeasuredRun["alerts"][number]> = {},
  ) => ({
    ...run.alerts[0],
    step: 7 as const,
    kind: "alert" as const,
    metric: "psi",
    condition: "> 0.2",
    measured: 0.3,
    unit: "",
    interval: null,
    n: null,
    note: "of age",
    verdict,
    ...parts,
  });

  it("brings forward what fires, then what is not settled, and sums up the quiet and the unmeasured", () => {
    const html = conditionsTable(
      [
        alert("quiet", { metric: "error rate" }),
        alert("not settled", { metric: "ndcg@10", unit: "share", interval: [0.1, 0.5], n: 1234, note: "one window" }),
        alert("fires", { owner: "team", action: "look", n: 80, note: "over 80 requests" }),
        alert("quiet", { metric: "latency" }),
        alert("not measured", { metric: "gpu", measured: null }),
      ],
      "Held against the run",
    );
    const rows = words(html, "tbody tr").map((row) => row.replace(/^[^a-z]*/u, ""));
    expect(rows).toEqual([
      "firespsi > 0.20.3over 80 requests. Team: look",
      "not settledndcg@10 > 0.230 % [10, 50]n 1,234; one window",
      "quiet2 conditionserror rate, latency",
      "not measured1 conditiongpu",
    ]);
    expect(words(html, "figcaption")).toEqual(["Held against the run"]);
  });

  it("writes an alert and a trigger that watch the same as one row with both consequences", () => {
    const same = { note: "one window", n: 80 };
    const html = conditionsTable(
      [
        alert("fires", { ...same, owner: "ranking team", action: "roll back" }),
        alert("fires", { ...same, owner: "", action: "retrain" }),
        alert("fires", { ...same, condition: "> 0.3" }),
      ],
      "Held against the run",
    );
    const rows = words(html, "tbody tr").map((row) => row.replace(/^[^a-z]*/u, ""));
    expect(rows).toEqual([
      "firespsi > 0.2 2 conditions0.3n 80; one window. Ranking team: roll back. Retrain",
      "firespsi > 0.30.3n 80; one window",
    ]);
  });

  it("is empty without conditions", () => {
    expect(conditionsTable([], "x")).toBe("");
  });
});
