/** Takes over what a note's service was told while it kept that elsewhere, as `--import` asks for. */

import { parseDesign } from "../steps/design.ts";
import { openSystem } from "./build-model.ts";
import { saltOf } from "./open-experiment.ts";
import type { ServeNoteOptions } from "./serve-note-options.ts";
import type { ServiceFolder } from "./service-folder.ts";
import { openStore } from "./store/open-store.ts";
import type { ServiceStore } from "./store/service-store.ts";
import { takeOver } from "./store/take-over.ts";

/** Throws a `FailureError` where nothing is kept there, or something is here. */
export async function takeOverFrom(
  store: ServiceStore,
  folder: ServiceFolder,
  { takeFrom, isAnew = false, run, say, onError }: ServeNoteOptions,
): Promise<Uint8Array> {
  const address = takeFrom === "files" ? undefined : takeFrom;
  const from = await openStore(folder, address, { replica: `import-${process.pid}`, onError });
  try {
    const { models } = from;
    const open = async (id: string) =>
      (await openSystem(models.find(id).note, run.path, models.open(id), { begin: "end", isBlank: true })).system;
    const { current } = models;
    const { design } = current === undefined ? {} : parseDesign(models.find(current).note, run.path);
    const taken = await takeOver(from, store, { open, isAnew, salt: design && saltOf(design) });
    say(
      `what was kept in ${address === undefined ? folder.path : models.place} was taken over, and is left there as it is`,
    );
    return taken;
  } finally {
    await from.close();
  }
}
