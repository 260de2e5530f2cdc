/** Open-loop load over HTTP: a request leaves when its time has come, whether or not those before it were answered. */

import { Agent, request } from "node:http";
import type { LoadReading } from "./find-rate.ts";
import { sortedQuantile } from "./sorted-quantile.ts";

export interface DriveOptions {
  readonly url: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Seconds from the start at which each request should leave, ascending. */
  readonly arrivals: Float64Array;
  readonly rate: number;
  readonly body: (at: number) => { readonly type: string; readonly bytes: string | Uint8Array };
}

/** Connections at most: more wait here, and their time runs. */
const CONNECTIONS = 256;
const PATIENCE_MS = 10_000;

export async function drive({ url, path, headers, arrivals, rate, body }: DriveOptions): Promise<LoadReading> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const target = new URL(path, url);
  const seconds = new Float64Array(arrivals.length).fill(Number.POSITIVE_INFINITY);
  const lateness = new Float64Array(arrivals.length);
  let [shed, failed, degraded] = [0, 0, 0];
  const began = performance.now() / 1000;
  const elapsed = (): number => performance.now() / 1000 - began;
  const send = (at: number): Promise<void> =>
    new Promise((resolve) => {
      lateness[at] = elapsed() - arrivals[at];
      const { type, bytes } = body(at);
      const call = request(
        target,
        {
          agent,
          method: "POST",
          timeout: PATIENCE_MS,
          headers: { ...headers, "content-type": type, "content-length": Buffer.byteLength(bytes) },
        },
        (answer) => {
          answer.resume();
          answer.once("end", () => {
            if (answer.statusCode === 200) seconds[at] = elapsed() - arrivals[at];
            else if (answer.statusCode === 503) shed++;
            else failed++;
            if (answer.headers["x-heptad-degraded"] !== undefined) degraded++;
            resolve();
          });
        },
      );
      call.once("timeout", () => call.destroy());
      call.once("error", () => {
        failed++;
        resolve();
      });
      call.end(bytes);
    });
  const answers: Promise<void>[] = [];
  for (let next = 0; next < arrivals.length; ) {
    while (next < arrivals.length && arrivals[next] <= elapsed()) answers.push(send(next++));
    const wait = next < arrivals.length ? 1000 * (arrivals[next] - elapsed()) : 0;
    await new Promise((resolve) => (wait > 2 ? setTimeout(resolve, wait - 1) : setImmediate(resolve)));
  }
  await Promise.all(answers);
  agent.destroy();
  seconds.sort();
  const answered = seconds.subarray(0, arrivals.length - shed - failed);
  lateness.sort();
  return {
    rate,
    sent: arrivals.length,
    ...{ shed, failed, degraded },
    p50: sortedQuantile(seconds, 0.5),
    p99: sortedQuantile(seconds, 0.99),
    slowest: sortedQuantile(answered, 1),
    lateness: sortedQuantile(lateness, 0.99),
  };
}
