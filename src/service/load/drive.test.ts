import { createServer, type Server } from "node:http";
import { afterEach, expect, it } from "vitest";
import { drive } from "./drive.ts";

let server: Server | undefined;
afterEach(() => server?.close());

/** Answers by what the body asks for. */
async function listen(): Promise<string> {
  const opened = createServer((request, response) => {
    let body = "";
    request.on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const { wait, status, isDegraded } = JSON.parse(body);
      if (isDegraded) response.setHeader("x-heptad-degraded", "ranking: left out");
      if (status === 0) request.socket.destroy();
      else setTimeout(() => response.writeHead(status).end("{}"), wait);
    });
  });
  server = opened;
  await new Promise<void>((resolve) => opened.listen(0, "127.0.0.1", () => resolve()));
  const address = opened.address();
  return `http://127.0.0.1:${typeof address === "object" && address !== null ? address.port : 0}`;
}

it("counts what is shed, fails or is degraded, and times every request from when it should have left", async () => {
  const url = await listen();
  const answers = [
    ...Array.from({ length: 90 }, () => ({ wait: 0, status: 200 })),
    ...Array.from({ length: 6 }, () => ({ wait: 0, status: 200, isDegraded: true })),
    ...Array.from({ length: 2 }, () => ({ wait: 0, status: 503 })),
    { wait: 0, status: 500 },
    { wait: 0, status: 0 },
  ];
  const reading = await drive({
    ...{ url, path: "/x", headers: {}, rate: 100 },
    // All are due at once: none waits for the answer to another.
    arrivals: new Float64Array(100).fill(0.001),
    body: (at) => ({ type: "application/json", bytes: JSON.stringify(answers[at]) }),
  });
  expect(reading).toMatchObject({ rate: 100, sent: 100, shed: 2, failed: 2, degraded: 6 });
  expect(reading.p99).toBe(Number.POSITIVE_INFINITY);
  expect(Number.isFinite(reading.p50)).toBe(true);
  // What was not answered is none of the answered ones.
  expect(Number.isFinite(reading.slowest)).toBe(true);
});

it("does not wait for an answer before the next request leaves", async () => {
  const url = await listen();
  const reading = await drive({
    ...{ url, path: "/x", headers: {}, rate: 100 },
    arrivals: Float64Array.from({ length: 20 }, (_, at) => 0.01 * at),
    body: () => ({ type: "application/json", bytes: JSON.stringify({ wait: 400, status: 200 }) }),
  });
  expect(reading.slowest).toBeGreaterThanOrEqual(reading.p99);
  // One after the other they would take 8 s.
  expect(reading.p99).toBeGreaterThan(0.39);
  expect(reading.p99).toBeLessThan(4);
});
