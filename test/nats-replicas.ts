/** Services that share a store of NATS in a test: started, told, compared and dropped as kill -9 does. */

import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterEach, expect } from "vitest";
import type { DurableSystem } from "../src/service/durable-system.ts";
import type { StateOwner } from "../src/service/state-owner.ts";
import { openNatsStore } from "../src/service/store/nats-store.ts";
import type { ServiceStore } from "../src/service/store/service-store.ts";
import { type ListingSystem, listingSystem, TURN } from "./listing-system.ts";
import { type NatsServers, startNats } from "./nats-servers.ts";
import { temporaryFolder } from "./temporary-folder.ts";

export interface Replica {
  readonly store: ServiceStore;
  readonly durable: DurableSystem;
  readonly system: ListingSystem;
}

const running: NatsServers[] = [];
const replicas = new Set<Replica>();
/** Ends, after each test of a file, what it started. */
export function endReplicas(): void {
  afterEach(async () => {
    for (const one of replicas) await drop(one);
    for (const one of running.splice(0)) await one.stop();
  });
}

export async function servers(count: number): Promise<NatsServers> {
  const started = await startNats(count);
  running.push(started);
  return started;
}

/** A service of a note, in a folder of whatever name. */
export async function replica(
  url: string,
  messages = 1e9,
  owner: StateOwner = { note: "note", kind: "listing" },
): Promise<Replica> {
  const folder = temporaryFolder();
  const store = await openNatsStore(
    { path: folder, name: "note", owner, models: join(folder, "models") },
    { url },
    { replica: "here" },
    { snapshotEvery: { bytes: 1e9, messages } },
  );
  const system = listingSystem();
  const opened = { store, system, durable: await store.remember(system) };
  replicas.add(opened);
  return opened;
}

/** As kill -9: nothing is written down or said. */
export async function drop(one: Replica): Promise<void> {
  replicas.delete(one);
  await one.store.close();
}

export const tell = async ({ durable, system }: Replica, id: string) =>
  durable.answer(system.tell, { events: [{ id, who: `m${id.length % 3}` }] }, TURN);

/** Waits for a service to hear of everything that another knows. */
export async function alike(one: Replica, other: Replica): Promise<void> {
  for (let tries = 0; tries < 1000 && one.system.ids.length !== other.system.ids.length; tries++) await sleep(10);
  expect(one.system.ids).toEqual(other.system.ids);
}

export async function streamOf(url: string) {
  const connection = await connect({ servers: url.replaceAll("nats://", "").split(",") });
  const manager = await jetstreamManager(connection, { checkAPI: false });
  try {
    return await manager.streams.info("heptad-note-events");
  } finally {
    await connection.close();
  }
}
