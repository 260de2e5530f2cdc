/** Why a note cannot be run, as far as it says so itself: its data may still be missing. */

import type { Failure } from "../../core/outcome.ts";
import { whyNotRun } from "../../kinds/registry.ts";
import { type Design, parseDesign } from "../../steps/design.ts";

export interface CannotRun {
  readonly why: string;
  readonly fix: string;
}

/** Undefined where the note says nothing against a run. */
export function cannotRun(design: Design): CannotRun | undefined {
  const found: Failure | undefined = whyNotRun(design);
  return found && { why: found.message, fix: found.fix ?? "" };
}

export function textCannotRun(text: string, path: string): CannotRun | undefined {
  const { design } = parseDesign(text, path);
  return design === undefined
    ? { why: "the note cannot be read as a design", fix: "see its review" }
    : cannotRun(design);
}
