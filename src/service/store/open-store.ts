/** Opens the store of a service: files of its own, or NATS where several services share one. */

import { FailureError } from "../../core/outcome.ts";
import type { ServiceFolder } from "../service-folder.ts";
import { sayOwner } from "../state-owner.ts";
import { openFileStore } from "./file-store.ts";
import type { ServiceStore, StoreAddress, StoreListener } from "./service-store.ts";

/** Throws a `FailureError` where NATS cannot be reached or does not do what is needed, and where what is kept is another note's. */
export async function openStore(
  folder: ServiceFolder,
  address: StoreAddress | undefined,
  listener: StoreListener,
): Promise<ServiceStore> {
  const store = await openAt(folder, address, listener);
  try {
    refuseOtherKind(store, folder);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

async function openAt(
  folder: ServiceFolder,
  address: StoreAddress | undefined,
  listener: StoreListener,
): Promise<ServiceStore> {
  if (address === undefined) return openFileStore(folder, listener.onError);
  // What only several machines need is loaded with them.
  const { openNatsStore } = await import("./nats-store.ts");
  return openNatsStore(folder, address, listener);
}

/** Where nothing says whose the state is, the model that serves says of which kind. */
function refuseOtherKind({ models }: ServiceStore, { owner }: ServiceFolder): void {
  const { current } = models;
  const served = current === undefined ? undefined : models.list().find(({ id }) => id === current);
  if (served === undefined || owner.kind === undefined || served.kind === owner.kind) return;
  throw new FailureError({
    code: "other-owner",
    message: `the model that serves here is "${served.title}" (${served.kind}), and the note is ${sayOwner(owner)}`,
    where: models.place,
    fix: "name the note that it is of, or a folder of its own with --state; with --nats, give the note another file name",
  });
}
