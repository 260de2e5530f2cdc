/** What a service keeps in one store brought into another: models, memory, who was shown what, and whether the experiment was stopped. */

import { existsSync, readFileSync } from "node:fs";
import { FailureError } from "../../core/outcome.ts";
import type { ServedSystem } from "../../system/served-system.ts";
import type { StageResult } from "../../system/stage.ts";
import type { ServiceStore } from "./service-store.ts";

interface TakeOver {
  /** Gives a fresh system of a model. */
  readonly open: (model: string) => Promise<ServedSystem>;
  /** Whether what is in the new store is removed first. */
  readonly isAnew: boolean;
  /** The experiment's. */
  readonly salt: string | undefined;
}

/** Gives the memory, for a system of the new store to begin with. Throws a `FailureError` where there is nothing, or something in both. */
export async function takeOver(
  from: ServiceStore,
  to: ServiceStore,
  { open, isAnew, salt }: TakeOver,
): Promise<Uint8Array> {
  const { current } = from.models;
  if (current === undefined || !(await from.holds()))
    throw new FailureError({
      code: "nothing-kept",
      message: "nothing is kept there that could be taken over",
      where: from.models.place,
      fix: "leave --import out, or name the place where the note was served",
    });
  if (!isAnew && (await to.holds())) throw keptInBoth(to);
  // What is kept is of the features of the model that remembered, which another may have been promoted after.
  const system = await open(from.rememberedBy ?? current);
  const durable = await from.remember(system);
  try {
    // Read before anything is removed: one that is damaged leaves all as it was.
    for (const { id } of from.models.list()) await from.models.check(id);
    if (isAnew) to.beginAnew();
    if (await to.holds()) throw keptInBoth(to);
    for (const model of from.models.list()) await to.models.add({ ...model, results: await resultsOf(from, model) });
    await to.models.adopt(from.models.served);
    const { path } = from.exposures();
    if (existsSync(path)) to.beginExposures(readFileSync(path));
    const stopped = salt === undefined ? undefined : from.experiment.stopped(salt);
    if (salt !== undefined && stopped !== undefined) to.experiment.stop(salt, stopped);
    return durable.system.save();
  } finally {
    await durable.close();
  }
}

function keptInBoth({ models }: ServiceStore): FailureError {
  return new FailureError({
    code: "kept-in-both",
    message: "services were told something here too, and the two cannot be put together",
    where: models.place,
    fix: "leave --import out, and go on with what is here; files are emptied first with --anew",
  });
}

async function resultsOf(
  { models }: ServiceStore,
  { id, stages }: { readonly id: string; readonly stages: Readonly<Record<string, string>> },
): Promise<ReadonlyMap<string, StageResult>> {
  const read = models.open(id);
  return new Map(await Promise.all(Object.keys(stages).map(async (stage) => [stage, await read(stage)] as const)));
}
