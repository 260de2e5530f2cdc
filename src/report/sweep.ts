/** A sweep as a table, a picture and a page: quality, latency and memory of each variant, and the front that nothing beats. */

import type { Chart } from "../core/chart.ts";
import { formatValue } from "../core/format-figure.ts";
import { paretoFront } from "../system/pareto.ts";
import type { RunRecord } from "../system/run-record.ts";
import { drawChart } from "./chart-svg.ts";
import { escapeHtml } from "./escape-html.ts";
import { findFigure } from "./figures.ts";
import { joined, pairOf, sharedDecimals } from "./numbers.ts";
import { fullTable } from "./page/full-table.ts";
import { STYLE } from "./page/style.ts";
import { inline } from "./page/typeset.ts";
import type { ReportTable } from "./sections.ts";

export interface SweptVariant {
  readonly name: string;
  readonly record: Pick<RunRecord, "figures" | "evaluation">;
}

export interface SweepPoint {
  readonly name: string;
  readonly subject: string;
  readonly metric: string;
  readonly quality: number;
  readonly interval: readonly [number, number] | null;
  /** Median of a whole request, in seconds; NaN where it was not measured. The tail of variants that run side by side is their neighbours'. */
  readonly latency: number;
  /** Bytes of all models that serve. */
  readonly bytes: number;
  readonly onFront: boolean;
}

/** The point of each variant, in the metric that decides, of the system that would be served. */
export function sweepPoints(variants: readonly SweptVariant[]): SweepPoint[] {
  const points = variants.map(({ name, record }) => {
    const { figures, evaluation } = record;
    const served =
      evaluation === null
        ? undefined
        : findFigure(record, { step: 5, name: evaluation.metric, subject: evaluation.served });
    const metric = served?.name ?? "";
    const latency = figures.find((one) => one.name === "latency p50" && one.subject === "request")?.value ?? Number.NaN;
    const sizes = figures.filter((one) => one.step === 4 && one.name === "model bytes");
    const own = sizes.filter(({ subject }) => subject === served?.subject);
    const bytes = (own.length > 0 ? own : sizes).reduce((sum, one) => sum + one.value, 0);
    return {
      name,
      subject: served?.subject ?? "",
      metric,
      quality: served?.value ?? Number.NaN,
      interval: served?.interval ?? null,
      latency,
      bytes,
    };
  });
  const front = paretoFront(
    points.map(({ quality, latency, bytes }) => [quality, latency, bytes]),
    ["more", "less", "less"],
  );
  return points.map((point, i) => ({ ...point, onFront: front[i] }));
}

/** More than these do not fit a window; those on the front come first. */
const MOST_SHOWN = 28;

export function shownPoints(points: readonly SweepPoint[]): readonly SweepPoint[] {
  if (points.length <= MOST_SHOWN) return points;
  const byQuality = [...points].sort((a, b) => Number(b.onFront) - Number(a.onFront) || b.quality - a.quality);
  const shown = new Set(byQuality.slice(0, MOST_SHOWN));
  return points.filter((point) => shown.has(point));
}

/** How many nothing beats, and whether the best is told apart from the others by its own interval. */
export function sweepHeadline(points: readonly SweepPoint[]): string[] {
  const known = points.filter(({ quality }) => Number.isFinite(quality));
  const best = known.reduce<SweepPoint | undefined>(
    (a, b) => (a === undefined || b.quality > a.quality ? b : a),
    undefined,
  );
  const front = points.filter(({ onFront }) => onFront).length;
  const first =
    points.length === 1
      ? "One variant: there is nothing to compare it with."
      : `${front} of ${points.length} variants are beaten by no other in quality, latency and memory together.`;
  if (best === undefined) return [first];
  if (known.length === 1) return [first, `${best.metric}: ${best.name}, ${qualityOf(best)}.`];
  const within = known.filter(
    (one) => one !== best && (best.interval === null || one.quality >= best.interval[0]),
  ).length;
  const apart =
    best.interval === null
      ? "without an interval, so that nothing is told apart"
      : within === 0
        ? "above all others by more than its own interval"
        : `${within === 1 ? (known.length === 2 ? "the other lies" : "1 other lies") : `${within === known.length - 1 ? "all" : within} others lie`} within its interval: compare the two that matter with heptad compare`;
  return [first, `Best ${best.metric}: ${best.name}, ${qualityOf(best)}; ${apart}.`, ...servedIn(known)];
}

/** Which system each variant would serve, where that is not the same one: what beats it on validation serves in its place. */
function servedIn(points: readonly SweepPoint[]): string[] {
  const subjects = [...new Set(points.map(({ subject }) => subject))];
  if (subjects.length < 2) return [];
  const most = 3;
  const parts = subjects.map((subject) => {
    const names = points.filter((point) => point.subject === subject).map(({ name }) => name);
    return `${subject} with ${names.slice(0, most).join(", ")}${names.length > most ? ` and ${names.length - most} more` : ""}`;
  });
  return [
    `Not the same system is best on validation in each, and the figures are of the one that is: ${parts.join("; ")}.`,
  ];
}

/** With the decimals that its interval shows, or those of the column that it stands in. */
function qualityOf({ quality, interval }: SweepPoint, least?: number): string {
  return joined(pairOf({ value: quality, unit: "", interval }, { least }));
}

export function sweepTable(points: readonly SweepPoint[]): ReportTable {
  const decimals = sharedDecimals(points.map(({ interval }) => ({ interval, unit: "" })));
  return {
    title: "Variants",
    header: ["variant", points[0]?.metric ?? "quality", "latency p50", "model bytes", "front"],
    rows: points.map((point) => [
      point.name,
      qualityOf(point, decimals),
      formatValue({ value: point.latency, unit: "s" }),
      formatValue({ value: point.bytes, unit: "B" }),
      point.onFront ? "yes" : "",
    ]),
  };
}

export function sweepChart(points: readonly SweepPoint[]): Chart {
  return {
    form: "points",
    title: `${points[0]?.metric ?? "Quality"} against latency`,
    caption:
      "Variants on the front are beaten by no other in quality, latency and memory together. Bars are 95 % intervals of the quality; latency is the median of a request in process while other variants ran beside it.",
    xLabel: "latency p50, ms",
    yLabel: points[0]?.metric ?? "quality",
    points: points
      .filter(({ quality, latency }) => Number.isFinite(quality) && Number.isFinite(latency))
      .map(({ name, quality, interval, latency, onFront }) => ({
        x: latency * 1000,
        y: quality,
        interval,
        series: onFront ? "on the front" : "beaten",
        label: name,
      })),
  };
}

/** One self-contained page. */
export function renderSweep(title: string, points: readonly SweepPoint[]): string {
  const chart = sweepChart(points);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · Heptad sweep</title><style>${STYLE}</style></head>
<body><header class="top"><div class="wrap"><b>Heptad</b><span>Sweep</span></div></header>
<main class="wrap"><div class="first"><p class="what"><b>${escapeHtml(title)}</b><span>${points.length} variants</span></p></div>
<figure class="chart"><figcaption>${inline(chart.title)}</figcaption><div class="drawing">${drawChart(chart)}</div><p class="note">${inline(chart.caption)}</p></figure>
${fullTable(sweepTable(points))}
</main></body></html>
`;
}
