/** A connection to NATS with JetStream, and what stands in its way in words for people. */

import { readFileSync } from "node:fs";
import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import type { KV } from "@nats-io/kv";
import type { ObjectStore } from "@nats-io/obj";
import type { NatsConnection } from "@nats-io/transport-node";
import { type Failure, FailureError } from "../../core/outcome.ts";
import type { StoreAddress } from "./open-store.ts";

/** Bytes of a message that every server has to take: a request of the service, completed. */
export const LARGEST_MESSAGE = 1_000_000;

export interface Nats {
  readonly connection: NatsConnection;
  readonly stream: JetStreamClient;
  readonly manager: JetStreamManager;
  /** Copies that are kept of everything: 3 in a cluster, 1 on a single server. */
  readonly copies: number;
  /** The servers' addresses without secrets. */
  readonly place: string;
  /** Why nothing can be sent at this moment; undefined while it is connected. */
  readonly problem: Failure | undefined;
  keys(bucket: string): Promise<KV>;
  objects(bucket: string): Promise<ObjectStore>;
  headers(): ReturnType<typeof import("@nats-io/transport-node").headers>;
  close(): Promise<void>;
}

const CONNECT_MS = 3000;
/** How long an answer of JetStream is waited for; while a leader is elected there is none. */
const ANSWER_MS = 2000;
const CLUSTER_COPIES = 3;

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
    const { max_payload: most = 0, cluster } = connection.info ?? {};
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
      place,
      stream: jetstream.jetstream(connection, { timeout: ANSWER_MS }),
      get problem() {
        return problem;
      },
      keys: (bucket) => untilAnswered(() => keys.create(bucket, { replicas: copies, history: 1 }), place),
      objects: (bucket) => untilAnswered(() => objects.create(bucket, { replicas: copies }), place),
      headers: () => transport.headers(),
      close: () => connection.close(),
    };
  } catch (error) {
    await connection.close();
    throw error;
  }
}

/** While the servers elect a leader nothing answers: asked again for so long. */
const ELECTION_MS = 15_000;

/** Asks until there is an answer. Throws a `FailureError` for one that will not change, and where there is none for long. */
export async function untilAnswered<T>(work: () => Promise<T>, place: string): Promise<T> {
  const until = Date.now() + ELECTION_MS;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (error instanceof FailureError) throw error;
      const failure = natsFailure(error, place);
      if (failure.code !== "nats-no-answer" || Date.now() > until) throw new FailureError(failure);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

/** What went wrong, for people. */
export function natsFailure(error: unknown, place: string): Failure {
  const { name, message } = error instanceof Error ? error : { name: "", message: String(error) };
  const where = "--nats";
  if (name === "AuthorizationError" || name === "UserAuthenticationExpiredError")
    return {
      code: "nats-refused",
      message: `NATS at ${place} does not let us in with these credentials`,
      where,
      fix: "write them into the URL as nats://user:password@host:4222, or name a file of credentials with --nats-creds",
    };
  if (name === "PermissionViolationError")
    return {
      code: "nats-not-allowed",
      message: `NATS at ${place} does not allow it: ${message}`,
      where,
      fix: "allow this user to use JetStream ($JS.API.>, $KV.>, $O.>, heptad.> and _INBOX.>)",
    };
  if (name === "JetStreamNotEnabled" || /jetstream not enabled/iu.test(message))
    return {
      code: "nats-without-jetstream",
      message: `NATS at ${place} runs without JetStream, and keeps nothing`,
      where,
      fix: "start it with --jetstream --store_dir FOLDER",
    };
  if (/no suitable peers|insufficient resources|insufficient storage/iu.test(message))
    return {
      code: "nats-too-few-servers",
      message: `NATS at ${place} cannot keep ${CLUSTER_COPIES} copies: ${message}`,
      where,
      fix: "let three servers of the cluster run, with room on their disks",
    };
  if (name === "ConnectionError" || /ECONNREFUSED|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|CONNECTION_REFUSED/u.test(message))
    return {
      code: "nats-unreachable",
      message: `no NATS server answers at ${place}`,
      where,
      fix: "start one: nats-server --jetstream --store_dir FOLDER; or name another",
    };
  return {
    code: "nats-no-answer",
    message: `NATS at ${place} gives no answer: ${message}`,
    where,
    fix: "more than half of the cluster's servers have to run",
  };
}

interface Address {
  readonly servers: string[];
  readonly place: string;
  readonly user?: string;
  readonly pass?: string;
  readonly token?: string;
  readonly tls?: Record<string, never>;
}

/** `nats://a:4222,nats://b:4222`, with one user and password, or one token, for all. */
export function readAddress(written: string): Address {
  const urls = written.split(",").map((one) => one.trim());
  const read = urls.map((one) => (URL.canParse(one) ? new URL(one) : undefined));
  const known = read.flatMap((one) =>
    one !== undefined && /^(?:nats|tls):$/u.test(one.protocol) && one.hostname ? [one] : [],
  );
  if (known.length < urls.length)
    throw new FailureError({
      code: "bad-option",
      message: `\`${written.replaceAll(/\/\/[^@,]*@/gu, "//")}\` is no address of NATS`,
      where: "--nats",
      fix: "write it like nats://127.0.0.1:4222, several with commas between them",
    });
  const servers = known.map(({ hostname, port }) => `${hostname}:${port === "" ? "4222" : port}`);
  const { username, password } = known.find((one) => one.username !== "") ?? { username: "", password: "" };
  const [user, pass] = [decodeURIComponent(username), decodeURIComponent(password)];
  return {
    servers,
    place: servers.join(", "),
    ...(user === "" ? {} : pass === "" ? { token: user } : { user, pass }),
    ...(known.some(({ protocol }) => protocol === "tls:") ? { tls: {} } : {}),
  };
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
