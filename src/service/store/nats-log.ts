/** A log that several processes share: entries in one order for all, many to a message, acted on by each in that order. */

import type { ConsumerMessages, JsMsg } from "@nats-io/jetstream";
import { type Failure, FailureError } from "../../core/outcome.ts";
import { openLogSender } from "./log-sender.ts";
import { entriesOf, findStream } from "./log-stream.ts";
import { type Nats, untilAnswered } from "./nats-connection.ts";

export interface SharedLog {
  /** Puts an entry behind all others; settles with what acting on it gave, once it is kept and acted on here. */
  append<T>(entry: unknown, act: () => T): Promise<T>;
  /** The number of the last message that was acted on. */
  readonly applied: number;
  /** Entries, messages and their bytes acted on since `counted` was called. */
  readonly entries: number;
  readonly messages: number;
  readonly bytes: number;
  counted(): void;
  /** Messages that are known to be there and were not acted on yet. */
  readonly behind: number;
  readonly problem: Failure | undefined;
  close(): Promise<void>;
}

export interface SharedLogParts {
  readonly name: string;
  readonly subject: string;
  /** The message before the first that is to be acted on. */
  readonly from: number;
  /** Acts on an entry of another process, or of an earlier life. */
  replay(entry: unknown): void;
  /** After each message. */
  onMessage(): void;
  /** Becomes what a snapshot newer than a message holds, and gives its number; undefined where there is no newer one. */
  catchUp(than: number): Promise<number | undefined>;
  onError(message: string): void;
}

/** How often what was not heard is asked for. */
const LOOK_MS = 1000;
/** A server that says nothing for two of these is asked anew, or another one. */
const HEARTBEAT_MS = 500;
/** Bytes of messages that are read ahead. */
const MOST_READ = 4 * 1024 * 1024;
/** How far a server of a cluster that was just started may be behind the others. */
const LAGGING_MS = 2000;
/** How long a snapshot that holds removed messages is looked for: whoever removes them has written it down before. */
const SNAPSHOT_TRIES = 25;
const SNAPSHOT_MS = 200;

/** A message that is not the next one. */
class Gap extends Error {
  readonly next: number;

  constructor(next: number) {
    super("what lies between is not there");
    this.next = next;
  }
}

const REPAIR =
  "put a copy of the servers' folders in their place; or remove the streams and buckets of this note, and begin anew";

