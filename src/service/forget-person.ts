/** Removes a person from what a service remembers: memory, log and exposures. */

import { existsSync } from "node:fs";
import { FailureError } from "../core/outcome.ts";
import { openSystem } from "./build-model.ts";
import { serviceFolder } from "./service-folder.ts";
import { saidElsewhere } from "./store/kept-elsewhere.ts";
import { openStore } from "./store/open-store.ts";
import type { Forgotten, ServiceStore, StoreAddress } from "./store/service-store.ts";

/** `elsewhere` says where more is kept, in which nobody was forgotten. */
export interface ForgottenPerson extends Forgotten {
  readonly elsewhere: string | undefined;
}

/** Throws a `FailureError` where the service runs on files, was never started, or keeps nothing by person. */
export async function forgetPerson(
  notePath: string,
  person: string,
  state?: string,
  nats?: StoreAddress,
): Promise<ForgottenPerson> {
  if (!existsSync(notePath))
    throw new FailureError({
      code: "no-such-note",
      message: `there is no file ${notePath}`,
      fix: "give the path of the note that is served",
    });
  const folder = serviceFolder(notePath, state);
  const store = await openStore(folder, nats, { replica: "forget" });
  try {
    return { ...(await forgetIn(store, notePath, person)), elsewhere: saidElsewhere(folder, nats !== undefined) };
  } finally {
    await store.close();
  }
}

async function forgetIn(store: ServiceStore, notePath: string, person: string): Promise<Forgotten> {
  const { models } = store;
  const { current } = models;
  if (current === undefined)
    throw new FailureError({
      code: "never-served",
      message: "this note was never served: nothing is remembered",
      where: models.place,
      fix: "name the place with --state or --nats where it was served with that",
    });
  // Another may be promoted that has not served yet, with other features than what is kept.
  const id = store.rememberedBy ?? current;
  const { system } = await openSystem(models.find(id).note, notePath, models.open(id), {
    begin: "end",
    isBlank: await store.holds(),
  });
  const durable = await store.remember(system);
  try {
    return await store.forget(person);
  } finally {
    await durable.close();
  }
}
