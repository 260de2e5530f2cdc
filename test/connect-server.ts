/** A server of Spark Connect for tests that breaks where it is told to: it answers by a script, and writes down what it was asked. */

import {
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import protobuf from "protobufjs";
import { CONNECT_PROTOCOL } from "../src/node/spark/connect-protocol.ts";

/** What a client asked, by the name of the call. */
export interface Asked {
  readonly call: string;
  readonly message: { readonly [key: string]: unknown };
}

/** One step of an answer: a response of the protocol, or how the line ends. */
export type Step = { readonly send: object } | { readonly fail: string } | "cut" | "end";

export interface ConnectServer {
  readonly url: string;
  /** All calls, in their order. */
  readonly asked: readonly Asked[];
  stop(): void;
}

/** `answer` says what follows on each call that streams. */
export async function startConnectServer(answer: (asked: Asked) => readonly Step[]): Promise<ConnectServer> {
  const { root } = protobuf.parse(CONNECT_PROTOCOL, { keepCase: false });
  const response = root.lookupType("spark.connect.ExecutePlanResponse");
  const asked: Asked[] = [];
  const read = (call: string, bytes: Buffer): Asked => {
    const type = root.lookupType(`spark.connect.${call}Request`);
    const one = { call, message: type.toObject(type.decode(bytes), { longs: Number }) };
    asked.push(one);
    return one;
  };
  const plain = (bytes: Buffer): Buffer => bytes;
  const server = new Server();
  for (const call of ["ExecutePlan", "ReattachExecute"]) {
    const stream = (line: ServerWritableStream<Buffer, Buffer>): void => {
      // An error becomes the call's last word, as a client hears of a line that broke.
      const fail = (code: number, details: string): void =>
        void line.emit("error", Object.assign(new Error(details), { code, details }));
      for (const step of answer(read(call, line.request))) {
        if (step === "cut") fail(status.UNAVAILABLE, "the line broke");
        else if (step === "end") line.end();
        else if ("fail" in step) fail(status.INTERNAL, step.fail);
        else line.write(Buffer.from(response.encode(response.fromObject(step.send)).finish()));
      }
    };
    server.register(`/spark.connect.SparkConnectService/${call}`, stream, plain, plain, "serverStream");
  }
  for (const call of ["ReleaseExecute", "ReleaseSession"]) {
    const once = (line: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>): void => {
      read(call, line.request);
      done(null, Buffer.alloc(0));
    };
    server.register(`/spark.connect.SparkConnectService/${call}`, once, plain, plain, "unary");
  }
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { url: `sc://127.0.0.1:${port}`, asked, stop: () => server.forceShutdown() };
}
