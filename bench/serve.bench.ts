/**
 * The service over HTTP beside a bare Fastify that checks the request and answers as many bytes, asked by one process beside the server. Each
 * server is started anew for a note and first asked `COLD` requests: what these cost is a case of its own, because code is compiled while it
 * runs. After `WARM` further ones, which are not counted, come the cases of a server that has been up for a while.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readMetrics, total } from "../src/service/read-metrics.ts";
import type { Benchmark, BenchmarkCase } from "./benchmark.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MOVIELENS = join(ROOT, "..", "shared", "data", "ml-100k");
const CONNECTIONS = 4;
const REQUESTS = 2000;
const COLD = 2000;
const WARM = 8000;
/** Of the open loop, and how many are sent. */
const RATE = 2500;
const SENT_AT_RATE = 10_000;
/** Payments in a request of many, and such requests. */
const MANY = 500;
const REQUESTS_OF_MANY = 60;

/** A server that does nothing but check a body and answer; its CPU time is at /metrics. */
const BARE = `
import Fastify from "fastify";
const titles = Array.from({ length: 10 }, (_, i) => ({ title: String(i), name: "A title of some length", score: 0.5 }));
const title = { type: "object", properties: { title: { type: "string" }, name: { type: "string" }, score: { type: "number" } } };
const decision = { type: "object", properties: { id: { type: "string" }, decision: { type: "string" }, probability: { type: "number" } } };
const properties = { titles: { type: "array", items: title }, decisions: { type: "array", items: decision } };
const schema = { body: { type: "object" }, response: { 200: { type: "object", properties } } };
const app = Fastify();
app.post("/decide/many", { schema }, async ({ body: { payments } }) => ({
  decisions: payments.map(({ id }) => ({ id, decision: "approve", probability: 0.5 })),
}));
app.post("*", { schema }, async () => ({ titles }));
app.get("/metrics", async () => {
  const { user, system } = process.cpuUsage();
  return "heptad_cpu_seconds_total " + (user + system) / 1e6 + "\\n";
});
console.log("on " + await app.listen({ port: 0, host: "127.0.0.1" }));
`;

interface Server {
  readonly url: string;
  readonly process: ChildProcess;
}

interface Asked {
  readonly note: string;
  readonly args: readonly string[];
  readonly path: string;
  readonly body: (i: number) => unknown;
}

const paymentAt = (i: number) => ({
  id: `p${process.pid}-${i}-${performance.now()}`,
  customer: i % 1000,
  terminal: i % 2000,
  amount: (i % 200) + 0.5,
});
const ASKED: readonly Asked[] = [
  {
    note: "movie-recommendations.md",
    args: existsSync(MOVIELENS) ? ["--data", MOVIELENS] : [],
    path: "/recommend",
    body: (i) => ({ member: String(1 + (i % 900)) }),
  },
  { note: "card-fraud.md", args: [], path: "/decide", body: paymentAt },
];

export const benchmark: Benchmark = {
  name: "serve",
  about:
    "heptad serve beside a bare Fastify, cold and warm: CPU of the server for a request, throughput, p99, MovieLens 100k where it is there, else the notes' simulated worlds; generator beside the server",
  async *cases({ workFolder }) {
    for (const { note, args, path, body } of ASKED) {
      const state = join(workFolder, `serve-${note}`);
      rmSync(state, { recursive: true, force: true });
      const program = [join(ROOT, "bin", "heptad.js"), "serve", join(ROOT, "designs", note), "--port", "0"];
      const bare = await start(process.execPath, ["--input-type=module", "-e", BARE]);
      const ours = await start(process.execPath, [...program, "--state", state, ...args]);
      const common = { peerName: "bare Fastify", runs: 3 };
      const both = (of: (url: string) => Promise<number>) => ({ ours: () => of(ours.url), peer: () => of(bare.url) });
      const ask = (url: string, count: number) => load(url, path, body, count);
      try {
        yield {
          case: `${path}, CPU of a server just started, its first ${COLD} requests`,
          ...{ ...common, runs: 1, unit: "ms a request" },
          ...both(async (url) => (await ask(url, COLD)).CPU),
        };
        for (const { url } of [ours, bare]) await ask(url, WARM);
        yield {
          case: `${path}, CPU of the server a request, warm`,
          ...{ ...common, unit: "ms", target: path === "/recommend" ? "ours <= 0.8 ms" : undefined },
          ...both(async (url) => (await ask(url, REQUESTS)).CPU),
        };
        yield {
          case: `${path}, throughput, four connections, closed loop`,
          ...{ ...common, unit: "requests/s", target: path === "/recommend" ? "ours >= 700" : undefined },
          ...both(async (url) => (await ask(url, REQUESTS)).requests),
        };
        if (path === "/decide") yield* ofPayments(common, both);
      } finally {
        for (const one of [ours, bare]) one.process.kill("SIGKILL");
      }
    }
  },
};

