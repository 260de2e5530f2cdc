/** A client of Spark Connect over gRPC: SQL goes out, Arrow comes back; a job whose connection broke is taken up where it was. */

import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Client, Metadata, type ServiceError } from "@grpc/grpc-js";
import protobuf from "protobufjs";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import type { ConnectAddress } from "./connect-address.ts";
import { CONNECT_PROTOCOL } from "./connect-protocol.ts";
import { credentialsFor, nameInGreeting, refusePlainServer, unreachable } from "./reach-server.ts";
import { faultOf } from "./what-failed.ts";

/** How far a job is: its stages and their tasks that are done, of those known so far. */
export interface JobProgress {
  readonly done: number;
  readonly total: number;
  readonly stages: readonly [done: number, total: number];
}

/** A part of an answer. */
export interface Piece {
  /** A whole Arrow stream. */
  readonly data: Uint8Array;
  readonly rows: number;
}

export interface ConnectClient {
  /** Runs a statement that leaves something behind and answers nothing. */
  execute(sql: string): Promise<void>;
  /** The rows of a query, each once. */
  query(sql: string, onProgress?: (progress: JobProgress) => void): AsyncIterable<Piece>;
  /** Lets the server forget the session with its views; what is asked next begins another. */
  release(): Promise<void>;
  close(): Promise<void>;
}

/** What a job did wrong, as the server says it. */
export class SparkError extends Error {}

/** The server knows nothing of the job or of the session any more, and part of the answer had come or views are gone: all of it has to be asked again. */
export class JobLost extends SparkError {}

export interface ClientOptions {
  /** Times that a broken connection is taken up again before it is given up; default 8. */
  readonly retries?: number;
  /** Milliseconds before the first of them, doubled each time; default 200. */
  readonly pause?: number;
  /** Milliseconds that a server may take to answer at all; default 10,000. */
  readonly patience?: number;
}

const SERVICE = "/spark.connect.SparkConnectService";
const CLIENT_TYPE = "heptad";

const responseSchema = z.object({
  responseId: z.string().default(""),
  arrowBatch: z.object({ data: z.instanceof(Uint8Array).optional(), rowCount: z.number().default(0) }).optional(),
  resultComplete: z.object({}).optional(),
  executionProgress: z
    .object({
      stages: z
        .array(
          z.object({
            numTasks: z.number().default(0),
            numCompletedTasks: z.number().default(0),
            done: z.boolean().default(false),
          }),
        )
        .default([]),
    })
    .optional(),
});

type Response = z.infer<typeof responseSchema>;

