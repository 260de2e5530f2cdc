/** The stream behind a shared log: made where it is not there, and its messages read as entries. */

import type { JsMsg } from "@nats-io/jetstream";
import type { Nats } from "./nats-connection.ts";

/** NATS removes what is sent again within this time. */
const REPEATS_NS = 120e9;

export async function findStream(nats: Nats, name: string, subject: string) {
  try {
    return await nats.manager.streams.info(name);
  } catch (error) {
    if (!(error instanceof Error) || error.message !== "stream not found") throw error;
    return nats.manager.streams.add({
      name,
      subjects: [subject],
      storage: "file",
      num_replicas: nats.copies,
      duplicate_window: REPEATS_NS,
    });
  }
}

/** None for what no service wrote: all pass over it alike. */
export function entriesOf(message: JsMsg, onError: (message: string) => void): readonly unknown[] {
  try {
    const read: unknown = JSON.parse(message.string());
    if (Array.isArray(read)) return read;
  } catch {
    // Said below.
  }
  onError(`message ${message.seq} of the log is none of a service, and is passed over`);
  return [];
}
