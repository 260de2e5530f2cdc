/** Changes one fact of a design note: what `--set 4.stages.candidates.factors=32` does. */

import type { Outcome } from "../core/outcome.ts";
import { setFact as setFactOf } from "../design/set-fact.ts";
import { NOTE_FORM } from "../steps/design.ts";

/**
 * The note with the fact at `path` set, or why it cannot be. A path is the step's number or name, then keys; elements of lists
 * by index or name: `4.stages.candidates.factors`, `model.stages[0].factors`, `1.latency.p99`.
 */
export function setFact(text: string, path: string, value: string | number | boolean): Outcome<string> {
  return setFactOf(text, path, value, NOTE_FORM);
}
