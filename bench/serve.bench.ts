/** The service over HTTP: CPU of the server for a request beside a bare Fastify that checks the request and answers as many bytes, asked by one process with four connections. */

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { readMetrics, total } from "../src/service/read-metrics.ts";
import type { Benchmark, BenchmarkCase } from "./benchmark.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MOVIELENS = join(ROOT, "..", "shared", "data", "ml-100k");
const CONNECTIONS = 4;
const REQUESTS = 2000;

/** A server that does nothing but check a body and answer; its CPU time is at /metrics. */
const BARE = `
import Fastify from "fastify";
const titles = Array.from({ length: 10 }, (_, i) => ({ title: String(i), name: "A title of some length", score: 0.5 }));
const title = { type: "object", properties: { title: { type: "string" }, name: { type: "string" }, score: { type: "number" } } };
const schema = {
  body: { type: "object" },
  response: { 200: { type: "object", properties: { titles: { type: "array", items: title } } } },
};
const app = Fastify();
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

export const benchmark: Benchmark = {
  name: "serve",
  about:
    "heptad serve beside a bare Fastify: CPU of the server for a request, MovieLens 100k where it is there, else the notes' simulated worlds; generator beside the server",
  async *cases({ workFolder }) {
    const bare = await start(process.execPath, ["--input-type=module", "-e", BARE]);
    try {
      for (const [note, args, path, body] of [
        [
          "movie-recommendations.md",
          existsSync(MOVIELENS) ? ["--data", MOVIELENS] : [],
          "/recommend",
          (i: number) => ({ member: String(1 + (i % 900)) }),
        ],
        [
          "card-fraud.md",
          [],
          "/decide",
          (i: number) => ({
            id: `p${process.pid}-${i}-${performance.now()}`,
            customer: i % 1000,
            terminal: i % 2000,
            amount: (i % 200) + 0.5,
          }),
        ],
      ] as const) {
        const state = join(workFolder, `serve-${note}`);
        rmSync(state, { recursive: true, force: true });
        const program = [
          join(ROOT, "bin", "heptad.js"),
          "serve",
          join(ROOT, "designs", note),
          "--port",
          "0",
          "--state",
          state,
          ...args,
        ];
        const ours = await start(process.execPath, program);
        try {
          for (const what of ["CPU", "requests"] as const) {
            const measured: BenchmarkCase = {
              case: `${path}, ${what === "CPU" ? "CPU of the server a request" : "throughput, four connections, closed loop"}`,
              peerName: "bare Fastify",
              unit: what === "CPU" ? "ms" : "requests/s",
              runs: 3,
              target: what === "CPU" ? "ours <= 0.8 ms (recommend)" : undefined,
              ours: async () => (await load(ours.url, path, body))[what],
              peer: async () => (await load(bare.url, path, body))[what],
            };
            yield measured;
          }
        } finally {
          ours.process.kill("SIGKILL");
        }
      }
    } finally {
      bare.process.kill("SIGKILL");
    }
  },
};

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
): Promise<{ readonly CPU: number; readonly requests: number }> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const cpu = async (): Promise<number> =>
    total(readMetrics(await (await fetch(`${url}/metrics`)).text()), "heptad_cpu_seconds_total");
  const [before, started] = [await cpu(), performance.now()];
  let [next, answered] = [0, 0];
  const sender = async (): Promise<void> => {
    while (next < REQUESTS) {
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
