/** A run on disk as `heptad run` keeps it, made up: for tests of what reads runs. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { factsOf } from "../src/note/diff-designs.ts";
import { runContextOf } from "../src/note/run-context.ts";
import { betterThanBaseline } from "../src/report/summary/better-than-baseline.ts";
import { summarizeBy } from "../src/report/summary/summarize.ts";
import { parseDesign } from "../src/steps/design.ts";
import { figure, runOf, USUAL_RUN } from "./drawn-run.ts";

/** Writes run.json into the folder of a run, with the facts of the text and one figure of that value. */
export function keepRun(folder: string, text: string, value: number): void {
  const { design } = parseDesign(text, "note.md");
  if (design === undefined) throw new Error("the text is no design");
  const drawn = runOf(USUAL_RUN);
  const measured = { ...drawn, context: runContextOf(design), facts: Object.fromEntries(factsOf(design)) };
  const { summary } = summarizeBy([betterThanBaseline])(measured);
  const figures = [...measured.figures, figure({ step: 5, name: "ndcg@10", subject: "probe", value })];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "run.json"), JSON.stringify({ ...measured, figures, summary }));
}
