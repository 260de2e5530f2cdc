/** The slowest request while a snapshot is made beside it, and memory over minutes of load. */

import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import type { ServerProcess } from "./serve-process.ts";
import type { Loader } from "./stretch.ts";
import { sendBatches } from "./traffic.ts";

/** Messages between two looks whether a snapshot was begun, and milliseconds until the next ones: another may be under way, or too recent. */
const BATCHES = 4;
const PAUSE = 50;
const PATIENCE = 300_000;
const STRETCH = 1;
/** Requests of a round that are asked one after the other. */
const ONE_AFTER_THE_OTHER = 50;
const SNAPSHOTS = 3;
const MIB = 2 ** 20;

interface Sides {
  ours(): Promise<number>;
  peer(): Promise<number>;
}

/** Milliseconds of the slowest request: of the stretches in which a snapshot is made, and of as many in which none is. */
export function slowestWhileSnapshot(service: ServerProcess, state: string, rate: number, load: Loader): Sides {
  let stretches = 1;
  const slowestOf = async (): Promise<number> => (await load.stretch(rate, STRETCH)).slowest;
  return {
    async ours() {
      const made = await duringSnapshot(service, state, slowestOf);
      stretches = made.rounds;
      return 1000 * made.slowest;
    },
    async peer() {
      let slowest = 0;
      for (let one = 0; one < stretches; one++) slowest = Math.max(slowest, await slowestOf());
      return 1000 * slowest;
    },
  };
}

/**
 * The same of requests that are asked one after the other: of the snapshot of three during which the slowest was the least slow, and of the times between
 * them. What others have of the machine comes and goes, what a snapshot takes of the service comes each time.
 */
export function leastWhileSnapshot(state: string, load: Loader): Sides {
  const between: number[] = [];
  /** Milliseconds, from here until `isOver`. */
  const slowestUntil = async (isOver: () => boolean): Promise<number> => {
    let slowest = 0;
    const began = performance.now();
    do {
      if (performance.now() - began > PATIENCE) throw new Error("no snapshot was begun, or none came of it");
      slowest = Math.max(slowest, 1000 * (await load.slowestInTurn(ONE_AFTER_THE_OTHER)));
    } while (!isOver());
    return slowest;
  };
  return {
    async ours() {
      const during: number[] = [];
      while (during.length < SNAPSHOTS) {
        const [log, snapshot] = [newestLog(state), snapshotOf(state)];
        between.push(await slowestUntil(() => newestLog(state) !== log));
        during.push(await slowestUntil(() => snapshotOf(state) !== snapshot));
      }
      return Math.min(...during);
    },
    peer: async () => Math.min(...between),
  };
}

/** From the beginning of a snapshot until it stands: the slowest of all rounds of requests, and how many rounds that were. */
async function duringSnapshot(
  service: ServerProcess,
  state: string,
  slowestOf: () => Promise<number>,
): Promise<{ readonly slowest: number; readonly rounds: number }> {
  let [log, old] = [newestLog(state), snapshotOf(state)];
  const began = performance.now();
  for (;;) {
    if (performance.now() - began > PATIENCE) throw new Error("no snapshot was begun");
    await sendBatches(service.url, BATCHES);
    await new Promise((resolve) => setTimeout(resolve, PAUSE));
    if (newestLog(state) === log) continue;
    // A log that is cut is one of which a snapshot is being made; where that stands already, the service made it itself.
    if (snapshotOf(state) === old) break;
    [log, old] = [newestLog(state), snapshotOf(state)];
  }
  let slowest = 0;
  let rounds = 0;
  for (const cutAt = performance.now(); snapshotOf(state) === old; rounds++) {
    if (performance.now() - cutAt > PATIENCE) throw new Error(`no snapshot came of it in ${rounds} rounds`);
    slowest = Math.max(slowest, await slowestOf());
  }
  return { slowest, rounds };
}

/** Mean resident memory over the last quarter of the time, and over the second: the first is for what is made at the beginning. */
export function lasting(service: ServerProcess, load: Loader, rate: number, seconds: number): Sides {
  const quarters: number[] = [];
  return {
    async ours() {
      for (let quarter = 0; quarter < 4; quarter++) {
        const ended = performance.now() + (1000 * seconds) / 4;
        const read: number[] = [];
        while (performance.now() < ended) {
          await load.stretch(rate, Math.min(STRETCH, seconds / 4));
          read.push(await service.metric("heptad_memory_bytes"));
        }
        quarters.push(read.reduce((sum, one) => sum + one, 0) / read.length / MIB);
      }
      return quarters[3];
    },
    peer: async () => quarters[1],
  };
}

function eventsOf(state: string): string {
  const [only] = existsSync(join(state, "events")) ? [""] : readdirSync(state);
  return join(state, only, "events");
}

function newestLog(state: string): string {
  return (
    readdirSync(eventsOf(state))
      .filter((name) => name.startsWith("log"))
      .sort()
      .at(-1) ?? ""
  );
}

function snapshotOf(state: string): number {
  return statSync(join(eventsOf(state), "snapshot"), { throwIfNoEntry: false })?.ino ?? -1;
}
