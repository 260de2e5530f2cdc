/** What the stages behind the one at work are known to take: of those that read what this run makes anew. */

import type { StepNumber } from "../core/figure.ts";
import type { Stage } from "./stage.ts";

/**
 * Seconds of the stages that follow `current`. Undefined where one of them never ran here: then nobody knows.
 * `began` are the stages that this run has made anew, `current` among them; `before` is what each took when it last ran.
 */
export function secondsBehind(
  stages: readonly Pick<Stage, "name" | "step" | "inputs">[],
  current: string,
  began: ReadonlySet<string>,
  before: ReadonlyMap<string, number>,
  from?: StepNumber,
): number | undefined {
  const anew = new Set(began);
  let seconds = 0;
  const place = stages.findIndex(({ name }) => name === current);
  for (const { name, step, inputs } of stages.slice(place + 1)) {
    if (!inputs.some((input) => anew.has(input)) && (from === undefined || step < from)) continue;
    anew.add(name);
    const known = before.get(name);
    if (known === undefined) return undefined;
    seconds += known;
  }
  return seconds;
}
