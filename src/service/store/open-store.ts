/** Opens the store of a service: files of its own, or NATS where several services share one. */

import type { ServiceFolder } from "../service-folder.ts";
import { openFileStore } from "./file-store.ts";
import type { ServiceStore, StoreAddress, StoreListener } from "./service-store.ts";

/** Throws a `FailureError` where NATS cannot be reached or does not do what is needed. */
export async function openStore(
  folder: ServiceFolder,
  address: StoreAddress | undefined,
  listener: StoreListener,
): Promise<ServiceStore> {
  if (address === undefined) return openFileStore(folder, listener.onError);
  // What only several machines need is loaded with them.
  const { openNatsStore } = await import("./nats-store.ts");
  return openNatsStore(folder, address, listener);
}
