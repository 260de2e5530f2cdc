/** A sweep as one SVG file: a panel per unit, lines named at their ends, limits and crossings marked. Stands alone, light and dark. */

import * as Plot from "@observablehq/plot";
import { parseHTML } from "linkedom";
import { formatQuantity } from "../core/format-quantity.ts";
import { type Dimension, describeDimension, MONTH_SECONDS, sameDimension } from "../core/unit.ts";
import { isLogRange, type Sweep, type SweepSeries } from "../estimate/sweep.ts";
import { describeCrossing, type Written } from "./render-sweep.ts";

const WIDTH = 860;
const PANEL = 300;
const MARGIN_RIGHT = 300;
const LINE = 17;
const COLOURS = ["#2563a8", "#c2571a", "#2f855a", "#8b3d88", "#a3781c", "#5a6472", "#b03a48", "#2a8a94", "#6b7d1f"];

export function drawSweep(sweep: Sweep, key: string, as: Written): string {
  const panels = [...groupByUnit(sweep.series)];
  const notes = sweep.crossings.map((crossing, i) => `${i + 1}  ${describeCrossing(crossing, sweep, key, as)}`);
  const height = 44 + panels.length * (PANEL + 24) + 12 + notes.length * LINE + 12;
  const drawn = panels.map(([unit, series], i) => {
    const top = 44 + i * (PANEL + 24);
    return `<g transform="translate(0 ${top})">${drawPanel(sweep, { series, unit, key, as })}</g>`;
  });
  const below = 44 + panels.length * (PANEL + 24) + 18;
  const lines = notes.map((note, i) => `<text x="20" y="${below + i * LINE}">${escapeXml(note)}</text>`);
  const [from, to] = [sweep.points[0], sweep.points[sweep.points.length - 1]];
  const title = `${key} from ${formatQuantity(from, as)} to ${formatQuantity(to, as)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="${escapeXml(title)}">
<style>svg { color: #1c2430; background: #fff } text { fill: currentColor } @media (prefers-color-scheme: dark) { svg { color: #e6e9ee; background: #171b21 } }</style>
<text x="20" y="26" font-size="15" font-weight="600">${escapeXml(title)}</text>
${drawn.join("\n")}
${lines.join("\n")}
</svg>
`;
}

const UNIT_WORDS: Readonly<Record<string, string>> = {
  "a plain number": "count",
  byte: "size",
  second: "time",
  "1/second": "rate",
  "dollar/second": "money by the month",
};

/** Answers of one unit share a panel and its axis. */
function groupByUnit(series: readonly SweepSeries[]): ReadonlyMap<string, readonly SweepSeries[]> {
  const groups = new Map<string, SweepSeries[]>();
  for (const one of series) {
    const words = describeDimension(one.dimension);
    const unit = `${UNIT_WORDS[words] ?? words}${one.sheet === "growth" ? " in a year" : ""}`;
    groups.set(unit, [...(groups.get(unit) ?? []), one]);
  }
  return groups;
}

interface Panel {
  readonly series: readonly SweepSeries[];
  readonly unit: string;
  readonly key: string;
  readonly as: Written;
}

function drawPanel(sweep: Sweep, { series, unit, key, as }: Panel): string {
  const finite = series.flatMap(({ values }) => values.filter((value) => value > 0));
  const isLogY = finite.length > 0 && isLogRange(Math.min(...finite), Math.max(...finite));
  const own = series[0].dimension;
  const scale = axisScale(own, Math.max(...finite));
  const rows = series.flatMap(({ label, values }, at) =>
    values.flatMap((y, i) => {
      const isDrawn = Number.isFinite(y) && (!isLogY || y > 0);
      return isDrawn ? [{ x: sweep.points[i], y: y / scale, label, colour: COLOURS[at % COLOURS.length] }] : [];
    }),
  );
  const plot = Plot.plot({
    document: parseHTML("<html><body></body></html>").document,
    width: WIDTH,
    height: PANEL,
    marginLeft: 80,
    marginRight: MARGIN_RIGHT,
    marginTop: 40,
    marginBottom: 40,
    style: { background: "none", fontSize: "11px", overflow: "visible" },
    x: {
      type: isLogRange(sweep.points[0], sweep.points[sweep.points.length - 1]) ? "log" : "linear",
      domain: [sweep.points[0], sweep.points[sweep.points.length - 1]],
      label: key,
      labelAnchor: "center",
      labelArrow: "none",
      ticks: 6,
      tickFormat: (x: number) => formatQuantity(x, as),
    },
    y: {
      type: isLogY ? "log" : "linear",
      label: null,
      grid: true,
      ticks: 5,
      zero: !isLogY,
      tickFormat: (y: number) => formatQuantity(y * scale, own),
    },
    marks: [
      ...crossingMarks(sweep, series),
      Plot.lineY(rows, { x: "x", y: "y", z: "label", stroke: "colour", strokeWidth: 2 }),
    ],
  });
  const heading = `<text x="20" y="-2" font-size="11" opacity="0.7">${escapeXml(unit)}</text>`;
  return `${heading}${plot.outerHTML}${endLabels(series, (value) => Number(plot.scale("y")?.apply(value / scale)))}`;
}

/** A dashed line and a number, explained below the panels, where something changes that this panel shows. */
function crossingMarks(sweep: Sweep, series: readonly SweepSeries[]): Plot.Markish[] {
  return sweep.crossings.flatMap(({ x, sheet }, i) => {
    if (!series.some((one) => one.sheet === sheet)) return [];
    const number = { x: "x", text: "text", frameAnchor: "top", dy: -8 - 11 * (i % 3), fill: "currentColor" } as const;
    return [
      Plot.ruleX([x], { stroke: "currentColor", strokeOpacity: 0.35, strokeDasharray: "3,3" }),
      Plot.text([{ x, text: String(i + 1) }], number),
    ];
  });
}

function endLabels(series: readonly SweepSeries[], pixelOf: (value: number) => number): string {
  const ends = series.flatMap(({ label, values, dimension }, at) => {
    const last = values.findLast((value) => Number.isFinite(value));
    if (last === undefined) return [];
    const text = `${label}, ${formatQuantity(last, dimension)}`;
    return [{ pixel: pixelOf(last), text, colour: COLOURS[at % COLOURS.length] }];
  });
  const x = WIDTH - MARGIN_RIGHT + 8;
  return spread(ends)
    .map(
      ({ pixel, text, colour }) =>
        `<text x="${x}" y="${pixel + 4}" style="fill: ${colour}" font-size="11">${escapeXml(text)}</text>`,
    )
    .join("");
}

/** The unit in which the axis has round ticks: months of money, days and hours of time. */
function axisScale(dimension: Dimension, greatest: number): number {
  if (sameDimension(dimension, { dollar: 1, second: -1 })) return 1 / MONTH_SECONDS;
  if (!sameDimension(dimension, { second: 1 })) return 1;
  return [86_400, 3600, 60].find((unit) => greatest >= 2 * unit) ?? 1;
}

/** Labels that would overlap are pushed apart, in their order. */
function spread<Label extends { readonly pixel: number }>(labels: readonly Label[]): readonly Label[] {
  const sorted = [...labels].sort((a, b) => a.pixel - b.pixel);
  let previous = Number.NEGATIVE_INFINITY;
  const placed = sorted.map((label) => {
    previous = Math.max(label.pixel, previous + 14);
    return { ...label, pixel: previous };
  });
  const excess = Math.max(0, previous - (PANEL - 20));
  return placed.map((label, i) => ({ ...label, pixel: label.pixel - (excess * (i + 1)) / placed.length }));
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}
