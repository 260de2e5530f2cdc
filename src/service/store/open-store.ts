/** Opens the store of a service: files of its own, or NATS where several services share one. */

import type { ServiceFolder } from "../service-folder.ts";
import { openFileStore } from "./file-store.ts";
import type { ServiceStore } from "./service-store.ts";

/** Where NATS is reached: URLs with commas between them, and a file of credentials where there is one. */
export interface StoreAddress {
  readonly url: string;
  readonly credentials?: string;
}

export interface StoreListener {
  /** Names the process among those that share a folder: its port. */
  readonly replica: string;
  readonly say?: (message: string) => void;
  readonly onError?: (message: string) => void;
}

/** Throws a `FailureError` where NATS cannot be reached or does not do what is needed. */
export async function openStore(
  folder: ServiceFolder,
  address: StoreAddress | undefined,
  listener: StoreListener,
): Promise<ServiceStore> {
  if (address === undefined) return openFileStore(folder);
  // What only several machines need is loaded with them.
  const { openNatsStore } = await import("./nats-store.ts");
  return openNatsStore(folder, address, listener);
}
