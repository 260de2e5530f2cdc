/** Which model of a note serves at first, and how a trigger's run gives another. */

import { dirname } from "node:path";
import { FailureError } from "../core/outcome.ts";
import { shellWord } from "../core/shell-word.ts";
import { buildModel } from "./build-model.ts";
import type { ModelRegistry } from "./model-registry.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import type { ServiceFolder } from "./service-folder.ts";
import type { ServiceStore } from "./store/service-store.ts";

export interface ChosenModel {
  readonly id: string;
  /** What the note builds now, where it was run. */
  readonly built: string | undefined;
  /** Why it serves, where that is not plain: said once it does. */
  readonly why: string | undefined;
}

/** The model that serves at first. Where several services share a store, what was promoted there serves, and nothing is run for it. */
export async function chooseModel(
  store: Pick<ServiceStore, "models">,
  folder: ServiceFolder,
  { run, nats }: Pick<ServeNoteOptions, "run" | "nats">,
): Promise<ChosenModel> {
  const { models } = store;
  const promoted = models.current;
  if (nats !== undefined && promoted !== undefined)
    return {
      id: promoted,
      built: undefined,
      why: `model ${promoted} serves, as it was promoted in ${models.place}; a changed note: heptad model add ${shellWord(run.path)}`,
    };
  const built = await buildModel(run, models, dirname(folder.root) === folder.root ? "." : folder.root);
  if (models.current === undefined) await models.promote(built);
  const current = models.current ?? built;
  const why =
    current === built
      ? undefined
      : `the run built model ${built}; ${current} serves, as it was promoted; to serve the one just built: heptad model promote ${shellWord(run.path)} ${built}`;
  return { id: current, built, why };
}

/** As it is said where the model that was promoted is gone or damaged: only what the note builds now can be built again. */
export async function orSayWayOn<Loaded>(
  load: () => Promise<Loaded>,
  { id, built }: ChosenModel,
  { run, state }: Pick<ServeNoteOptions, "run" | "state">,
): Promise<Loaded> {
  try {
    return await load();
  } catch (error) {
    if (!(error instanceof FailureError) || !LOST.has(error.failure.code)) throw error;
    if (built === undefined || built === id) throw error;
    const where = state === undefined ? "" : ` --state ${shellWord(state)}`;
    throw new FailureError({
      ...error.failure,
      message: `${error.failure.message}; it was promoted, and the note builds another one now`,
      fix: `let that serve: heptad model promote ${shellWord(run.path)} ${built}${where}; or put a copy of ${id} in its place`,
    });
  }
}

const LOST = new Set(["no-such-model", "damaged-model"]);

/** Runs the note elsewhere, and gives the model that was not there before. */
export async function builtBy(
  improve: ServeNoteOptions["improve"],
  { list }: ModelRegistry,
): Promise<string | undefined> {
  const before = new Set(list().map(({ id }) => id));
  await improve?.();
  return list().find(({ id }) => !before.has(id))?.id;
}
