/** Every kind of problem that can be run, by the name a note gives it in `system`. */

import { nearest } from "../core/nearest.ts";
import { type Failure, fail, type Outcome, succeed } from "../core/outcome.ts";
import type { Design } from "../steps/design.ts";
import { binaryClassification } from "./binary-classification/binary-classification.ts";
import { documentRanking } from "./document-ranking/document-ranking.ts";
import { fraudDetection } from "./fraud-detection/fraud-detection.ts";
import type { Kind } from "./kind.ts";
import { recommendation } from "./recommendation/recommendation.ts";
import { visualSearch } from "./visual-search/visual-search.ts";

export const KINDS: readonly Kind[] = [
  recommendation,
  fraudDetection,
  binaryClassification,
  visualSearch,
  documentRanking,
];

/** Whether `heptad run` has anything to begin with: a kind that is run here, and a stage to build. Before both nobody is sent there. */
export function holdsRun(design: Design): boolean {
  return whyNotRun(design) === undefined;
}

/** What the note alone says against a run; undefined where it says nothing, though its data may. */
export function whyNotRun({ front, model }: Design): Failure | undefined {
  const kind = findKind(front.system);
  if (!kind.ok) return kind.failure;
  if ((model.stages ?? []).length > 0) return undefined;
  return {
    code: "no-stages",
    message: "section 4 states no stage that could be built",
    where: "4.stages",
    fix: "write `stages` in section 4, each with its method",
  };
}

/** The kind of that name. Any other system can be reviewed, estimated and practised, but not run. */
export function findKind(system: string): Outcome<Kind> {
  const names = KINDS.map(({ name }) => name);
  const found = KINDS.find(({ name }) => name === system);
  if (found !== undefined) return succeed(found);
  const suggestion = nearest(system, names);
  return fail({
    code: "cannot-run",
    message: `a system called \`${system}\` can be reviewed and estimated, but not run`,
    where: "0.system",
    fix: suggestion === undefined ? `systems that can be run: ${names.join(", ")}` : `did you mean \`${suggestion}\`?`,
  });
}
