/** A connection to NATS with JetStream, and what stands in its way in words for people. */

import { readFileSync } from "node:fs";
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { ObjectStore } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { type Failure, FailureError } from "../../core/outcome.ts";
import { readAddress } from "./nats-address.ts";
import { CLUSTER_COPIES, natsFailure } from "./nats-failure.ts";
import type { StoreAddress } from "./service-store.ts";

/** Bytes of a message that every server has to take: a request of the service, completed. */
export const LARGEST_MESSAGE = 1_000_000;

export interface Nats {
  readonly connection: NatsConnection;
  readonly stream: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Copies that are kept of everything: 3 in a cluster, 1 on a single server. */
  readonly copies: number;
  /**
   * Whether messages up to one, or of one subject, can be purged: servers of a cluster before 2.9.18 purge all that was there by then when they start
   * again (nats-server issue 4196).
   */
  readonly purges: boolean;
  /** The servers' addresses without secrets. */
  readonly place: string;
  /** Why nothing can be sent at this moment; undefined while it is connected. */
  readonly problem: Failure | undefined;
  keys(bucket: string): Promise<KV>;
  /** Names of the keys of a bucket that begin with a word and a dot, those that were removed too. Nothing of it stays at the servers. */
  keysOf(bucket: string, word: string): Promise<readonly string[]>;
  objects(bucket: string): Promise<ObjectStore>;
  /** One that is there; undefined where it is gone. */
  objectsThere(bucket: string): Promise<ObjectStore | undefined>;
  headers(): ReturnType<typeof import("@nats-io/transport-node").headers>;
  close(): Promise<void>;
}

const CONNECT_MS = 3000;
/** How long an answer of JetStream is waited for; while a leader is elected there is none. */
const ANSWER_MS = 2000;

