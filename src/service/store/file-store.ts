/** The store of a service of one process: files in a folder of its own. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../../core/outcome.ts";
import { writeFileAtomically } from "../../node/atomic-write.ts";
import { SNAPSHOT } from "../../node/log-files.ts";
import { emptyLog } from "../../node/write-ahead-log.ts";
import { type FolderSystem, openDurableSystem } from "../durable-system.ts";
import { type ExperimentSwitch, openExperimentSwitch } from "../experiment-switch.ts";
import { openExposureLog } from "../exposure-log.ts";
import { openModelRegistry } from "../model-registry.ts";
import { isOfOtherFeatures, rebuild } from "../rebuild.ts";
import type { ServiceFolder } from "../service-folder.ts";
import { keepOwner } from "../state-owner.ts";
import { begunWith, forgetBeginning, readBeginning, writeBeginning } from "./log-beginning.ts";
import type { ServiceStore } from "./service-store.ts";

export type StoreFolder = Pick<ServiceFolder, "path" | "owner" | "models" | "events" | "exposures" | "experiment">;

export function openFileStore(folder: StoreFolder, onError?: (message: string) => void): ServiceStore {
  let durable: FolderSystem | undefined;
  let experiment: ExperimentSwitch | undefined;
  return {
    models: openModelRegistry(folder.models),
    claim: async () => keepOwner(folder.path, folder.owner),
    get experiment() {
      experiment ??= openExperimentSwitch(folder.experiment);
      return experiment;
    },
    holds: async () => existsSync(join(folder.events, SNAPSHOT)),
    async remember(system, makeAside, beginning) {
      const habit = { makeAside, onError };
      const isNew = !existsSync(join(folder.events, SNAPSHOT));
      try {
        durable = openDurableSystem(folder.events, system, habit);
        if (isNew && beginning !== undefined) begunWith(folder.events, beginning, system);
      } catch (error) {
        if (beginning === undefined || !isOfOtherFeatures(error)) throw error;
        durable = await rebuild(folder.events, beginning, habit);
      }
      return durable;
    },
    remembersBy(model) {
      const was = readBeginning(folder.events);
      if (was !== undefined && was.model !== model) writeBeginning(folder.events, { ...was, model });
    },
    get rememberedBy() {
      return readBeginning(folder.events)?.model;
    },
    beginAnew() {
      emptyLog(folder.events);
      forgetBeginning(folder.events);
    },
    beginExposures: (rows) => writeFileAtomically(folder.exposures, rows),
    exposures: () => openExposureLog(folder.exposures),
    // One process, whose clock begins anew with it.
    clockOrigin: async (newest, world) => ({ newest, world }),
    async forget(unit) {
      if (durable === undefined) throw new Error("forgotten before anything is remembered");
      if (durable.system.forget === undefined) throw nothingByPerson(folder.path);
      const entries = durable.forget(unit);
      const exposures = existsSync(folder.exposures) ? openExposureLog(folder.exposures).forget(unit) : 0;
      return { entries, exposures };
    },
    gauges: [],
    close: async () => undefined,
  };
}

export function nothingByPerson(where: string): FailureError {
  return new FailureError({
    code: "nothing-by-person",
    message: "a system of this kind knows nobody by name, and what it was told of one cannot be removed from the rest",
    where,
    fix: "what it was told goes as a whole, with `heptad serve NOTE --anew`",
  });
}
