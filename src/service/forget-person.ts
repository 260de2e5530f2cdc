/** Removes a person from what a service remembers: memory, log and exposures. */

import { existsSync } from "node:fs";
import { FailureError } from "../core/outcome.ts";
import { openSystem } from "./build-model.ts";
import { openDurableSystem } from "./durable-system.ts";
import { openExposureLog } from "./exposure-log.ts";
import { openModelRegistry } from "./model-registry.ts";
import { serviceFolder } from "./service-folder.ts";

export interface Forgotten {
  readonly entries: number;
  readonly exposures: number;
}

/** Throws a `FailureError` where the service runs, was never started, or keeps nothing by person. */
export async function forgetPerson(notePath: string, person: string, state?: string): Promise<Forgotten> {
  if (!existsSync(notePath))
    throw new FailureError({
      code: "no-such-note",
      message: `there is no file ${notePath}`,
      fix: "give the path of the note that is served",
    });
  const folder = serviceFolder(notePath, state);
  const registry = openModelRegistry(folder.models);
  const { current } = registry;
  if (current === undefined)
    throw new FailureError({
      code: "never-served",
      message: "this note was never served: nothing is remembered",
      where: folder.path,
      fix: "name the folder with --state where it was served with that",
    });
  const { system } = await openSystem(registry.find(current).note, notePath, registry.open(current), "end");
  if (system.forget === undefined)
    throw new FailureError({
      code: "nothing-by-person",
      message: "this system keeps nothing by person",
      where: notePath,
    });
  const durable = openDurableSystem(folder.events, system);
  try {
    const entries = durable.forget(person);
    // Also where only the log knew: what was refused is in it too.
    durable.snapshot();
    const exposures = existsSync(folder.exposures) ? openExposureLog(folder.exposures).forget(person) : 0;
    return { entries, exposures };
  } finally {
    durable.close();
  }
}
