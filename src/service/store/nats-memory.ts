/** What several services of one note remember together: a system behind a shared log, with snapshots that they all begin from. */

import { rmSync } from "node:fs";
import { keptArrival, type ServedSystem } from "../../system/served-system.ts";
import type { DurableSystem } from "../durable-system.ts";
import { type Nats, untilAnswered } from "./nats-connection.ts";
import { openSharedLog, type SharedLog } from "./nats-log.ts";
import type { SharedSnapshots } from "./nats-snapshots.ts";
import type { ServiceStore } from "./service-store.ts";
import { openSharedMemory, type SharedEntry, type SharedMemory } from "./shared-memory.ts";
import { openShownUnits, type ShownUnits } from "./shown-units.ts";

/** What comes between two snapshots at most. */
export interface SnapshotEvery {
  readonly messages: number;
  readonly bytes: number;
}

/** Reading so much again takes about a second. */
const SNAPSHOT_EVERY: SnapshotEvery = { messages: 20_000, bytes: 4e6 };
/** A large memory is written down less often: bytes told for each byte that is kept. */
const WORTH = 1 / 16;

export interface OpenedMemory {
  readonly durable: DurableSystem;
  readonly log: SharedLog;
  readonly shown: ShownUnits;
  forget(unit: string): ReturnType<ServiceStore["forget"]>;
}

interface MemoryParts {
  readonly nats: Nats;
  readonly prefix: string;
  readonly path: string;
  /** Exposures that a new memory begins with. */
  readonly rows?: Uint8Array;
  readonly snapshots: SharedSnapshots;
  readonly system: ServedSystem;
  readonly makeAside?: (upTo: number) => Promise<number>;
  readonly onError: (message: string) => void;
  readonly every?: SnapshotEvery;
}

export async function openMemory(parts: MemoryParts): Promise<OpenedMemory> {
  const { nats, prefix, snapshots, onError, every = SNAPSHOT_EVERY } = parts;
  const memory = openSharedMemory(parts.system, parts.path, nats.place, parts.rows);
  rmSync(asideOf(parts.path), { force: true });
  const from = await begin(memory, snapshots);
  // Two that share a log do not take their snapshots at the same moment.
  const patience = 1 + Math.random() / 4;
  let [isKeeping, isClosed] = [false, false];
  const name = `${prefix}-events`;
  let opened: SharedLog | undefined;
  const log = await openSharedLog(nats, {
    name,
    subject: `heptad.${prefix}.events`,
    from,
    replay: (entry) => memory.take(entry),
    onMessage: () => void considerSnapshot(),
    async catchUp(than) {
      const found = await snapshots.newest(than);
      if (found === undefined) return undefined;
      memory.restore(found.bytes);
      return found.at;
    },
    onError,
  });
  opened = log;
  let stateBytes = 0;
  const snapshot = async (): Promise<void> => {
    const at = log.applied;
    log.counted();
    const bytes = memory.save();
    stateBytes = bytes.length;
    const before = await snapshots.keep({ at, bytes });
    // What lies before the one before: a service that is a little behind goes on without a snapshot.
    if (before !== undefined) await purgeUpTo(nats, name, before);
  };
  async function considerSnapshot(): Promise<void> {
    if (opened === undefined || isKeeping || isClosed) return;
    const enough = Math.max(every.bytes, stateBytes * WORTH);
    if (opened.messages < every.messages * patience && opened.bytes < enough * patience) return;
    isKeeping = true;
    try {
      if (parts.makeAside === undefined) await snapshot();
      else {
        log.counted();
        stateBytes = await parts.makeAside(log.applied);
      }
    } catch (error) {
      if (isClosed) return;
      onError(`no snapshot was taken: ${error instanceof Error ? error.message : error}`);
    } finally {
      isKeeping = false;
    }
  }
  // Whoever comes next need not read all of that again.
  void considerSnapshot();
  const append = <T>(entry: SharedEntry, act: () => T): Promise<T> => log.append(entry, act);
  const shown = openShownUnits(
    () => memory.exposures,
    (unit, arm, moment) => append({ shown: [unit, arm, moment] }, () => memory.shown(unit, arm, moment)),
  );
  const durable: DurableSystem = {
    get system() {
      return memory.system;
    },
    get problem() {
      return log.problem;
    },
    get logged() {
      return log.entries;
    },
    answer(endpoint, body, turn) {
      if (!endpoint.remembers) return endpoint.answer(body, turn);
      const entry = { path: endpoint.path, body, ...keptArrival(turn) };
      return append(entry, () => memory.outcomes(endpoint.answer(body, turn)));
    },
    swap(next) {
      next.restore(memory.system.save());
      next.disownAnswers?.();
      memory.system = next;
    },
    // The servers keep it.
    flush: async () => undefined,
    snapshot,
    async close() {
      isClosed = true;
      shown.close();
      await log.close();
      // Whoever is forgotten while this one does not run is not left here.
      rmSync(parts.path, { force: true });
      rmSync(asideOf(parts.path), { force: true });
    },
  };
  return {
    durable,
    log,
    shown,
    async forget(unit) {
      const gone = await append({ forget: unit }, () => memory.forget(unit));
      const at = log.applied;
      await snapshots.renew({ at, bytes: memory.save() });
      await removeMessages(nats, name, at);
      return gone;
    },
  };
}

/** Where the process that makes a snapshot beside a service has its exposures: gone with it, or with the service. */
function asideOf(path: string): string {
  return path.replace(/\.csv$/u, "-aside.csv");
}

/** Becomes what the newest snapshot holds; where there is none, what the system knows becomes the first. Gives the message that it reaches to. */
async function begin(memory: SharedMemory, snapshots: SharedSnapshots): Promise<number> {
  const found = await snapshots.newest();
  if (found !== undefined) {
    memory.restore(found.bytes);
    return found.at;
  }
  // Without it, what the first model knew would be another model's for whoever comes later.
  if ((await snapshots.keep({ at: 0, bytes: memory.save() })) !== undefined) return 0;
  return begin(memory, snapshots);
}

/** Removes messages up to a number, their bytes too: written over first, since a file that holds others as well is not removed. */
async function removeMessages(nats: Nats, name: string, at: number): Promise<void> {
  await deleteUpTo(nats, name, at, true);
  if (nats.purges) await purgeUpTo(nats, name, at);
}

/** Messages that are removed at one time. */
const TOGETHER = 32;

async function deleteUpTo(nats: Nats, name: string, at: number, isErased: boolean): Promise<void> {
  const { state } = await untilAnswered(() => nats.manager.streams.info(name), nats.place);
  const remove = (seq: number): Promise<unknown> =>
    untilAnswered(
      () =>
        nats.manager.streams.deleteMessage(name, seq, isErased).catch((error) => {
          if (!/no message found|sequence .* not found/iu.test(String(error))) throw error;
        }),
      nats.place,
    );
  for (let from = state.first_seq; from <= at; from += TOGETHER)
    await Promise.all(Array.from({ length: Math.min(TOGETHER, at - from + 1) }, (_, index) => remove(from + index)));
}

/** Removes what a snapshot holds. Told to keep everything from the first message on, NATS removes everything: it is not asked to. */
async function purgeUpTo(nats: Nats, name: string, at: number): Promise<void> {
  if (at > 0 && !nats.purges) await deleteUpTo(nats, name, at, false);
  else if (at > 0) await untilAnswered(() => nats.manager.streams.purge(name, { seq: at + 1 }), nats.place);
}
