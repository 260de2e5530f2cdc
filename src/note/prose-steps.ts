/** The seven steps as the headings of plain notes name them, in the order in which a heading is tried. */

import type { ProseStep } from "../review/prose.ts";
import { STEPS } from "../steps/design.ts";

/** More telling words come first: "model monitoring" is about monitoring, "training data" about data. */
const HEADINGS: readonly (readonly [ProseStep["number"], RegExp])[] = [
  [
    7,
    /monitor|maintenance|drift|retrain|re-train|continual|continuous|feedback loop|alert|observab|post-launch|operations/u,
  ],
  [
    6,
    /deploy|serving|inference|online|a\/b|ab test|rollout|roll-out|infrastructure|scal(?:e|ing|ability)|production|launch|latency|api\b/u,
  ],
  [3, /\bdata\b|dataset|features?\b|preprocess|pre-process|\betl\b|\beda\b|ingestion|label(?:s|l?ing)\b|pipeline/u],
  [5, /train|evaluat|offline|validat|experiment|result|tuning|optimi[sz]|ablation|testing/u],
  [
    1,
    /clarif|requirement|business|scope|stakeholder|use ?case|constraint|assumption|motivation|introduction|background|goals?\b|problem statement|overview|context/u,
  ],
  [2, /fram(?:e|ing)|formulat|objective|metric|\bml (?:problem|task)|\btask\b|problem|success/u],
  [4, /model|architecture|algorithm|approach|candidate|rank(?:er|ing)|retriev|method|embedding|network|system design/u],
];

export const PROSE_STEPS: readonly ProseStep[] = HEADINGS.flatMap(([number, headings]) =>
  STEPS.filter((step) => step.number === number).map(({ title }) => ({ number, title, headings })),
);
