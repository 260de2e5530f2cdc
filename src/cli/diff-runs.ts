/** The runs of two sides of a diff, figure beside figure: each side's newest run with exactly the facts that the side states. */

import { realpathSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { subjectText } from "../core/figure.ts";
import { formatFigure } from "../core/format-figure.ts";
import { type NewestRun, newestRunOf } from "../node/newest-run.ts";
import { projectRoot } from "../node/project-folder.ts";
import { type Difference, factsOf } from "../note/diff-designs.ts";
import { sideBySide } from "../report/side-by-side.ts";
import type { Design } from "../steps/design.ts";

/** A side of the diff: its design, and the note whose runs are looked through. */
export interface DiffSide {
  readonly design: Design;
  readonly note: string;
}

export interface RunDifference {
  /** The folder of each side's run; null where the side was not run with these facts. */
  readonly before: string | null;
  readonly after: string | null;
  /** Figures that differ; none where a side has no run, or both have the same one. */
  readonly figures: readonly Difference[];
}

export function diffRuns(before: DiffSide, after: DiffSide): RunDifference {
  const [a, b] = [before, after].map(runOf);
  const [from, to] = [a, b].map((one) => (one === undefined ? null : folderOf(one)));
  return { before: from, after: to, figures: a === undefined || b === undefined ? [] : figuresOf(a, b) };
}

function runOf({ design, note }: DiffSide): NewestRun | undefined {
  return newestRunOf(projectRoot(note), note, factsOf(design));
}

/** As `heptad compare` takes it; `latest` leads to the run's own folder. */
function folderOf({ path }: NewestRun): string {
  const folder = dirname(path);
  return relative(process.cwd(), join(dirname(folder), basename(realpathSync(folder))))
    .split("\\")
    .join("/");
}

function figuresOf(a: NewestRun, b: NewestRun): Difference[] {
  return sideBySide(a.record, b.record).flatMap((pair) => {
    const one = pair.before ?? pair.after;
    if (one === null || pair.before?.value === pair.after?.value) return [];
    const written = (figure: typeof one | null): string | undefined =>
      figure === null ? undefined : formatFigure(figure);
    const slice = one.slice === "all" ? "" : ` (${one.slice})`;
    return [
      {
        key: `${one.step}. ${one.name} ${subjectText(one)}${slice}`.trim(),
        before: written(pair.before),
        after: written(pair.after),
      },
    ];
  });
}
