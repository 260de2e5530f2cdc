/** What is sent to a service beside its endpoints: another method, bytes that are no request, headers without end. */

import { connect } from "node:net";
import { Duplex } from "node:stream";
import { afterEach, expect, it } from "vitest";
import { countingService } from "../../test/counting-service.ts";
import { errorSchema } from "./openapi.ts";
import { answerNoRequest } from "./wrong-request.ts";

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0)) await end();
});

async function service() {
  const { app, durable, metrics } = countingService();
  const url = await app.listen({ port: 0, host: "127.0.0.1" });
  ending.push(async () => {
    await app.close();
    metrics.close();
    durable.close();
  });
  const { paths } = (await app.inject({ method: "GET", url: "/openapi.json" })).json();
  const operations: { path: string; method: string; statuses: string[] }[] = Object.keys(paths).flatMap((path) =>
    Object.keys(paths[path]).map((method) => ({
      path,
      method,
      statuses: Object.keys(paths[path][method].responses),
    })),
  );
  return { port: Number(new URL(url).port), operations };
}

/** Sends bytes as they are; gives the status and the body of the answer. */
function raw(port: number, bytes: string): Promise<{ status: number; body: string; allow: string | undefined }> {
  return new Promise((resolve, reject) => {
    let all = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(bytes));
    socket.on("data", (data) => {
      all += data;
    });
    socket.on("error", reject);
    socket.on("close", () =>
      resolve({
        status: Number(/^HTTP\/1\.1 (\d+)/u.exec(all)?.[1]),
        body: all.slice(all.indexOf("\r\n\r\n") + 4),
        allow: /^allow: (.*)$/imu.exec(all)?.[1],
      }),
    );
  });
}

const HEAD = "host: 127.0.0.1\r\nconnection: close\r\n";

it("answers each method that a path has not with 405, which every operation describes, and names those that it has", async () => {
  const { port, operations } = await service();
  expect(operations.length).toBeGreaterThan(9);
  for (const path of new Set(operations.map((one) => one.path))) {
    const own = operations.filter((one) => one.path === path);
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "QUERY", "PROPFIND"]) {
      if (own.some((one) => one.method.toUpperCase() === method)) continue;
      const answer = await raw(port, `${method} ${path} HTTP/1.1\r\n${HEAD}\r\n`);
      expect([path, method, answer.status, answer.allow]).toEqual([
        path,
        method,
        405,
        own.map((one) => one.method.toUpperCase()).join(", "),
      ]);
      errorSchema.parse(JSON.parse(answer.body));
    }
    for (const { statuses } of own) expect(statuses).toContain("405");
  }
});

it("answers what is no request in the words of the others, as every operation describes", async () => {
  const { port, operations } = await service();
  for (const [bytes, status] of [
    ["what is this\r\n\r\n", 400],
    [`GET /health HTTP/1.1\r\n${HEAD}x: ${"a".repeat(20_000)}\r\n\r\n`, 431],
    [`GET /%ff HTTP/1.1\r\n${HEAD}\r\n`, 400],
  ] as const) {
    const answer = await raw(port, bytes);
    expect([bytes.slice(0, 20), answer.status]).toEqual([bytes.slice(0, 20), status]);
    errorSchema.parse(JSON.parse(answer.body));
    for (const { path, statuses } of operations)
      expect([path, statuses]).toEqual([path, expect.arrayContaining([String(status)])]);
  }
});

it("answers whoever expects more than an answer all the same", async () => {
  const { port } = await service();
  const answer = await raw(port, `GET /health HTTP/1.1\r\n${HEAD}expect: a miracle\r\n\r\n`);
  expect([answer.status, JSON.parse(answer.body)]).toEqual([200, { status: "ok", problem: null }]);
});

it("says of one that came too slowly that it did, and writes to nobody who is gone", () => {
  const said: string[] = [];
  const socket = () =>
    new Duplex({
      write(bytes, _, done) {
        said.push(String(bytes));
        done();
      },
      read: () => undefined,
    }).on("error", () => undefined);
  const slow = socket();
  answerNoRequest(Object.assign(new Error("slow"), { code: "ERR_HTTP_REQUEST_TIMEOUT" }), slow);
  expect([said[0].split("\r\n")[0], slow.destroyed]).toEqual(["HTTP/1.1 408 Request Timeout", true]);
  const [head, body] = said[0].split("\r\n\r\n");
  expect(head).toMatch(new RegExp(`^content-length: ${Buffer.byteLength(body)}$`, "mu"));
  answerNoRequest(Object.assign(new Error("gone"), { code: "ECONNRESET" }), socket());
  const ended = socket().end();
  answerNoRequest(new Error("ended"), ended);
  expect([said.length, ended.destroyed]).toEqual([1, true]);
});
