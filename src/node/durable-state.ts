/** A feature state that outlives its process: every event is in a log before it is taken, and a snapshot now and then keeps the log short. */

import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { FailureError, unwrap } from "../core/outcome.ts";
import type { FeatureState } from "../steps/6-deploy/serve/feature-state.ts";
import type { Refusal, StateEvent } from "../steps/6-deploy/serve/state-event.ts";
import { repairLastLine } from "./append-lines.ts";
import { writeFileAtomically } from "./atomic-write.ts";
import { takeLock } from "./process-lock.ts";

export interface DurableStateOptions {
  /** Events between two snapshots; default 100,000. A snapshot stops the process for about as long as it takes to write the state's bytes. */
  readonly snapshotEvery?: number;
}

/** The state, of which `apply` goes through here. */
export interface DurableState {
  /** Writes the event to the log, then applies it. An event whose call has returned survives the end of the process, kill -9 included. */
  apply(event: StateEvent): Refusal | undefined;
  /** Waits until the disk has every event: survives the loss of power too. */
  flush(): void;
  /** Writes a snapshot now and starts a new log. */
  snapshot(): void;
  /** Ends with a flush. */
  close(): void;
}

const SNAPSHOT = "state.snapshot";
const CHECKSUM_BYTES = 32;
const aNumber = z.union([z.number(), z.nan()]);
const aKey = z.union([aNumber, z.array(aNumber)]);
const aLine = z.object({
  number: z.number(),
  event: z.object({
    time: aNumber,
    id: z.union([aNumber, z.string()]).optional(),
    keys: z.record(z.string(), aKey),
    measures: z.record(z.string(), aNumber),
    isCounted: z.boolean().optional(),
  }),
});

/**
 * Brings a fresh `state` to where the folder's snapshot and log left it, and keeps it there. What was refused is refused again, so that
 * counts and decisions are those of a process that never ended. Throws a `FailureError` when another process holds the folder, or when
 * the snapshot or the log is damaged anywhere but in its last, unfinished line.
 */
export function openDurableState(folder: string, state: FeatureState, options: DurableStateOptions = {}): DurableState {
  const { snapshotEvery = 100_000 } = options;
  mkdirSync(folder, { recursive: true });
  const lock = unwrap(takeLock(join(folder, "lock")));
  let written = restoreSnapshot(folder, state);
  for (const name of logNames(folder)) written = replayLog(join(folder, name), state, written);
  let inLog = 0;
  let log = openSync(join(folder, logName(written)), "a");

  const snapshot = (): void => {
    writeFileAtomically(join(folder, SNAPSHOT), withChecksum(written, state.save()));
    closeSync(log);
    for (const name of logNames(folder)) rmSync(join(folder, name));
    log = openSync(join(folder, logName(written)), "a");
    inLog = 0;
  };
  return {
    apply(event) {
      const line = Buffer.from(`${JSON.stringify({ number: written + 1, event: loggable(event) })}\n`);
      for (let at = 0; at < line.length; ) at += writeSync(log, line, at);
      written++;
      const refusal = state.apply(event);
      if (++inLog >= snapshotEvery) snapshot();
      return refusal;
    },
    flush: () => fsyncSync(log),
    snapshot,
    close() {
      fsyncSync(log);
      closeSync(log);
      lock.release();
    },
  };
}

/** JSON has no NaN and no infinity; null stands for both, and is refused as they are. */
function loggable(event: StateEvent): unknown {
  const keys = Object.entries(event.keys).map(([name, key]) => [name, typeof key === "number" ? key : Array.from(key)]);
  return { ...event, keys: Object.fromEntries(keys) };
}

/** The number of the last event in the snapshot; 0 where there is none. */
function restoreSnapshot(folder: string, state: FeatureState): number {
  const path = join(folder, SNAPSHOT);
  if (!existsSync(path)) return 0;
  const bytes = new Uint8Array(readFileSync(path));
  const content = bytes.subarray(CHECKSUM_BYTES);
  if (!checksum(content).equals(bytes.subarray(0, CHECKSUM_BYTES))) {
    damaged(path, "is not what was written", "restore it from a copy, or delete the folder and build the state again");
  }
  state.restore(content.subarray(8));
  return new DataView(content.buffer, content.byteOffset).getFloat64(0, true);
}

function withChecksum(number: number, saved: Uint8Array): Uint8Array {
  const content = new Uint8Array(8 + saved.length);
  new DataView(content.buffer).setFloat64(0, number, true);
  content.set(saved, 8);
  return Buffer.concat([checksum(content), content]);
}

function checksum(content: Uint8Array): Buffer {
  return createHash("sha256").update(content).digest();
}

/** Applies the events after number `from`; returns the number of the last. */
function replayLog(path: string, state: FeatureState, from: number): number {
  repairLastLine(path, (line) => parseLine(line) !== undefined);
  let last = from;
  const lines = readFileSync(path, "utf8").split("\n").slice(0, -1);
  for (const [at, text] of lines.entries()) {
    const line = parseLine(text);
    if (line === undefined || line.number > last + 1) {
      damaged(`${path}:${at + 1}`, "is no event that follows on the one before", "restore the folder from a copy");
    }
    if (line.number <= last) continue;
    state.apply(line.event);
    last = line.number;
  }
  return last;
}

function parseLine(text: string): z.infer<typeof aLine> | undefined {
  try {
    const read: unknown = JSON.parse(text, (_, value: unknown) => (value === null ? Number.NaN : value));
    return read === undefined ? undefined : aLine.parse(read);
  } catch {
    return undefined;
  }
}

/** Named for the last event before it, with digits enough to sort by name. */
function logName(after: number): string {
  return `events-${String(after).padStart(15, "0")}.jsonl`;
}

function logNames(folder: string): readonly string[] {
  return readdirSync(folder)
    .filter((name) => /^events-\d+\.jsonl$/u.test(name))
    .sort();
}

function damaged(where: string, problem: string, fix: string): never {
  throw new FailureError({ code: "damaged-state", message: `the stored feature state ${problem}`, where, fix });
}
