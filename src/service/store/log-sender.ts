/** Entries on their way to a shared log: many travel in one message, which is sent again until it is kept or their time is over. */

import { randomBytes } from "node:crypto";
import { type Failure, FailureError } from "../../core/outcome.ts";
import { LARGEST_MESSAGE, type Nats } from "./nats-connection.ts";
import { natsFailure } from "./nats-failure.ts";

export interface LogSender {
  /** Puts an entry on its way; settles with what acting on it gave, once it came back and was acted on. */
  send<T>(entry: unknown, act: () => T): Promise<T>;
  /** The entries of a message that came back, to be acted on; none where it is another's. */
  settle(id: string): readonly SentEntry[];
  /** Tells whoever waits for a message that is under way that it may or may not be kept. */
  refuseUnderWay(): void;
  /** The same for messages that were kept and not read in time. */
  refuseLate(): void;
  readonly problem: Failure | undefined;
  /** Settles once nothing is on its way, or after a while. */
  finish(): Promise<void>;
  close(): void;
}

export interface SentEntry {
  act(): void;
}

/** Messages on their way at one time: what comes meanwhile travels together in the next. */
const MOST_UNDER_WAY = 4;
/** Bytes of entries in a message that holds more than one. */
const USUAL_BYTES = 256 * 1024;
/** Bytes of entries that wait to be sent; more are refused at once. */
const MOST_WAITING = 64 * 1024 * 1024;
/** How long an entry is tried to be kept. A caller whose time is over sends it again: it is recognised by its id. */
const PATIENCE_MS = 3000;
const TRY_MS = 1000;

interface Waiting extends SentEntry {
  readonly text: string;
  readonly until: number;
  refuse(error: FailureError): void;
}

/** `onKept` is told the number of each message that is kept. */
export function openLogSender(nats: Nats, subject: string, onKept: (number: number) => void): LogSender {
  const own = randomBytes(9).toString("base64url");
  const queue: Waiting[] = [];
  const underWay = new Map<string, readonly Waiting[]>();
  let [waitingBytes, number, sending] = [0, 0, 0];
  let [wakeAt, isClosed] = [false, false];
  let problem: Failure | undefined;

  const settle = (id: string): readonly Waiting[] => {
    const found = underWay.get(id) ?? [];
    underWay.delete(id);
    return found;
  };
  const refuse = (id: string): void => {
    for (const one of settle(id)) one.refuse(new FailureError(gone(nats.place)));
  };
  const publish = async (id: string, batch: readonly Waiting[]): Promise<void> => {
    const payload = `[${batch.map(({ text }) => text).join(",")}]`;
    const until = Math.max(...batch.map((one) => one.until));
    underWay.set(id, batch);
    while (underWay.has(id)) {
      try {
        const { seq } = await nats.stream.publish(subject, payload, { msgID: id, timeout: TRY_MS });
        onKept(seq);
        problem = undefined;
        return;
      } catch (error) {
        if (isClosed || Date.now() > until) {
          problem = natsFailure(error, nats.place);
          refuse(id);
          return;
        }
        await pause(100);
      }
    }
  };
  const pump = (): void => {
    wakeAt = false;
    while (queue.length > 0 && sending < MOST_UNDER_WAY && !isClosed) {
      const batch: Waiting[] = [];
      let bytes = 0;
      while (queue.length > 0 && bytes < USUAL_BYTES) {
        const next = queue[0];
        // A character takes three bytes at most.
        const size = next.text.length * 3;
        if (batch.length > 0 && bytes + size > LARGEST_MESSAGE) break;
        queue.shift();
        waitingBytes -= next.text.length;
        if (Date.now() > next.until) next.refuse(new FailureError(gone(nats.place)));
        else batch.push(next);
        bytes += size;
      }
      if (batch.length === 0) break;
      sending++;
      void publish(`${own}.${++number}`, batch).finally(() => {
        sending--;
        wake();
      });
    }
  };
  const wake = (): void => {
    if (wakeAt || queue.length === 0) return;
    wakeAt = true;
    setImmediate(pump);
  };

  return {
    send(entry, act) {
      const text = JSON.stringify(entry);
      const failure = waitingBytes > MOST_WAITING ? gone(nats.place) : tooLong(text);
      if (failure !== undefined) return Promise.reject(new FailureError(failure));
      return new Promise((resolve, reject) => {
        queue.push({
          text,
          until: Date.now() + PATIENCE_MS,
          act() {
            try {
              resolve(act());
            } catch (error) {
              reject(error);
            }
          },
          refuse: reject,
        });
        waitingBytes += text.length;
        wake();
      });
    },
    settle,
    refuseUnderWay() {
      for (const id of underWay.keys()) refuse(id);
    },
    refuseLate() {
      for (const [id, batch] of underWay) if (batch.every((one) => Date.now() > one.until + TRY_MS)) refuse(id);
    },
    get problem() {
      return problem;
    },
    async finish() {
      const end = Date.now() + 2 * PATIENCE_MS;
      while ((queue.length > 0 || underWay.size > 0) && nats.problem === undefined && Date.now() < end) await pause(5);
    },
    close() {
      isClosed = true;
      for (const one of queue.splice(0)) one.refuse(new FailureError(gone(nats.place)));
    },
  };
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function gone(place: string): Failure {
  return {
    code: "not-kept",
    message: "it could not be kept in time, and may or may not be known: send it again, it is taken once",
    where: place,
  };
}

function tooLong(text: string): Failure | undefined {
  if (Buffer.byteLength(text) + 2 <= LARGEST_MESSAGE) return undefined;
  return {
    code: "too-long",
    message: `this is longer than the ${LARGEST_MESSAGE} bytes that a message may have`,
    fix: "send it in parts",
  };
}