/** Throws a `FailureError` where no server answers, it does not let us in, or has no JetStream. */
export async function connectNats(address: StoreAddress): Promise<Nats> {
  const { transport, jetstream, kv, obj } = await loadClient();
  const { servers, place, ...identity } = readAddress(address.url);
  const secret = address.credentials === undefined ? undefined : readFileSync(address.credentials);
  let connection: NatsConnection;
  try {
    connection = await transport.connect({
      ...identity,
      servers,
      name: "heptad",
      timeout: CONNECT_MS,
      maxReconnectAttempts: -1,
      reconnectTimeWait: 200,
      reconnectJitter: 100,
      ignoreAuthErrorAbort: true,
      pingInterval: 5000,
      maxPingOut: 2,
      ...(secret === undefined ? {} : { authenticator: transport.credsAuthenticator(secret) }),
    });
  } catch (error) {
    throw new FailureError(natsFailure(error, place));
  }
  let problem: Failure | undefined;
  void (async () => {
    for await (const { type } of connection.status()) {
      if (type === "disconnect" || type === "close")
        problem = {
          code: "nats-gone",
          message: `the connection to NATS at ${place} is gone`,
          fix: "it is tried again all the time; what is asked meanwhile is answered, what is told is not taken",
        };
      if (type === "reconnect") problem = undefined;
    }
  })();
  try {
    const { max_payload: most = 0, cluster, version = "" } = connection.info ?? {};
    if (most < LARGEST_MESSAGE)
      throw new FailureError({
        code: "nats-small-messages",
        message: `NATS at ${place} takes messages of ${most} bytes at most; a request may be larger`,
        where: "--nats",
        fix: "write `max_payload: 1MB` into its configuration",
      });
    const manager = await untilAnswered(
      () => jetstream.jetstreamManager(connection, { checkAPI: true, timeout: ANSWER_MS }),
      place,
    );
    const copies = cluster === undefined ? 1 : CLUSTER_COPIES;
    const [keys, objects] = [new kv.Kvm(connection), new obj.Objm(connection)];
    return {
      connection,
      manager,
      copies,
      purges: copies === 1 || isFrom(version, [2, 9, 18]),
      place,
      stream: jetstream.jetstream(connection, { timeout: ANSWER_MS }),
      get problem() {
        return problem;
      },
      // Asked of the leader: what a follower says may be of before, and a snapshot that it does not know yet would be missed.
      keys: (bucket) =>
        untilAnswered(() => keys.create(bucket, { replicas: copies, history: 1, allow_direct: false }), place),
      // The client's own list leaves a consumer at the servers for five minutes: asked for once a second, hundreds.
      async keysOf(bucket, word) {
        const subjects = `$KV.${bucket}.${word}.>`;
        const { state } = await untilAnswered(
          () => manager.streams.info(`KV_${bucket}`, { subjects_filter: subjects }),
          place,
        );
        return Object.keys(state.subjects ?? {}).map((one) => one.slice(`$KV.${bucket}.`.length));
      },
      objects: (bucket) => untilAnswered(() => objects.create(bucket, { replicas: copies }), place),
      objectsThere: (bucket) => untilAnswered(() => openThere(() => objects.open(bucket)), place),
      headers: () => transport.headers(),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** What a key holds that no version of the program wrote. */
export function damagedIn(place: string): Failure {
  return {
    code: "damaged-share",
    message: "what services of this note share there is not what was written",
    where: place,
    fix: "look whether something else writes to the same account; give the note an account of its own",
  };
}

/** While the servers elect a leader nothing answers: asked again for so long. */
const ELECTION_MS = 15_000;

/** An answer may be lost with a server that dies, and nobody says so: it is asked for again then. */
const TRY_MS = 5000;
/** Bytes a millisecond that come or go at least: one megabyte a second. */
const SLOWEST = 1000;
/** Of work that itself asks until there is an answer. */
export const ASKS_ITSELF_MS = 4 * ELECTION_MS;

/** How long so many bytes may take. */
export function timeFor(bytes: number): number {
  return TRY_MS + bytes / SLOWEST;
}

/**
 * Asks until there is an answer, for at most `patience` milliseconds at a time. Throws a `FailureError` for one that will not change, and where there is
 * none for long.
 */
export async function untilAnswered<T>(work: () => Promise<T>, place: string, patience = TRY_MS): Promise<T> {
  const until = Date.now() + Math.max(ELECTION_MS, 3 * patience);
  for (;;) {
    try {
      return await inTime(work(), patience);
    } catch (error) {
      if (error instanceof FailureError) throw error;
      const failure = natsFailure(error, place);
      if (failure.code !== "nats-no-answer" || Date.now() > until) throw new FailureError(failure);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

async function inTime<T>(answer: Promise<T>, patience: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`none came within ${Math.round(patience / 1000)} s`)), patience);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function openThere(open: () => Promise<ObjectStore>): Promise<ObjectStore | undefined> {
  try {
    return await open();
  } catch (error) {
    if (error instanceof Error && /not found/iu.test(error.message)) return undefined;
    throw error;
  }
}

/** Whether a version is this one or a later one; one that cannot be read is not. */
export function isFrom(version: string, first: readonly number[]): boolean {
  const parts = version.split(/[.-]/u).map(Number);
  const at = first.findIndex((part, index) => parts[index] !== part);
  return at < 0 || parts[at] > first[at];
}

async function loadClient() {
  try {
    const [transport, jetstream, kv, obj] = await Promise.all([
      import("@nats-io/transport-node"),
      import("@nats-io/jetstream"),
      import("@nats-io/kv"),
      import("@nats-io/obj"),
    ]);
    return { transport, jetstream, kv, obj };
  } catch {
    throw new FailureError({
      code: "no-nats-client",
      message: "the client of NATS is not installed",
      where: "--nats",
      fix: "npm install @nats-io/transport-node@3.3.1 @nats-io/jetstream@3.3.1 @nats-io/kv@3.3.1 @nats-io/obj@3.3.1",
    });
  }
}
