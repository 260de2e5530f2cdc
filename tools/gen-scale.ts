/** Writes what whole runs of large logs took into docs/scale.md, and draws it: from the points that the benchmark keeps. */

import { readFileSync } from "node:fs";
import { LARGE_POINTS, type LargePoint, largePoints } from "../bench/large-run-points.ts";
import { chartSvg } from "../src/book/chart-svg.ts";
import type { Chart } from "../src/core/chart.ts";
import { formatNumber } from "../src/core/format-figure.ts";
import type { Generated } from "./generated.ts";

const PAGE = "docs/scale.md";
const PICTURE = "docs/scale-measured.svg";
const BEGIN = "<!-- measured: begin -->";
const END = "<!-- measured: end -->";
const WIDTH = 640;
/** The most events that the project has set itself, and how far the time of an event may differ between points. */
const AIM = { events: 200e6, within: 1.3 };

export function generateScale(): Generated[] {
  const points = largePoints();
  if (points.length === 0) throw new Error(`${LARGE_POINTS} holds no points`);
  const text = readFileSync(PAGE, "utf8");
  const [from, to] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`${PAGE} has no place between ${BEGIN} and ${END}`);
  return [
    { path: PAGE, text: `${text.slice(0, from)}${BEGIN}\n${measuredText(points)}\n${text.slice(to)}` },
    { path: PICTURE, text: `${standalone(chartSvg(growthChart(points), WIDTH))}\n` },
  ];
}

/** The table of the points, and what they say of growth. */
export function measuredText(points: readonly LargePoint[]): string {
  const rows = points.map((point) => {
    // What took little of a run is not kept by name: that is not nothing.
    const of = (stage: string): string => (point.stages[stage] === undefined ? "little" : seconds(point.stages[stage]));
    const cells = [
      whole(point.events),
      seconds(point.cpu),
      `${formatNumber(perEvent(point), 3)} µs`,
      of("interactions"),
      of("train-baseline"),
      of("train-als"),
      of("drift"),
      clock(point.wall),
      `${formatNumber(point.memory, 2)} GiB`,
      point.date,
    ];
    return `| ${cells.join(" | ")} |`;
  });
  const machines = [...new Set(points.map(({ machine }) => machine))].join("; ");
  return [
    "| events | all | an event | reading | popularity | ALS and its lists | drift | on the clock | memory | measured |",
    "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |",
    ...rows,
    "",
    `![Processor seconds of a whole run over the events of the log, beside what would be in proportion](scale-measured.svg)`,
    "",
    `Measured on ${machines}. ${growthSentence(points)}`,
  ].join("\n");
}

/** How far the time of an event is from being the same at all points. */
export function growthSentence(points: readonly LargePoint[]): string {
  const each = points.map(perEvent);
  const [least, most] = [Math.min(...each), Math.max(...each)];
  const [first, last] = [points[0], points[points.length - 1]];
  if (points.length < 2) return `One point, of ${whole(first.events)} events: how it grows is not measured.`;
  const factor = most / least;
  const verdict = factor <= AIM.within ? "within" : "beyond";
  const reach = last.events < AIM.events ? ` ${whole(AIM.events)} events are not among the points.` : "";
  return `From ${whole(first.events)} to ${whole(last.events)} events one event takes between ${formatNumber(least, 3)} and ${formatNumber(most, 3)} µs of a processor, a factor of ${formatNumber(factor, 3)}: ${verdict} the ${AIM.within} that this project allows itself. One of the largest log takes ${formatNumber(each[each.length - 1] / each[0], 3)} times what one of the smallest does.${reach}`;
}

function growthChart(points: readonly LargePoint[]): Chart {
  const [first] = points;
  return {
    form: "lines",
    title: "A whole run by the events of its log",
    caption: "Both axes are logarithmic.",
    xLabel: "million events",
    yLabel: "processor seconds",
    xScale: "log",
    yScale: "log",
    points: [
      ...points.map(({ events, cpu }) => ({ x: events / 1e6, y: cpu, series: "measured", label: seconds(cpu) })),
      ...points.map(({ events }) => ({
        x: events / 1e6,
        y: (first.cpu * events) / first.events,
        series: "in proportion to the first",
      })),
    ],
  };
}

/** As a file of its own: with its namespace, and on white, for it is drawn for paper. */
function standalone(svg: string): string {
  const named = svg.includes("xmlns=") ? svg : svg.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ');
  return named.replace(/(<svg [^>]*>)/u, '$1<rect width="100%" height="100%" fill="#ffffff"/>');
}

/** Microseconds. */
function perEvent({ cpu, events }: LargePoint): number {
  return (cpu / events) * 1e6;
}

function seconds(value: number): string {
  return `${formatNumber(value, 2)} s`;
}

function clock(value: number): string {
  return value < 120 ? seconds(value) : `${formatNumber(value / 60, 2)} min`;
}

function whole(value: number): string {
  return value.toLocaleString("en-US");
}
