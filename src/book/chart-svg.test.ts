import { describe, expect, it } from "vitest";
import type { Chart } from "../core/chart.ts";
import { chartSvg } from "./chart-svg.ts";

const LINES: Chart = {
  form: "lines",
  title: "Two lines",
  caption: "Read it.",
  xLabel: "week",
  yLabel: "share <of> all",
  points: [
    { x: 2, y: 4, series: "b" },
    { x: 0, y: 1, series: "a", interval: [0.5, 2] },
    { x: 1, y: 3, series: "a", interval: [2, 4] },
    { x: 0, y: 2, series: "b" },
  ],
};

/** The places of a shape's points. */
function pointsOf(svg: string, shape: string): number[][][] {
  return [...svg.matchAll(new RegExp(`<${shape} points="(?<all>[^"]+)"`, "gu"))].map(({ groups }) =>
    (groups?.all ?? "").split(" ").map((one) => one.split(",").map(Number)),
  );
}

describe("a chart on paper", () => {
  it("draws each line from left to right, higher values higher, and tells lines apart without colour", () => {
    const svg = chartSvg(LINES, 640);
    const [b, a] = pointsOf(svg, "polyline");
    expect(a[0][0]).toBeLessThan(a[1][0]);
    expect(a[0][1]).toBeGreaterThan(a[1][1]);
    expect(b[0][0]).toBe(a[0][0]);
    expect(b[1][0]).toBeGreaterThan(a[1][0]);
    expect(b[1][0] - b[0][0]).toBeCloseTo(2 * (a[1][0] - a[0][0]), 0);
    const dashes = [...svg.matchAll(/<polyline[^>]*?(?:stroke-dasharray="(?<dash>[^"]*)")?\/>/gu)].map(
      ({ groups }) => groups?.dash,
    );
    expect(new Set(dashes).size).toBe(2);
    expect(svg).toContain("share &lt;of&gt; all");
    expect(svg).toMatch(/>b<\/text>[\s\S]*>a<\/text>/u);
  });

  it("draws the interval of a line as a band around it", () => {
    const svg = chartSvg(LINES, 640);
    const [band] = pointsOf(svg, "polygon");
    const [, line] = pointsOf(svg, "polyline");
    expect(band).toHaveLength(4);
    expect(band[0][1]).toBeLessThan(line[0][1]);
    expect(band[3][1]).toBeGreaterThan(line[0][1]);
  });

  it("keeps all within its width, marks limit and events, and stays finite where all values are one", () => {
    const one: Chart = {
      ...LINES,
      form: "points",
      points: [{ x: 5, y: 5, label: "n" }],
      limit: { value: 7, label: "asked" },
      events: [{ x: 6, label: "cut" }],
    };
    for (const width of [340, 640]) {
      const svg = chartSvg(one, width);
      expect(svg).not.toContain("NaN");
      expect(svg).toContain(">asked</text>");
      expect(svg).toContain(">cut</text>");
      for (const [, x] of svg.matchAll(/ (?:x|x1|x2|cx)="(-?[\d.]+)"/gu)) {
        expect(Number(x)).toBeGreaterThanOrEqual(0);
        expect(Number(x)).toBeLessThanOrEqual(width);
      }
    }
  });

  it("puts powers of ten at equal distances on a log axis", () => {
    const points = [1, 10, 100].map((y, x) => ({ x, y }));
    const [[a, b, c]] = pointsOf(chartSvg({ ...LINES, points, yScale: "log" }, 640), "polyline");
    expect(a[1] - b[1]).toBeCloseTo(b[1] - c[1], 0);
    expect(a[1]).toBeGreaterThan(b[1]);
  });

  it("shows photos in rows with their names", () => {
    const picture = { url: "data:image/png;base64,AA==", width: 100, height: 40, rows: ["one", "two"] };
    const svg = chartSvg({ ...LINES, form: "picture", picture }, 340);
    expect(svg).toContain('href="data:image/png;base64,AA=="');
    expect(svg).toMatch(/>one<\/text>[\s\S]*>two<\/text>/u);
  });
});