/** Makes the stream where it is not there, and acts on what is in it before it settles. */
export async function openSharedLog(nats: Nats, parts: SharedLogParts): Promise<SharedLog> {
  const { name, subject, onError } = parts;
  let [applied, known, entries, messages, bytes] = [parts.from, parts.from, 0, 0, 0];
  let heardAt = 0;
  /** What was acted on at the last look. */
  let appliedThen = -1;
  /** Up to here there is nothing but what was acted on. */
  let empty = parts.from;
  let hasCaughtUp = false;
  const isBehind = (): boolean => known > Math.max(applied, empty);
  let stuck: Failure | undefined;
  let [isClosed, isCatchingUp] = [false, false];
  let reading: ConsumerMessages | undefined;

  const sender = openLogSender(nats, subject, (seq) => {
    known = Math.max(known, seq);
  });
  const take = (message: JsMsg): void => {
    if (message.seq <= applied || isClosed || isCatchingUp) return;
    if (message.seq > applied + 1) throw new Gap(message.seq);
    const mine = sender.settle(message.headers?.get("Nats-Msg-Id") ?? "");
    if (mine.length > 0) {
      for (const one of mine) one.act();
      entries += mine.length;
    } else {
      for (const entry of entriesOf(message, onError)) {
        replay(entry);
        entries++;
      }
    }
    messages++;
    bytes += message.data.length;
    heardAt = Date.now();
    applied = message.seq;
    known = Math.max(known, applied + message.info.pending);
    if (message.info.pending === 0) hasCaughtUp = true;
    parts.onMessage();
  };
  const replay = (entry: unknown): void => {
    try {
      parts.replay(entry);
    } catch (error) {
      // An entry that this version does not know: all that follows would be of another state.
      if (error instanceof FailureError) throw error;
      onError(`an entry of the log could not be acted on: ${error instanceof Error ? error.message : error}`);
    }
  };
  /** The number of the first message that is still there, where what comes next is not; undefined where it is or will be. */
  const overtaken = async (): Promise<number | undefined> => {
    const { state } = await nats.manager.streams.info(name);
    known = Math.max(known, state.last_seq);
    return state.first_seq > applied + 1 ? state.first_seq : undefined;
  };
  /** Reads on from where it is, until the reading breaks off. */
  const readOn = async (): Promise<void> => {
    const next = await overtaken();
    if (next !== undefined) return jump(next);
    const consumer = await nats.stream.consumers.get(name, {
      filter_subjects: subject,
      deliver_policy: "by_start_sequence",
      opt_start_seq: applied + 1,
      inactive_threshold: 30_000,
    });
    const { num_pending: left } = await consumer.info(true);
    if (left === 0) {
      hasCaughtUp = true;
      empty = known;
    }
    let failure: unknown;
    reading = await consumer.consume({
      max_bytes: MOST_READ,
      expires: 2000,
      idle_heartbeat: HEARTBEAT_MS,
      callback: (message) => {
        if (failure !== undefined) return;
        try {
          take(message);
        } catch (error) {
          failure = error;
          reading?.stop();
        }
      },
    });
    void stopWhereSilent(reading, () => heardAt);
    await reading.closed();
    if (failure instanceof Gap && !isClosed) await jump(failure.next);
    else if (failure !== undefined) throw failure;
  };
  /**
   * Past what is not there: removed behind a snapshot, which is restored then, or never there. Servers give out numbers that no message has
   * when a message that was sent again comes twice to a new leader.
   */
  const jump = async (next: number): Promise<void> => {
    isCatchingUp = true;
    try {
      const reached = await snapshotBefore(next);
      if (reached === undefined) {
        applied = next - 1;
        return;
      }
      applied = reached;
      known = Math.max(known, applied);
      [entries, messages, bytes] = [0, 0, 0];
      // What is kept already is part of what was caught up with; whoever sent it sends it again and is told so.
      sender.refuseUnderWay();
    } finally {
      isCatchingUp = false;
    }
  };
  /** Becomes what the newest snapshot holds. Undefined where nothing was removed; never passes over what was. */
  const snapshotBefore = async (next: number): Promise<number | undefined> => {
    for (let tries = 0; tries < SNAPSHOT_TRIES && !isClosed; tries++) {
      const reached = await parts.catchUp(applied);
      if (reached !== undefined) return reached;
      if ((await overtaken()) === undefined) return undefined;
      await new Promise((resolve) => setTimeout(resolve, SNAPSHOT_MS));
    }
    throw new FailureError({
      code: "damaged-log",
      message: `messages ${applied + 1} to ${next - 1} of the stream ${name} were removed, and no snapshot holds them`,
      where: nats.place,
      fix: REPAIR,
    });
  };
  const follow = async (): Promise<void> => {
    while (!isClosed) {
      try {
        await readOn();
      } catch (error) {
        if (isClosed) return;
        if (error instanceof FailureError && error.failure.code !== "nats-no-answer") {
          stuck = error.failure;
          onError(error.failure.message);
          return;
        }
      }
      if (!isClosed) await new Promise((resolve) => setTimeout(resolve, 200));
    }
  };

  /** What is kept and was not read in time: the caller is not left waiting. */
  const watch = setInterval(() => {
    sender.refuseLate();
    if (isCatchingUp || stuck !== undefined || nats.problem !== undefined) return;
    // A reader on a server that has died says nothing, and neither does a stream that was emptied while nothing new comes: both are asked.
    const before = applied;
    void overtaken().then(
      (next) => {
        if (next !== undefined || (isBehind() && before === appliedThen && before === applied)) reading?.stop();
        appliedThen = before;
      },
      () => undefined,
    );
  }, LOOK_MS);

  const last = await untilAnswered(async () => {
    const { state } = await findStream(nats, name, subject);
    return state.last_seq;
  }, nats.place);
  if (last < parts.from)
    throw new FailureError({
      code: "damaged-log",
      message: `the stream ${name} ends at message ${last}; ${parts.from} messages were acknowledged`,
      where: nats.place,
      fix: REPAIR,
    });
  known = last;
  void follow();
  try {
    const early = Date.now() + LAGGING_MS;
    // The server that sends may be a little behind the one that counts; and the last numbers may have no message.
    await until(() => applied >= last || (hasCaughtUp && Date.now() > early) || stuck !== undefined);
    if (stuck !== undefined) throw new FailureError(stuck);
  } catch (error) {
    isClosed = true;
    sender.close();
    clearInterval(watch);
    reading?.stop();
    throw error;
  }
  return {
    append(entry, act) {
      const failure = stuck ?? nats.problem;
      if (failure !== undefined) return Promise.reject(new FailureError(failure));
      return sender.send(entry, act);
    },
    get applied() {
      return applied;
    },
    get entries() {
      return entries;
    },
    get messages() {
      return messages;
    },
    get bytes() {
      return bytes;
    },
    counted() {
      [entries, messages, bytes] = [0, 0, 0];
    },
    get behind() {
      return isBehind() ? known - applied : 0;
    },
    get problem() {
      return stuck ?? nats.problem ?? sender.problem;
    },
    async close() {
      await sender.finish();
      isClosed = true;
      clearInterval(watch);
      reading?.stop();
      sender.close();
    },
  };
}

/** The server that the reader was on may be gone for long: another one is asked for what comes next. */
async function stopWhereSilent(reading: ConsumerMessages, heardAt: () => number): Promise<void> {
  // While much is acted on here, it is we who do not listen.
  for await (const { type } of reading.status())
    if (type === "heartbeats_missed" && Date.now() - heardAt() > HEARTBEAT_MS) reading.stop();
}

/** Looks every few milliseconds. */
async function until(isDone: () => boolean): Promise<void> {
  while (!isDone()) await new Promise((resolve) => setTimeout(resolve, 5));
}
