/** What a person does where a model remembers by other features than what is kept. */

import { createHash } from "node:crypto";
import { FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import type { Design } from "../steps/design.ts";
import type { ModelManifest } from "./model-registry.ts";
import { isOfOtherFeatures } from "./rebuild.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";

/** What says whether a log can be told to another model: the data that it follows on, and what its events and labels are. */
export function told(
  { data }: ModelManifest,
  { front, data: given, frame }: Design,
): { readonly data: string; readonly meaning: string } {
  const meaning = JSON.stringify([front.system, given.source, given.time, frame.label]);
  return { data: data.fingerprint, meaning: createHash("sha256").update(meaning).digest("hex") };
}

/** `kept` is the model that what is kept is of. */
export function waysOn(
  { run, state, nats }: Pick<ServeNoteOptions, "run" | "state" | "nats">,
  kept: string | undefined,
): string {
  const where = state === undefined ? "" : ` --state ${state}`;
  const back =
    kept === undefined
      ? `heptad model list ${shellWord(run.path)}${where} shows the models, of which an earlier one may remember by them: heptad model promote ${shellWord(run.path)} MODEL${where}`
      : `go on with the model that it is of: heptad model promote ${shellWord(run.path)} ${kept}${where}`;
  if (nats !== undefined) return back;
  return `${back}; or lose what was told, and begin with the data alone: heptad serve ${shellWord(run.path)} --anew${where}`;
}

/** As it is said of a model that was to take over from one that serves: memory is built anew only at a start. */
export function saidWhileServing(error: unknown, path: string, id: string): unknown {
  if (!isOfOtherFeatures(error)) return error;
  return new FailureError({
    code: "other-state",
    message: `model ${id} has other features than the one that serves, and cannot take over what that remembers while it serves`,
    fix: `heptad model promote ${shellWord(path)} ${id}, then end the service and start it again: what it remembers is built anew from the data and the log`,
  });
}
