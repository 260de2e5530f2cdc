/** A client of Spark Connect over gRPC: SQL goes out, Arrow comes back; a job whose connection broke is taken up where it was. */

import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import protobuf from "protobufjs";
import { z } from "zod";
import { FailureError } from "../../core/outcome.ts";
import type { ConnectAddress } from "./connect-address.ts";
import { CONNECT_PROTOCOL } from "./connect-protocol.ts";

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
  close(): Promise<void>;
}

/** What a job did wrong, as the server says it. */
export class SparkError extends Error {}

/** The server knows nothing of the job or of the session any more, and part of the answer had come: all of it has to be asked again. */
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
  const client = new Client(address.target, address.isSecure ? credentials.createSsl() : credentials.createInsecure(), {
    "grpc.max_receive_message_length": -1,
    "grpc.max_send_message_length": -1,
    "grpc.keepalive_time_ms": 30_000,
  });
  await new Promise<void>((resolve, reject) => {
    client.waitForReady(Date.now() + patience, (error) => (error ? reject(unreachable(address)) : resolve()));
  }).catch((error: unknown) => {
    client.close();
    throw error;
  });
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
        // With the session its views are gone, and servers take no closed session's name again.
        const isGone = /SESSION_(?:NOT_FOUND|CLOSED|CHANGED)/u.test(failure.details);
        if (isGone) session = { ...session, sessionId: randomUUID() };
        const isLost = isGone || /OPERATION_NOT_FOUND|OPERATION_ABANDONED/u.test(failure.details);
        if (isLost && !isGone && last === "") {
          operationId = randomUUID();
          broken++;
          await takeBreath(broken, failure);
          stream = begin();
          continue;
        }
        if (isLost) throw new JobLost(failure.details);
        if (!isBroken(failure)) throw new SparkError(failure.details || failure.message);
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

  return {
    async execute(sql) {
      for await (const _ of run({ command: { sqlCommand: { sql } } }));
    },
    query: (sql, onProgress) => run({ root: { sql: { query: sql } } }, onProgress),
    async close() {
      await send("ReleaseSession", "ReleaseSessionRequest", session);
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

function unreachable({ target }: ConnectAddress): FailureError {
  return new FailureError({
    code: "no-engine",
    message: `nothing that speaks Spark Connect answers at ${target}`,
    where: "--url",
    fix: "start the server (`start-connect-server.sh`, or `sail spark server --port 15002`), or correct host and port",
  });
}

function asServiceError(error: unknown): ServiceError | undefined {
  return error instanceof Error && "code" in error && "details" in error && "metadata" in error
    ? Object.assign(error, { code: Number(error.code), details: String(error.details), metadata: new Metadata() })
    : undefined;
}

/** What says nothing of the job itself: the line broke, or the server moved the job's answers elsewhere. */
function isBroken({ code, details }: ServiceError): boolean {
  return code === status.UNAVAILABLE || /CURSOR\.DISCONNECTED|RST_STREAM|ECONNRESET/u.test(details);
}
