/** A line of a document: proved by a run, with its figure and the run's id, or open, with what the note says and what would close it. */

import type { Figure } from "../../core/figure.ts";
import { formatFigure } from "../../core/format-figure.ts";
import { type Block, type Cell, tableOf, text } from "../document.ts";
import type { ReadNote } from "../read-note.ts";
import { rich, sentence } from "../rich-text.ts";

export interface EvidenceLine {
  readonly claim: string;
  /** Figures of the run that show it; without one the line is open. */
  readonly figures: readonly Figure[];
  /** The figures show that the claim does not hold. */
  readonly isRefuted?: boolean;
  /** In place of "shown" and "refuted". */
  readonly word?: string;
  /** What the note states of it; stated is not proved. */
  readonly stated: string;
  /** What would close it. */
  readonly open: string;
}

/** A figure as a run's record keeps it. */
export type RunFigure = NonNullable<ReadNote["run"]>["record"]["figures"][number];

/** Figures of the newest run by name; none where the note has changed since, for a proof of another design is none. */
export function figuresOf({ run }: ReadNote, isMeant: (figure: RunFigure) => boolean): readonly Figure[] {
  return run === undefined || !run.isCurrent
    ? []
    : run.record.figures
        .filter((figure) => figure.basis !== "granted" && figure.basis !== "estimated" && isMeant(figure))
        .map(asFigure);
}

function asFigure(figure: RunFigure): Figure {
  const { step, ...rest } = figure;
  const known = ([1, 2, 3, 4, 5, 6, 7] as const).find((one) => one === step) ?? 1;
  return { ...rest, step: known };
}

/** A difference is none of the two: `of rules vs scoring` read as if it were the figure of the rules. */
function measured({ subject, against }: Figure): string {
  return against === undefined ? ` of ${subject}` : `, ${subject} minus ${against}`;
}

/**
 * The figures of a note's own slices. A run has others that are not of all rows (rounds over time, what was compressed), and those say
 * nothing of how the slices do.
 */
export function isOfSlices(slice: string, declared: readonly string[] | undefined): boolean {
  return (declared ?? []).some((one) => one.toLowerCase() === slice.toLowerCase());
}

/** What would close a line, where the system of the note cannot be run here. */
function closing(open: string, { canRun }: ReadNote): string {
  return canRun ? open : open.replaceAll("heptad run", "measure it in your own system");
}

/** The most figures that one line quotes. */
const MOST_FIGURES = 4;

export function evidenceTable(lines: readonly EvidenceLine[], read: ReadNote): Block {
  const { note, run } = read;
  const rows = lines.map(({ claim, figures, isRefuted, word, stated, open }): Cell[] => {
    const isProved = figures.length > 0;
    const shown = figures
      .slice(0, MOST_FIGURES)
      .map(
        (figure) =>
          `${figure.name}${measured(figure)}${figure.slice === "all" ? "" : `, ${figure.slice}`}: ${formatFigure(figure)}`,
      );
    const more = figures.length > MOST_FIGURES ? `; ${figures.length - MOST_FIGURES} more in the run` : "";
    const simulated = run?.record.data.simulated === true ? ", in a simulated world" : "";
    const commit = note.commit === undefined ? "" : `, note at ${note.commit}`;
    const evidence = isProved
      ? `${shown.join("; ")}${more} (run ${run?.id ?? ""}${commit}${simulated})`
      : stated === ""
        ? closing(open, read)
        : "stated, and shown by no run";
    return [
      rich(claim),
      [
        !isProved
          ? { kind: "state", state: "none", word: "open" }
          : isRefuted === true
            ? { kind: "state", state: "bad", word: word ?? "refuted" }
            : { kind: "state", state: "ok", word: word ?? "shown" },
      ],
      [
        ...(stated === "" ? [] : [{ kind: "small" as const, of: [text(`The note says: ${stated}. `)] }]),
        ...rich(sentence(evidence)),
      ],
    ];
  });
  return { ...tableOf([[text("line")], [text("state")], [text("evidence")]], rows), right: [false, false, false] };
}
