/** A chart of a run as one SVG for paper: lines told apart in grey by dash and by a name at their end, points by form. */

import type { Chart, ChartPoint } from "../core/chart.ts";
import { escapeHtml } from "../report/escape-html.ts";
import { logTicks, type Plot, roundTicks } from "../report/plot.ts";
import { CLEAR, INK, INK3, LETTER, LINE } from "./plot-svg.ts";
import { typeset } from "./rich-text.ts";

const HEIGHT = 250;
const TOP = 26;
const BOTTOM = 40;
/** Colour for screens, dash and form for grey paper. */
const SERIES = [
  { colour: "#0f55b0", dash: "" },
  { colour: INK, dash: "6 3" },
  { colour: "#6c7580", dash: "2 2" },
  { colour: "#8a5a00", dash: "8 3 2 3" },
  { colour: "#5c82b6", dash: "1 3" },
  { colour: "#7a3d8f", dash: "12 4" },
] as const;

/** Forms `lines`, `points` and `picture`; of other forms the plots of the report say more. */
export function chartSvg(chart: Chart, width: number): string {
  return chart.picture === undefined ? planeSvg(chart, width) : pictureSvg(chart.picture, width);
}

function planeSvg(chart: Chart, width: number): string {
  const points = chart.points.filter(({ x, y }) => Number.isFinite(Number(x)) && Number.isFinite(y));
  const names = [...new Set(points.map(({ series }) => series ?? ""))];
  const legend = names.length < 2 ? { svg: "", height: 0 } : legendOf(names, width, chart.form === "lines");
  const top = TOP + legend.height;
  const y = axis(
    points
      .flatMap((one) => [one.y, ...(one.interval ?? [])])
      .concat(chart.limit?.value ?? [])
      .filter(Number.isFinite),
    chart.yScale === "log",
  );
  const x = axis(
    points.map((one) => Number(one.x)).concat((chart.events ?? []).map((event) => event.x)),
    chart.xScale === "log",
  );
  const left = 14 + Math.max(...y.ticks.map(({ text }) => text.length)) * LETTER;
  const right = width - 22;
  const base = top + HEIGHT - BOTTOM;
  // The first and the last point of a scatter stand clear of the axis and its numbers.
  const inset = chart.form === "points" ? 24 : 0;
  const atX = (value: number): number => left + inset + x.share(value) * (right - left - 2 * inset);
  const atY = (value: number): number => base - y.share(value) * (base - top);
  const place = (point: ChartPoint): readonly [number, number] => [atX(Number(point.x)), atY(point.y)];
  const marks = names.flatMap((name, i) => {
    const own = points.filter((one) => (one.series ?? "") === name);
    return chart.form === "lines"
      ? lineOf(
          own.toSorted((a, b) => Number(a.x) - Number(b.x)),
          i,
          place,
          atY,
        )
      : own.map((point) => pointOf(point, i, place, atY));
  });
  const limit =
    chart.limit === undefined
      ? []
      : [
          `<line x1="${n(left)}" x2="${n(right)}" y1="${n(atY(chart.limit.value))}" y2="${n(atY(chart.limit.value))}" stroke="${INK}" stroke-width="1.2" stroke-dasharray="4 3"/>`,
          words(right, atY(chart.limit.value) - 5, chart.limit.label, "end", INK, CLEAR),
        ];
  const events = (chart.events ?? []).map(({ x: when, label }) => {
    const isLate = x.share(when) > 0.7;
    return {
      line: `<line x1="${n(atX(when))}" x2="${n(atX(when))}" y1="${n(top)}" y2="${n(base)}" stroke="${INK3}" stroke-dasharray="2 3"/>`,
      name: words(atX(when) + (isLate ? -4 : 4), base - 6, label, isLate ? "end" : "start", INK3, CLEAR),
    };
  });
  const labels = points.flatMap((point) =>
    point.label === undefined || point.label === ""
      ? []
      : [words(Math.min(right - 20, place(point)[0]), place(point)[1] - 9, point.label, "middle", INK, CLEAR)],
  );
  const grid = [
    ...y.ticks.flatMap(({ at, text }) => [
      `<line x1="${n(left)}" x2="${n(right)}" y1="${n(atY(at))}" y2="${n(atY(at))}" stroke="${LINE}"/>`,
      words(left - 6, atY(at) + 4, text, "end", INK3),
    ]),
    ...x.ticks.map(({ at, text }) => words(atX(at), base + 16, text, "middle", INK3)),
    `<line x1="${n(left)}" x2="${n(right)}" y1="${n(base)}" y2="${n(base)}" stroke="${INK3}"/>`,
    words(0, top - 10, chart.yLabel, "start", INK3),
    words(right, base + 32, chart.xLabel, "end", INK3),
  ];
  return svg(
    width,
    top + HEIGHT,
    [
      legend.svg,
      ...grid,
      ...events.map(({ line }) => line),
      ...marks,
      ...limit,
      ...labels,
      ...events.map(({ name }) => name),
    ].join(""),
  );
}