function* ofPayments(
  common: { readonly peerName: string; readonly runs: number },
  both: (of: (url: string) => Promise<number>) => Pick<BenchmarkCase, "ours" | "peer">,
): Iterable<BenchmarkCase> {
  yield {
    case: `/decide, p99 at ${RATE}/s, open loop`,
    ...{ ...common, unit: "ms", target: "ours <= 10 ms" },
    ...both((url) => p99At(url, "/decide", paymentAt)),
  };
  const many = (i: number) => ({ payments: Array.from({ length: MANY }, (_, one) => paymentAt(i * MANY + one)) });
  yield {
    case: `/decide/many, ${MANY} payments a request`,
    ...{ ...common, unit: "decisions/s", target: "ours >= 40000" },
    ...both(async (url) => MANY * (await load(url, "/decide/many", many, REQUESTS_OF_MANY)).requests),
  };
  yield {
    case: "/decide/many, CPU of the server a decision",
    ...{ ...common, unit: "µs" },
    ...both(async (url) => (1000 * (await load(url, "/decide/many", many, REQUESTS_OF_MANY)).CPU) / MANY),
  };
}

function start(command: string, args: readonly string[]): Promise<Server> {
  const child = spawn(command, [...args], { cwd: ROOT, stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let out = "";
    child.stdout.on("data", (text) => {
      out += text;
      const url = /on (http:\S+)/u.exec(out)?.[1];
      if (url !== undefined) resolve({ url, process: child });
    });
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Sends the requests, four under way at any moment, and reads what an answered one costs. */
async function load(
  url: string,
  path: string,
  body: (i: number) => unknown,
  requests: number,
): Promise<{ readonly CPU: number; readonly requests: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const cpu = async (): Promise<number> =>
    total(readMetrics(await (await fetch(`${url}/metrics`)).text()), "heptad_cpu_seconds_total");
  const [before, started] = [await cpu(), performance.now()];
  let [next, answered] = [0, 0];
  const sender = async (): Promise<void> => {
    while (next < requests) {
      const status = await send(agent, url + path, JSON.stringify(body(next++)));
      // A machine that others use sheds now and then: what was sent away is not counted as answered.
      if (status === 200) answered++;
      else if (status !== 503) throw new Error(`${path} answers ${status}`);
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sender));
  const seconds = (performance.now() - started) / 1000;
  const spent = (await cpu()) - before;
  agent.destroy();
  return { CPU: (1000 * spent) / answered, requests: answered / seconds };
}

function send(agent: Agent, url: string, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { agent, method: "POST", headers: { "content-type": "application/json" } }, (answer) => {
      answer.resume();
      answer.once("end", () => resolve(answer.statusCode ?? 0));
    });
    call.once("error", reject);
    call.end(body);
  });
}

/**
 * Milliseconds that 99 of a hundred requests take at most, each from the moment when it should have left, whether or not those before are
 * answered. One that is not answered has taken for ever.
 */
async function p99At(url: string, path: string, body: (i: number) => unknown): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: 64 });
  const took: Promise<number>[] = [];
  const began = performance.now();
  while (took.length < SENT_AT_RATE) {
    const due = ((performance.now() - began) * RATE) / 1000;
    for (; took.length < Math.min(due, SENT_AT_RATE); ) {
      const at = began + (took.length * 1000) / RATE;
      const status = send(agent, url + path, JSON.stringify(body(took.length)));
      took.push(status.then((one) => (one === 200 ? performance.now() - at : Number.POSITIVE_INFINITY)));
    }
    await sleep(1);
  }
  const sorted = (await Promise.all(took)).sort((one, other) => one - other);
  agent.destroy();
  return sorted[Math.ceil(0.99 * sorted.length) - 1];
}
