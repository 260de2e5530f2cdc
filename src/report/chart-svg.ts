/** Draws a chart as SVG text with Observable Plot: no script, no network, colours from the page's own variables. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Chart, ChartPoint } from "../core/chart.ts";
import { escapeHtml } from "./escape-html.ts";

const SERIES_COLOURS = [
  "var(--series-1)",
  "var(--series-2)",
  "var(--series-3)",
  "var(--series-4)",
  "var(--series-5)",
  "var(--series-6)",
];
const WIDTH = 720;
const ROW_HEIGHT = 30;
/** Of a label's 11 px type, on the wide side. */
const LETTER_WIDTH = 6;

/** The chart as an `<svg>`, below a legend where there are several series. */
export function drawChart(chart: Chart): string {
  if (chart.picture !== undefined) return drawPicture(chart.picture, chart.title);
  const { document } = parseHTML("<html><body></body></html>");
  const options = chart.form === "lines" || chart.form === "points" ? planeOptions(chart) : categoryOptions(chart);
  const style = { fontSize: "12px", background: "none" };
  return `${drawLegend(chart)}${Plot.plot({ document, width: WIDTH, style, ...options }).outerHTML}`;
}

/** The image as wide as a page has room for, its rows named at the left. */
function drawPicture({ url, width, height, rows }: NonNullable<Chart["picture"]>, title: string): string {
  const names = 150;
  const scale = Math.min(2, (WIDTH - names) / width);
  const row = (scale * height) / Math.max(1, rows.length);
  const texts = rows.map(
    (text, i) => `<text x="0" y="${((i + 0.5) * row + 4).toFixed(1)}" fill="currentColor">${escapeHtml(text)}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${Math.ceil(scale * height)}" width="${WIDTH}" style="max-width:100%;height:auto;font:12px system-ui,sans-serif" role="img" aria-label="${escapeHtml(title)}">${texts.join("")}<image x="${names}" y="0" width="${(scale * width).toFixed(1)}" height="${(scale * height).toFixed(1)}" href="${escapeHtml(url)}"/></svg>`;
}

function drawLegend(chart: Chart): string {
  const series = seriesOf(chart);
  if (series.length < 2) return "";
  const entries = series.map(
    (name, i) => `<li><span style="background: ${colourOf(i)}"></span>${escapeHtml(name)}</li>`,
  );
  return `<ul class="legend">${entries.join("")}</ul>`;
}

function colourOf(series: number): string {
  return SERIES_COLOURS[series % SERIES_COLOURS.length];
}

function seriesOf(chart: Chart): string[] {
  return [...new Set(chart.points.map(({ series }) => series ?? ""))];
}

function colourScale(chart: Chart): Plot.ScaleOptions {
  const domain = seriesOf(chart);
  return { domain, range: domain.map((_, i) => colourOf(i)) };
}

/** Categories down the side. Several series of one category stand below each other inside its band. */
function categoryOptions(chart: Chart): Plot.PlotOptions {
  const series = seriesOf(chart);
  const faceted = series.length > 1;
  const categories = [...new Set(chart.points.map(({ x }) => String(x)))];
  const rows = chart.points.map((point) => ({
    ...flatten(point),
    row: faceted ? (point.series ?? "") : String(point.x),
    facet: String(point.x),
  }));
  const common = faceted ? { fy: "facet", y: "row" } : { y: "row" };
  const longest = Math.max(...categories.map((name) => name.length), 4);
  const marks: Plot.Markish[] =
    chart.form === "bars"
      ? [
          Plot.barX(rows, { ...common, x: "y", fill: "series", insetTop: 3, insetBottom: 3 }),
          Plot.ruleX([0], { stroke: "currentColor" }),
        ]
      : [
          Plot.ruleY(rows.filter(hasInterval), { ...common, x1: "low", x2: "high", stroke: "series", strokeWidth: 2 }),
          Plot.dot(rows, { ...common, x: "y", fill: "series", r: 5 }),
        ];
  if (chart.limit !== undefined) marks.push(...limitX(chart.limit, faceted));
  const texts = rows.filter(({ label }) => label !== "");
  if (texts.length > 0)
    marks.push(
      Plot.text(texts, { ...common, x: "high", text: "label", textAnchor: "start", dx: 8, fill: "currentColor" }),
    );
  return {
    marginLeft: Math.min(240, 30 + longest * 7),
    marginRight: texts.length > 0 ? 90 : 30,
    marginTop: chart.limit === undefined ? 10 : 26,
    marginBottom: 42,
    height: 70 + rows.length * (faceted ? 22 : ROW_HEIGHT) + (faceted ? categories.length * 8 : 0),
    x: {
      label: chart.yLabel,
      grid: true,
      type: chart.yScale === "log" ? "log" : "linear",
      labelAnchor: "center",
      labelArrow: "none",
      nice: true,
    },
    y: { label: null, ...(faceted ? { domain: series, axis: null, padding: 0.2 } : { domain: categories }) },
    fy: faceted ? { domain: categories, label: null, axis: "left" } : undefined,
    color: colourScale(chart),
    marks,
  };
}

function limitX(limit: NonNullable<Chart["limit"]>, faceted: boolean): Plot.Markish[] {
  const rule = Plot.ruleX([limit.value], { stroke: "var(--limit)", strokeDasharray: "5,4", strokeWidth: 1.5 });
  // Said once, above the first category.
  const where = faceted ? { facetAnchor: "top" as const } : {};
  return [
    rule,
    Plot.text([limit], {
      x: "value",
      text: "label",
      ...where,
      fill: "var(--limit)",
      dy: -12,
      fontWeight: "bold",
      frameAnchor: "top",
    }),
  ];
}

/** A numeric x: lines with bands, or a scatter. */
function planeOptions(chart: Chart): Plot.PlotOptions {
  const rows = chart.points.map(flatten);
  // Weeks and days have no fractions.
  const isWhole = rows.every(({ x }) => Number.isInteger(x)) && rows.length < 60;
  const isLine = chart.form === "lines";
  const banded = rows.filter(hasInterval);
  const marks: Plot.Markish[] = [];
  const [first, last] = [Math.min(...rows.map(({ x }) => Number(x))), Math.max(...rows.map(({ x }) => Number(x)))];
  for (const event of chart.events ?? []) {
    // Beside its line, on the side that has room.
    const isLate = event.x > first + 0.8 * (last - first);
    const beside = { textAnchor: isLate ? "end" : "start", dx: isLate ? -5 : 5 } as const;
    marks.push(Plot.ruleX([event.x], { stroke: "var(--muted)", strokeDasharray: "2,3" }));
    marks.push(
      Plot.text([event], {
        x: "x",
        text: "label",
        frameAnchor: "bottom",
        ...beside,
        dy: -8,
        fill: "var(--muted)",
        fontSize: 11,
      }),
    );
  }
  if (isLine && banded.length > 0)
    marks.push(Plot.areaY(banded, { x: "x", y1: "low", y2: "high", z: "series", fill: "series", fillOpacity: 0.16 }));
  if (isLine) marks.push(Plot.lineY(rows, { x: "x", y: "y", z: "series", stroke: "series", strokeWidth: 2 }));
  else {
    marks.push(Plot.ruleX(banded, { x: "x", y1: "low", y2: "high", stroke: "series", strokeOpacity: 0.6 }));
    marks.push(Plot.dot(rows, { x: "x", y: "y", fill: "series", r: 4.5 }));
  }
  const texts = rows.filter(({ label }) => label !== "");
  if (texts.length > 0)
    marks.push(
      Plot.text(texts, {
        x: "x",
        y: "y",
        text: "label",
        textAnchor: isLine ? "end" : "middle",
        dy: -11,
        fill: "currentColor",
        fontSize: 11,
      }),
    );
  if (chart.limit !== undefined) {
    marks.push(Plot.ruleY([chart.limit.value], { stroke: "var(--limit)", strokeDasharray: "5,4", strokeWidth: 1.5 }));
    marks.push(
      Plot.text([chart.limit], {
        y: "value",
        text: "label",
        frameAnchor: "right",
        dy: -8,
        fill: "var(--limit)",
        fontWeight: "bold",
      }),
    );
  }
  return {
    height: 340,
    marginLeft: 64,
    marginRight: 30,
    marginTop: 28,
    marginBottom: 44,
    ...(isLine ? {} : insetsOf(texts)),
    x: {
      label: chart.xLabel,
      grid: true,
      type: chart.xScale === "log" ? "log" : "linear",
      labelAnchor: "center",
      labelArrow: "none",
      ...(isWhole ? { tickFormat: (at: number) => (Number.isInteger(at) ? String(at) : "") } : {}),
    },
    y: {
      label: chart.yLabel,
      grid: true,
      type: chart.yScale === "log" ? "log" : "linear",
      labelArrow: "none",
      zero: isLine && chart.yScale !== "log" && isNearZero(rows),
    },
    color: colourScale(chart),
    marks,
  };
}

/** Room for the labels of points, which stand centred above them: none may reach the axis and its numbers. */
function insetsOf(
  labelled: readonly Row[],
): Pick<Plot.PlotOptions, "insetLeft" | "insetRight" | "insetTop" | "insetBottom"> {
  const longest = Math.max(0, ...labelled.map(({ label }) => label.length));
  const aside = Math.min(160, Math.max(40, Math.ceil((longest * LETTER_WIDTH) / 2)));
  return { insetLeft: aside, insetRight: aside, insetTop: longest > 0 ? 12 : 6, insetBottom: 10 };
}

/** Whether the values come so near to zero that leaving it out would make differences look larger than they are. */
function isNearZero(rows: readonly Row[]): boolean {
  const values = rows.flatMap(({ low, high }) => [low, high]);
  return Math.min(...values) < Math.max(...values) / 2;
}

interface Row {
  readonly x: string | number;
  readonly y: number;
  readonly low: number;
  readonly high: number;
  readonly bounded: boolean;
  readonly series: string;
  readonly label: string;
}

function flatten({ x, y, interval, series, label }: ChartPoint): Row {
  const bounds = interval ?? undefined;
  return {
    x,
    y,
    low: bounds?.[0] ?? y,
    high: bounds?.[1] ?? y,
    bounded: bounds !== undefined,
    series: series ?? "",
    label: label ?? "",
  };
}

function hasInterval({ bounded }: Pick<Row, "bounded">): boolean {
  return bounded;
}