/** Where values lie between the ends of an axis. */
function axis(
  values: readonly number[],
  isLog: boolean,
): { readonly share: (value: number) => number; readonly ticks: Plot["ticks"] } {
  const known = isLog ? values.filter((value) => value > 0) : values;
  const [low, high] = [Math.min(...known), Math.max(...known)];
  if (isLog && low > 0) {
    // Whole powers at both ends: a log axis with one tick says nothing.
    const [from, to] = [10 ** Math.floor(Math.log10(low)), 10 ** Math.ceil(Math.log10(high * 1.0001))];
    const share = (value: number): number => Math.log(Math.max(value, from) / from) / Math.log(to / from);
    return { share, ticks: logTicks(from, to) };
  }
  // From zero where the values come near it, so that differences look no larger than they are.
  const room = (high - low) * 0.05 || Math.abs(high) * 0.1 || 1;
  const from = low >= 0 && low < high / 2 ? 0 : low - room;
  const to = high + room;
  return { share: (value) => (value - from) / (to - from), ticks: roundTicks(from, to, (_, text) => text) };
}

type Placed = (point: ChartPoint) => readonly [number, number];

function lineOf(
  points: readonly ChartPoint[],
  series: number,
  place: Placed,
  atY: (value: number) => number,
): string[] {
  const { colour, dash } = SERIES[series % SERIES.length];
  const at = points.map(place);
  const banded = points.flatMap(({ interval }, i) =>
    interval === undefined || interval === null ? [] : [{ x: at[i][0], low: atY(interval[0]), high: atY(interval[1]) }],
  );
  const edge = [...banded.map(({ x, high }) => [x, high]), ...banded.toReversed().map(({ x, low }) => [x, low])];
  const band =
    banded.length < 2
      ? ""
      : `<polygon points="${edge.map(([x, y]) => `${n(x)},${n(y)}`).join(" ")}" fill="${colour}" fill-opacity="0.13"/>`;
  const line = `<polyline points="${at.map(([x, y]) => `${n(x)},${n(y)}`).join(" ")}" fill="none" stroke="${colour}" stroke-width="1.8"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`;
  return [band, line];
}

function pointOf(point: ChartPoint, series: number, place: Placed, atY: (value: number) => number): string {
  const { colour } = SERIES[series % SERIES.length];
  const [x, y] = place(point);
  const span =
    point.interval === undefined || point.interval === null
      ? ""
      : `<line x1="${n(x)}" x2="${n(x)}" y1="${n(atY(point.interval[0]))}" y2="${n(atY(point.interval[1]))}" stroke="${colour}" stroke-width="1.5"/>`;
  return span + markOf(series, x, y);
}

/** Full, empty, square and tilted, then again. */
function markOf(series: number, x: number, y: number): string {
  const { colour } = SERIES[series % SERIES.length];
  switch (series % 4) {
    case 0:
      return `<circle cx="${n(x)}" cy="${n(y)}" r="4.5" fill="${colour}"/>`;
    case 1:
      return `<circle cx="${n(x)}" cy="${n(y)}" r="4" fill="#ffffff" stroke="${colour}" stroke-width="1.8"/>`;
    case 2:
      return `<rect x="${n(x - 4)}" y="${n(y - 4)}" width="8" height="8" fill="${colour}"/>`;
    default:
      return `<path d="M${n(x)} ${n(y - 5.5)} l5.5 5.5 l-5.5 5.5 l-5.5 -5.5 z" fill="#ffffff" stroke="${colour}" stroke-width="1.6"/>`;
  }
}

/** The names of the series in rows above the drawing, each with its line or form. */
function legendOf(
  names: readonly string[],
  width: number,
  isLines: boolean,
): { readonly svg: string; readonly height: number } {
  let [x, y] = [0, 12];
  const entries = names.map((name, i) => {
    const room = 34 + typeset(name).length * LETTER + 16;
    if (x > 0 && x + room > width) [x, y] = [0, y + 17];
    const { colour, dash } = SERIES[i % SERIES.length];
    const sample = isLines
      ? `<line x1="${n(x)}" x2="${n(x + 28)}" y1="${n(y - 4)}" y2="${n(y - 4)}" stroke="${colour}" stroke-width="2"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}/>`
      : markOf(i, x + 14, y - 4);
    const entry = sample + words(x + 34, y, name, "start", INK);
    x += room;
    return entry;
  });
  return { svg: entries.join(""), height: y + 4 };
}

/** The photos as wide as there is room, their rows named at the left. */
function pictureSvg({ url, width, height, rows }: NonNullable<Chart["picture"]>, room: number): string {
  const names = Math.min(150, room / 3);
  const scale = Math.min(2, (room - names) / width);
  const row = (scale * height) / Math.max(1, rows.length);
  const texts = rows.map((text, i) => words(0, (i + 0.5) * row + 4, text, "start", INK));
  return svg(
    room,
    scale * height,
    `${texts.join("")}<image x="${n(names)}" y="0" width="${n(scale * width)}" height="${n(scale * height)}" href="${escapeHtml(url)}"/>`,
  );
}

export function svg(width: number, height: number, inside: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${Math.ceil(height)}" width="${width}" height="${Math.ceil(height)}" font-family="'Source Sans 3', sans-serif" font-size="12">${inside}</svg>`;
}

function words(
  x: number,
  y: number,
  text: string,
  anchor: "start" | "middle" | "end",
  fill: string,
  more = "",
): string {
  return `<text x="${n(x)}" y="${n(y)}" text-anchor="${anchor}" fill="${fill}"${more}>${escapeHtml(typeset(text))}</text>`;
}

function n(value: number): string {
  return value.toFixed(1);
}
