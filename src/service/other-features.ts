/** What a person does where a model remembers by other features than what is kept. */

import { createHash } from "node:crypto";
import { FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import type { Design } from "../steps/design.ts";
import type { ModelManifest } from "./model-manifest.ts";
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
  const where = state === undefined ? "" : ` --state ${shellWord(state)}`;
  const back =
    kept === undefined
      ? `heptad model list ${shellWord(run.path)}${where} shows the models, of which an earlier one may remember by them: heptad model promote ${shellWord(run.path)} MODEL${where}`
      : `go on with the model that it is of: heptad model promote ${shellWord(run.path)} ${kept}${where}`;
  if (nats !== undefined) return back;
  return `${back}; or lose what was told, and begin with the data alone: heptad serve ${shellWord(run.path)} --anew${where}`;
}

/** The model that serves, where it is known, and the one that was to take over from it. */
export interface TakingOver {
  readonly serves: ModelManifest | undefined;
  readonly next: Pick<ModelManifest, "id" | "note" | "version" | "data">;
}

/**
 * As it is said of a model that was to take over from one that serves: memory is built anew only at a start, and not where what was told may be in newer
 * data too.
 */
export function saidWhileServing(
  error: unknown,
  { run, state, nats }: Pick<ServeNoteOptions, "run" | "state" | "nats">,
  { serves, next }: TakingOver,
): unknown {
  if (!isOfOtherFeatures(error)) return error;
  const where = state === undefined ? "" : ` --state ${shellWord(state)}`;
  const promote = (id: string): string => `heptad model promote ${shellWord(run.path)} ${id}${where}`;
  const cannot = "cannot take over what that remembers while it serves";
  if (serves === undefined || serves.data.fingerprint === next.data.fingerprint)
    return new FailureError({
      code: "other-state",
      message: `model ${next.id} has other features than the one that serves, and ${cannot}`,
      fix: `${promote(next.id)}, then end the service and start it again: what it remembers is built anew from the data and the log`,
    });
  const byData = "other data, by which memory is laid out otherwise (one new entry of the catalogue suffices)";
  const differs =
    serves.note === next.note && serves.version === next.version
      ? `has the features of the one that serves, but is of ${byData}`
      : `has other features than the one that serves, or is of ${byData}`;
  const goOn = `what was told may be in those data too, and a restart does not build it anew: go on with the one that serves: ${promote(serves.id)}`;
  return new FailureError({
    code: "other-state",
    message: `model ${next.id} ${differs}, and ${cannot}`,
    fix:
      nats === undefined
        ? `${goOn}; or end the service, lose what was told, and begin with the data alone: ${promote(next.id)}, then heptad serve ${shellWord(run.path)} --anew${where}`
        : goOn,
  });
}
