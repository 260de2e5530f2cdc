/** `heptad compare`: two runs side by side, with paired intervals. */

import { subjectText } from "../../core/figure.ts";
import { shellWord } from "../../core/shell-word.ts";
import type { ReportTable } from "../../report/sections.ts";
import type { FigurePair } from "../../report/side-by-side.ts";
import type { RunRecord } from "../../system/run-record.ts";
import { type Command, type CommandInput, EXITS } from "../command.ts";
import { notWith } from "../option-rules.ts";
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
  options: [
    { name: "verbose", description: "every figure that changed, as a table" },
    { name: "json", description: "print the comparison as JSON" },
  ],
  rules: [notWith(["verbose"], "json")],
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
  const { renderComparison } = await import("../render-comparison.ts");
  const { sideBySide } = await import("../../report/side-by-side.ts");
  const [before, after] = input.arguments;
  const comparison = await compareRuns(before, after);
  const figures = sideBySide(comparison.before, comparison.after);
  for (const file of comparison.unsealed)
    terminal.note(`${file} has no checksum beside it: its figures are taken as they stand`);
  if (input.has("json")) {
    const { differences, why, unlike } = comparison;
    terminal.out(JSON.stringify({ differences, why, unlike, figures }, null, 2));
    return EXITS.done.code;
  }
  terminal.out(
    renderComparison(comparison, terminal, `heptad compare ${shellWord(before)} ${shellWord(after)} --verbose`),
  );
  if (input.has("verbose")) {
    const { renderTable } = await import("../render-table.ts");
    const { formatFigure } = await import("../../core/format-figure.ts");
    terminal.out(renderTable(figureTable(figures, formatFigure), terminal).join("\n"));
  }
  return EXITS.done.code;
}

type RecordFigure = RunRecord["figures"][number];

function figureTable(pairs: readonly FigurePair[], format: (figure: RecordFigure) => string): ReportTable {
  const changed = pairs.filter((pair) => pair.before?.value !== pair.after?.value);
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
