/** What the newest run of a design says: the answer first, then the ledger, and for each step its drawings. */

import type { Chart } from "../core/chart.ts";
import type { StepNumber } from "../core/figure.ts";
import { isDrawnAsChart } from "../report/page/step-section.ts";
import { splitWeeks } from "../report/page/weeks-strip.ts";
import type { Plot } from "../report/plot.ts";
import { deploymentPlots } from "../report/plots/deployment.ts";
import { evaluationPlots } from "../report/plots/evaluation.ts";
import { framingPlot } from "../report/plots/framing.ts";
import { modelPlot } from "../report/plots/model.ts";
import { monitoringPlots } from "../report/plots/monitoring.ts";
import { partsPlot } from "../report/plots/parts.ts";
import { requirementsPlot } from "../report/plots/requirements.ts";
import { readChart } from "../system/read-chart.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Advice } from "../system/run-summary.ts";
import { chartSvg } from "./chart-svg.ts";
import { type Block, type Cell, code, heading, tableOf, text } from "./document.ts";
import { NARROW, plotSvg, WIDE } from "./plot-svg.ts";
import { rich, sentence } from "./rich-text.ts";
import { weekBlocks } from "./weeks-svg.ts";

/** A run of a note, and how it is called. */
export interface BookRun {
  readonly record: RunRecord;
  /** The folder's name: what `heptad compare` takes. */
  readonly id: string;
  /** False where the note has changed what the run rests on. */
  readonly isCurrent: boolean;
}

/** Headline, where it comes from, and the ledger. */
export function answerBlocks(run: BookRun): Block[] {
  const { headline } = run.record.summary;
  return [
    { kind: "lead", of: rich([headline.verdict, headline.doubt].filter((one) => one !== "").join(" ")) },
    provenance(run),
    ledgerTable(run.record),
  ];
}

export function adviceBlocks({ record }: BookRun): Block[] {
  const { next, doubts } = record.summary;
  return [
    ...(next.length === 0 ? [] : [heading(2, "Do next"), adviceList(next, 1)]),
    ...(doubts.length === 0 ? [] : [heading(2, "Do not believe yet"), adviceList(doubts, null)]),
  ];
}

/** The run, its data and its seed: without them a number is a rumour. */
export function provenance({ record, id, isCurrent }: BookRun): Block {
  const stale = isCurrent
    ? ""
    : " The note states other facts now than when it ran: run it again before you quote a number.";
  return {
    kind: "paragraph",
    of: [
      {
        kind: "small",
        of: [
          text(`Run ${id}, ${record.kind}, on ${record.data.source}, seed ${record.seed}; intervals are 95 %.${stale}`),
        ],
      },
    ],
  };
}

export function ledgerTable({ summary }: RunRecord): Block {
  const rows = summary.ledger.map(({ question, state, verdict, line, detail, value, bounds, parts }): Cell[] => {
    const said =
      line === ""
        ? parts
            .map(
              (part) => `${part.name}: ${[part.verdict, part.size, part.words].filter((one) => one !== "").join(", ")}`,
            )
            .join("; ")
        : line;
    return [
      rich(question),
      [{ kind: "state", state, word: verdict }],
      [...rich(sentence(said)), ...(detail === "" ? [] : [text(" "), { kind: "small" as const, of: rich(detail) }])],
      [...rich(value), ...(bounds === "" ? [] : [text(" "), { kind: "small" as const, of: rich(bounds) }])],
    ];
  });
  return {
    ...tableOf([[text("question")], [text("verdict")], [text("what carries it")], [text("number")]], rows),
    right: [false, false, false, true],
  };
}

/** What each is about, then why: without its first words a reason speaks of nothing. */
export function adviceList(advice: readonly Advice[], start: number | null): Block {
  const items = advice.map(({ short, text: why, command }): Block[] => [
    {
      kind: "paragraph",
      of: [
        { kind: "strong", of: rich(sentence(short)) },
        text(" "),
        ...rich(why),
        ...(command === "" ? [] : [text(" "), code(command)]),
      ],
    },
  ]);
  return { kind: "list", start, items };
}

/** The drawings of a step, as the report has them: plots with their numbers in the last column, then lines and scatters. */
export function stepDrawings({ record }: BookRun, step: StepNumber, isPocket: boolean): Block[] {
  const room = isPocket ? NARROW : WIDE;
  const plots = plotsOf(record, step)
    .filter(({ rows }) => rows.length > 0)
    .flatMap((plot) => split(plot))
    .map(
      (plot): Block => ({
        kind: "figure",
        svg: plotSvg(plot, room),
        caption: plot.caption,
        says: spoken(plot),
      }),
    );
  const charts = record.charts
    .flatMap((one) => (one.step === step ? (readChart(one.chart) ?? []) : []))
    .filter(isDrawnAsChart)
    .flatMap((chart) => chartBlocks(chart, room.width));
  return [...(step === 3 ? weekBlocks(record, room.width) : []), ...plots, ...charts];
}

function chartBlocks(chart: Chart, width: number): Block[] {
  return [
    { kind: "figure", svg: chartSvg(chart, width), caption: chart.title, says: spokenChart(chart) },
    { kind: "paragraph", of: [{ kind: "small", of: rich(chart.caption) }] },
  ];
}

/** Of each series where it begins and ends, and what is labelled. */
function spokenChart({ title, points, picture, xLabel, yLabel }: Chart): string {
  if (picture !== undefined) return `${title}: ${picture.rows.join("; ")}`.slice(0, 1500);
  const names = [...new Set(points.map(({ series }) => series ?? ""))];
  const said = names.map((name) => {
    const own = points.filter(({ series }) => (series ?? "") === name);
    const ends = [own[0], ...(own.length > 1 ? [own[own.length - 1]] : [])];
    return `${name === "" ? "" : `${name}: `}${ends.map(({ x, y }) => `${Number(y.toPrecision(3))} at ${x}`).join(", ")}`;
  });
  return `${title}, ${yLabel} over ${xLabel}: ${said.join("; ")}`.slice(0, 1500);
}

function plotsOf(record: RunRecord, step: StepNumber): Plot[] {
  switch (step) {
    case 1:
      return requirementsPlot(record);
    case 2:
      return framingPlot(record);
    case 3:
      return splitWeeks(record) === undefined ? partsPlot(record) : [];
    case 4:
      return modelPlot(record);
    case 5:
      return evaluationPlots(record);
    case 6:
      return deploymentPlots(record);
    case 7:
      return monitoringPlots(record);
    default:
      return step satisfies never;
  }
}

/** More rows than a page can hold are drawn in several pictures. */
const MOST_ROWS = 18;

function split(plot: Plot): Plot[] {
  const count = Math.ceil(plot.rows.length / MOST_ROWS);
  return Array.from({ length: count }, (_, i) => ({
    ...plot,
    caption: i === 0 ? plot.caption : `${plot.caption} (continued)`,
    rows: plot.rows.slice(i * MOST_ROWS, (i + 1) * MOST_ROWS),
  }));
}

/** The drawing as a sentence: each row with its number. */
function spoken({ caption, rows }: Plot): string {
  const said = rows.flatMap((row) =>
    typeof row === "string" ? [] : [`${row.name} ${row.state?.word ?? row.value}`.trim()],
  );
  return `${caption}: ${said.join("; ")}`.slice(0, 1500);
}
