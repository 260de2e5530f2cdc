/** A run's stages with an engine elsewhere in place of this machine, where it can compute any of them. */

import { FailureError } from "../core/outcome.ts";
import type { DeclaredQuery } from "../kinds/kind.ts";
import { engineFeaturesStage } from "../steps/3-data/features/engine-features-stage.ts";
import type { Stage } from "../system/stage.ts";

/** The same stages, with what an engine can compute computed by it. Throws a `FailureError` where none of them computes any. */
export function onEngine(stages: readonly Stage[], declared: () => DeclaredQuery, engine: string): readonly Stage[] {
  if (stages.some((stage) => stage.onEngine !== undefined))
    return stages.map((stage) => stage.onEngine?.(engine) ?? stage);
  const query = declared();
  if (query.form === "ranked")
    throw new FailureError({
      code: "nothing-for-engine",
      message:
        "the note has no ranking stage that reads declared features, and no item-kNN, so there is nothing for an engine to compute",
      where: "--engine",
      fix: "run it without an engine: `heptad run`",
    });
  const { task, declarations, periods } = query;
  const there = engineFeaturesStage({ task, declarations, periods, engine });
  return stages.map((stage) => (stage.name === there.name ? there : stage));
}
