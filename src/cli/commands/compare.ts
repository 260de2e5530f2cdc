/** `heptad compare`: two runs side by side, with paired intervals. */

import { subjectText } from "../../core/figure.ts";
import type { ReportTable } from "../../report/sections.ts";
import type { RunRecord } from "../../system/run-record.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import type { Terminal } from "../terminal.ts";

export const command: Command = {
  name: "compare",
  summary: "show two runs side by side, with paired intervals",
  description:
    "Runs of the same data and the same split are compared request by request; others figure by figure only, and why is said.",
  arguments: [
    { name: "BEFORE", description: "a run's folder or its run.json" },
    { name: "AFTER", description: "the run to compare it with" },
  ],
  options: [{ name: "json", description: "print the comparison as JSON" }],
  examples: [
    {
      line: "heptad compare runs/movies/1a2b3c4d5e6f runs/movies/6f5e4d3c2b1a",
      says: "what changed between two runs of a note",
    },
  ],
  exits: [EXITS.done, EXITS.failed],
  run,
};

async function run(input: CommandInput, terminal: Terminal): Promise<number> {
  const { compareRuns } = await import("../../node/compare-runs.ts");
  const { renderTable } = await import("../render-table.ts");
  const { formatFigure } = await import("../../core/format-figure.ts");
  const comparison = await compareRuns(input.arguments[0], input.arguments[1]);
  if (input.has("json")) {
    const { differences, why } = comparison;
    terminal.out(
      JSON.stringify({ differences, why, figures: sideBySide(comparison.before, comparison.after) }, null, 2),
    );
    return EXITS.done.code;
  }
  if (comparison.differences.length > 0) {
    const rows = comparison.differences.map((one) => [
      one.subject,
      one.name,
      formatFigure(one),
      String(one.n ?? ""),
      one.note,
    ]);
    terminal.out(
      renderTable(
        { title: "Paired differences, after minus before", header: ["of", "metric", "difference", "n", "note"], rows },
        terminal,
      ).join("\n"),
    );
  } else terminal.note(`nothing could be paired: ${comparison.why}`);
  terminal.out(renderTable(figureTable(comparison.before, comparison.after, formatFigure), terminal).join("\n"));
  return EXITS.done.code;
}

type RecordFigure = RunRecord["figures"][number];

interface FigurePair {
  readonly before: RecordFigure | null;
  readonly after: RecordFigure | null;
}

/** Figures of both runs by what they measure; null where one run has none. */
function sideBySide(before: RunRecord, after: RunRecord): FigurePair[] {
  const keyOf = ({ step, name, subject, against, slice }: RecordFigure): string =>
    JSON.stringify([step, name, subject, against, slice]);
  const later = new Map(after.figures.map((one) => [keyOf(one), one]));
  const pairs = before.figures.map((one): FigurePair => ({ before: one, after: later.get(keyOf(one)) ?? null }));
  const known = new Set(before.figures.map(keyOf));
  return [
    ...pairs,
    ...after.figures.filter((one) => !known.has(keyOf(one))).map((one): FigurePair => ({ before: null, after: one })),
  ];
}

function figureTable(before: RunRecord, after: RunRecord, format: (figure: RecordFigure) => string): ReportTable {
  const changed = sideBySide(before, after).filter((pair) => pair.before?.value !== pair.after?.value);
  return {
    title: changed.length === 0 ? "No figure changed" : "Figures that changed",
    header: ["step", "figure", "of", "slice", "before", "after"],
    rows: changed.map(({ before: a, after: b }) => {
      const one = a ?? b;
      return [
        String(one?.step ?? ""),
        one?.name ?? "",
        one === null ? "" : subjectText(one),
        one?.slice ?? "",
        a === null ? "" : format(a),
        b === null ? "" : format(b),
      ];
    }),
  };
}
