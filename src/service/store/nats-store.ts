/** The store of several services of one note: a log, snapshots, models and keys in NATS JetStream. What is on this machine may be removed. */

import { join } from "node:path";
import type { KV } from "@nats-io/kv";
import { z } from "zod";
import { readKept } from "../kept-json.ts";
import type { ServiceFolder } from "../service-folder.ts";
import { keepOwner } from "../state-owner.ts";
import { connectNats, damagedIn, type Nats, untilAnswered } from "./nats-connection.ts";
import { type OpenedMemory, openMemory, type SnapshotEvery } from "./nats-memory.ts";
import { claimShared, refuseOthersShare } from "./nats-owner.ts";
import { openSharedRegistry } from "./nats-registry.ts";
import { openSharedSnapshots } from "./nats-snapshots.ts";
import { openSharedSwitch } from "./nats-switch.ts";
import type { ServiceStore, StoreAddress, StoreListener } from "./service-store.ts";

type NatsStoreFolder = Pick<ServiceFolder, "path" | "name" | "owner" | "models">;

interface NatsStoreTuning {
  readonly snapshotEvery?: SnapshotEvery;
}
/** How often promotions and stops of others are looked for. */
const LOOK_MS = 1000;

/** Throws a `FailureError` where NATS cannot be reached or does not do what is needed. */
export async function openNatsStore(
  folder: NatsStoreFolder,
  address: StoreAddress,
  { replica, say, onError = () => undefined }: StoreListener,
  tuning: NatsStoreTuning = {},
): Promise<ServiceStore> {
  const nats = await connectNats(address);
  try {
    const prefix = `heptad-${folder.name.replaceAll(/[^\w-]/gu, "_")}`;
    const keys = await nats.keys(prefix);
    await refuseOthersShare(nats, keys, folder.owner);
    const models = await openSharedRegistry(nats, keys, prefix, folder.models);
    const experiment = await openSharedSwitch(nats, keys, onError);
    if (nats.copies === 1)
      say?.(`NATS at ${nats.place} is a single server: what it is told is kept once, and gone with its disk`);
    const look = setInterval(() => {
      if (nats.problem !== undefined) return;
      void Promise.all([models.refresh(), experiment.refresh()]).catch(() => undefined);
    }, LOOK_MS);
    let memory: OpenedMemory | undefined;
    let rows: Uint8Array | undefined;
    const opened = (): OpenedMemory => {
      if (memory === undefined) throw new Error("asked for before anything is remembered");
      return memory;
    };
    return {
      models,
      experiment,
      async claim() {
        keepOwner(folder.path, folder.owner);
        await claimShared(nats, keys, folder.owner);
      },
      holds: () => openSharedSnapshots(nats, keys, prefix).isThere(),
      async remember(system, makeAside) {
        const path = join(folder.path, `exposures-${replica}.csv`);
        const snapshots = openSharedSnapshots(nats, keys, prefix);
        const every = tuning.snapshotEvery;
        memory = await openMemory({ nats, prefix, path, rows, snapshots, system, makeAside, onError, every });
        return memory.durable;
      },
      // Each service says which model it has; what they share is told to all alike.
      remembersBy: () => undefined,
      rememberedBy: undefined,
      // Others go on with what is there.
      beginAnew: () => undefined,
      beginExposures(given) {
        rows = given;
      },
      exposures: () => opened().shown,
      clockOrigin: (newest, world) => sharedOrigin(nats, keys, { newest, world }),
      forget: (unit) => opened().forget(unit),
      gauges: [
        {
          name: "heptad_log_behind",
          help: "Messages of the shared log that are there and were not acted on here yet",
          read: () => memory?.log.behind ?? 0,
        },
        {
          name: "heptad_exposures_waiting",
          help: "Exposures that were shown and could not be written down yet",
          read: () => memory?.shown.waiting ?? 0,
        },
      ],
      async close() {
        clearInterval(look);
        await nats.close();
      },
    };
  } catch (error) {
    await nats.close();
    throw error;
  }
}

const originSchema = z.looseObject({ newest: z.number().nullable(), world: z.number() });
const CLOCK = "clock";

/** The first that asks decides for all. */
async function sharedOrigin(nats: Nats, keys: KV, own: { readonly newest: number; readonly world: number }) {
  return untilAnswered(async () => {
    const entry = await keys.get(CLOCK);
    if (entry?.operation === "PUT") {
      const { newest, world } = readKept(entry.string(), originSchema, damagedIn(nats.place));
      return { newest: newest ?? Number.NaN, world };
    }
    await keys.create(CLOCK, JSON.stringify(own));
    return own;
  }, nats.place);
}
