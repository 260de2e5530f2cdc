/** Snapshots of a shared state: the newest one is named by a key that is only ever moved forward. */

import { randomBytes } from "node:crypto";
import { promisify } from "node:util";
import { gunzip, gzip } from "node:zlib";
import type { KV } from "@nats-io/kv";
import type { ObjectStore } from "@nats-io/obj";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import { FORMAT, readKept } from "../kept-json.ts";
import { damagedIn, type Nats, timeFor, untilAnswered } from "./nats-connection.ts";

export interface Snapshot {
  /** The last message of the log that is in it. */
  readonly at: number;
  readonly bytes: Uint8Array;
}

export interface SharedSnapshots {
  /** The newest one, where it is newer than a message; undefined where there is none. */
  newest(than?: number): Promise<Snapshot | undefined>;
  isThere(): Promise<boolean>;
  /** Keeps one, unless one that is as new is there. Gives the number of the one that it took the place of; undefined where it did not. */
  keep(snapshot: Snapshot): Promise<number | undefined>;
  /** Keeps one in a new bucket and removes the old one whole, files and all: nothing that was in an older one is left. */
  renew(snapshot: Snapshot): Promise<void>;
}

const KEY = "snapshot";
/** Bytes of a part: fewer and larger ones than usual, since a snapshot is read whole. */
const CHUNK = 512 * 1024;

interface Pointer {
  readonly format: typeof FORMAT;
  /** Number of the bucket. */
  readonly bucket: number;
  readonly object: string;
  readonly at: number;
}
const pointerSchema: z.ZodType<Pointer> = z.looseObject({
  format: z.literal(FORMAT),
  bucket: z.int(),
  object: z.string(),
  at: z.int(),
});

export function openSharedSnapshots(nats: Nats, keys: KV, prefix: string): SharedSnapshots {
  const { place } = nats;
  const bucketName = (bucket: number): string => `${prefix}-state-${bucket}`;
  const readPointer = async (): Promise<{ readonly pointer?: Pointer; readonly revision: number }> => {
    const entry = await untilAnswered(() => keys.get(KEY), place);
    if (entry === null || entry.operation !== "PUT") return { revision: 0 };
    return { pointer: readKept(entry.string(), pointerSchema, damagedIn(place)), revision: entry.revision };
  };
  const put = async (store: ObjectStore, { at, bytes }: Snapshot): Promise<string> => {
    // Numbers of eight bytes, most of them small: a quarter travels. Beside the requests, not between them.
    const packed = await promisify(gzip)(bytes, { level: 1 });
    const object = `${at}-${randomBytes(6).toString("hex")}`;
    await untilAnswered(
      () => store.putBlob({ name: object, options: { max_chunk_size: CHUNK } }, packed),
      place,
      timeFor(packed.length),
    );
    return object;
  };
  /** Moves the key where nobody else has moved it meanwhile. */
  const point = async (pointer: Pointer, revision: number): Promise<boolean> => {
    try {
      const text = JSON.stringify(pointer);
      await (revision === 0 ? keys.create(KEY, text) : keys.update(KEY, text, revision));
      return true;
    } catch {
      const now = await readPointer();
      return now.pointer?.object === pointer.object;
    }
  };
  const keep = async (snapshot: Snapshot, isRenewed: boolean): Promise<number | undefined> => {
    for (;;) {
      const { pointer, revision } = await readPointer();
      const isOld = pointer !== undefined && pointer.at >= snapshot.at;
      if (isOld && !isRenewed) return undefined;
      // To remove an object is to purge its subject.
      const bucket = (pointer?.bucket ?? 0) + (isRenewed || !nats.purges ? 1 : 0);
      const store = await nats.objects(bucketName(bucket));
      const object = await put(store, snapshot);
      if (await point({ format: FORMAT, bucket, object, at: snapshot.at }, revision)) {
        if (pointer !== undefined)
          await (bucket === pointer.bucket ? store.delete(pointer.object) : destroy(nats, bucketName(pointer.bucket)));
        return pointer?.at ?? 0;
      }
      if (nats.purges) await store.delete(object);
    }
  };
  return {
    async newest(than = -1) {
      // Another process may remove it for a newer one while it is read.
      for (let tries = 0; tries < 20; tries++) {
        const { pointer } = await readPointer();
        if (pointer === undefined || pointer.at <= than) return undefined;
        const store = await nats.objectsThere(bucketName(pointer.bucket));
        const bytes = store === undefined ? undefined : await readBlob(store, pointer.object, place);
        if (bytes !== undefined) return { at: pointer.at, bytes: new Uint8Array(await promisify(gunzip)(bytes)) };
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      throw new FailureError({
        code: "damaged-log",
        message: "the snapshot is not what was written",
        where: place,
        fix: "put a copy of the servers' folders in their place; or remove the streams and buckets of this note, and begin anew",
      });
    },
    isThere: async () => (await readPointer()).pointer !== undefined,
    keep: (snapshot) => keep(snapshot, false),
    async renew(snapshot) {
      await keep(snapshot, true);
    },
  };
}

/** Undefined where it is gone or its digest does not fit. */
async function readBlob(store: ObjectStore, name: string, place: string): Promise<Uint8Array | undefined> {
  try {
    const about = await untilAnswered(() => store.info(name), place);
    if (about === null) return undefined;
    return (await untilAnswered(() => store.getBlob(name), place, timeFor(about.size))) ?? undefined;
  } catch (error) {
    if (error instanceof FailureError && error.failure.code === "nats-no-answer") return undefined;
    throw error;
  }
}

async function destroy(nats: Nats, bucket: string): Promise<void> {
  const store = await nats.objects(bucket);
  await untilAnswered(() => store.destroy(), nats.place);
}