/** Throws a `FailureError` where nothing answers. */
export async function openConnectClient(address: ConnectAddress, options: ClientOptions = {}): Promise<ConnectClient> {
  const { retries = 8, pause = 200, patience = 10_000 } = options;
  const root = protobuf.parse(CONNECT_PROTOCOL, { keepCase: false }).root;
  await refusePlainServer(address, patience);
  const client = new Client(address.target, credentialsFor(address), {
    ...nameInGreeting(address),
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.keepalive_time_ms": 30_000,
  });
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + patience, (error) => (error ? reject(error) : resolve()));
  }).catch(async () => {
    client.close();
    throw await unreachable(address, patience);
  });
  let isUsed = false;
  let session = { sessionId: randomUUID(), userContext: { userId: address.user }, clientType: CLIENT_TYPE };
  const metadata = new Metadata();
  if (address.token !== undefined) metadata.set("authorization", `Bearer ${address.token}`);
  const encode =
    (type: string) =>
    (message: object): Buffer => {
      const found = root.lookupType(`spark.connect.${type}`);
      return Buffer.from(found.encode(found.fromObject(message)).finish());
    };
  const decode = (bytes: Buffer): Response => {
    const found = root.lookupType("spark.connect.ExecutePlanResponse");
    return responseSchema.parse(found.toObject(found.decode(bytes), { longs: Number, arrays: true }));
  };
  const start = (method: string, type: string, message: object) =>
    client.makeServerStreamRequest(`${SERVICE}/${method}`, encode(type), decode, message, metadata);
  const send = (method: string, type: string, message: object): Promise<void> =>
    new Promise((resolve) => {
      const deadline = { deadline: Date.now() + patience };
      // What a server that has gone would have released is gone with it.
      client.makeUnaryRequest(
        `${SERVICE}/${method}`,
        encode(type),
        () => undefined,
        message,
        metadata,
        deadline,
        () => resolve(),
      );
    });

  async function* run(plan: object, onProgress?: (progress: JobProgress) => void): AsyncGenerator<Piece> {
    let operationId = randomUUID();
    let last = "";
    let broken = 0;
    isUsed = true;
    const begin = () =>
      start("ExecutePlan", "ExecutePlanRequest", {
        ...session,
        plan,
        operationId,
        requestOptions: [{ reattachOptions: { reattachable: true } }],
      });
    let stream = begin();
    for (;;) {
      try {
        for await (const response of stream as AsyncIterable<Response>) {
          broken = 0;
          if (response.responseId !== "") last = response.responseId;
          if (response.executionProgress !== undefined) onProgress?.(progressOf(response.executionProgress));
          if (response.arrowBatch?.data !== undefined)
            yield { data: response.arrowBatch.data, rows: response.arrowBatch.rowCount };
          if (response.resultComplete === undefined) continue;
          await send("ReleaseExecute", "ReleaseExecuteRequest", { ...session, operationId, releaseAll: {} });
          return;
        }
        // Servers end a stream after a while without ending its job.
        broken++;
      } catch (error) {
        const failure = asServiceError(error);
        if (failure === undefined) throw error;
        const fault = faultOf(failure, { ...session, operationId });
        // With the session its views are gone, and servers take no closed session's name again.
        if (fault === "session") session = { ...session, sessionId: randomUUID() };
        if (fault === "job" && last === "") {
          operationId = randomUUID();
          broken++;
          await takeBreath(broken, failure);
          stream = begin();
          continue;
        }
        if (fault === "job" || fault === "session") throw new JobLost(failure.details);
        if (fault === "question") throw new SparkError(failure.details || failure.message);
        broken++;
      }
      await takeBreath(broken, undefined);
      stream = start("ReattachExecute", "ReattachExecuteRequest", {
        ...session,
        operationId,
        ...(last === "" ? {} : { lastResponseId: last }),
      });
    }
  }

  async function takeBreath(broken: number, failure: ServiceError | undefined): Promise<void> {
    if (broken > retries) {
      throw new FailureError({
        code: "engine-gone",
        message: `the Spark server at ${address.target} was there and answers no more${failure === undefined ? "" : ` (${failure.details})`}`,
        where: "--url",
        fix: "look after the server, then run again: what was finished is kept",
      });
    }
    await wait(Math.min(10_000, pause * 2 ** (broken - 1)));
  }

  async function release(): Promise<void> {
    if (!isUsed) return;
    isUsed = false;
    const old = session;
    session = { ...session, sessionId: randomUUID() };
    await send("ReleaseSession", "ReleaseSessionRequest", old);
  }

  return {
    async execute(sql) {
      for await (const _ of run({ command: { sqlCommand: { sql } } }));
    },
    query: (sql, onProgress) => run({ root: { sql: { query: sql } } }, onProgress),
    release,
    async close() {
      await release();
      client.close();
    },
  };
}

function progressOf({ stages }: NonNullable<Response["executionProgress"]>): JobProgress {
  return {
    done: stages.reduce((sum, { numCompletedTasks }) => sum + numCompletedTasks, 0),
    total: stages.reduce((sum, { numTasks }) => sum + numTasks, 0),
    stages: [stages.filter(({ done }) => done).length, stages.length],
  };
}

function asServiceError(error: unknown): ServiceError | undefined {
  return error instanceof Error && "code" in error && "details" in error && "metadata" in error
    ? Object.assign(error, { code: Number(error.code), details: String(error.details), metadata: new Metadata() })
    : undefined;
}
