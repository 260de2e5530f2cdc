/** What the newest run of a design says: the answer first, then the ledger, and for each step its drawings. */

import type { StepNumber } from "../core/figure.ts";
import type { Plot } from "../report/plot.ts";
import { deploymentPlots } from "../report/plots/deployment.ts";
import { evaluationPlots } from "../report/plots/evaluation.ts";
import { framingPlot } from "../report/plots/framing.ts";
import { modelPlot } from "../report/plots/model.ts";
import { monitoringPlots } from "../report/plots/monitoring.ts";
import { requirementsPlot } from "../report/plots/requirements.ts";
import type { RunRecord } from "../system/run-record.ts";
import type { Advice } from "../system/run-summary.ts";
import { type Block, type Cell, code, heading, tableOf, text } from "./document.ts";
import { NARROW, plotSvg, WIDE } from "./plot-svg.ts";
import { rich, sentence } from "./rich-text.ts";

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

function adviceList(advice: readonly Advice[], start: number | null): Block {
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

/** The drawings of a step, their numbers in the last column. */
export function stepDrawings({ record }: BookRun, step: StepNumber, isPocket: boolean): Block[] {
  return plotsOf(record, step)
    .filter(({ rows }) => rows.length > 0)
    .flatMap((plot) => split(plot))
    .map((plot) => ({
      kind: "figure",
      svg: plotSvg(plot, isPocket ? NARROW : WIDE),
      caption: plot.caption,
      says: spoken(plot),
    }));
}

function plotsOf(record: RunRecord, step: StepNumber): Plot[] {
  switch (step) {
    case 1:
      return requirementsPlot(record);
    case 2:
      return framingPlot(record);
    case 3:
      return [];
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
