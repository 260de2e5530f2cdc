/** A service that shares what it is told through NATS beside one that keeps it in files: starting again, and being told. */

import { type ChildProcess, spawn } from "node:child_process";
import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { readMetrics, total } from "../src/service/read-metrics.ts";
import type { Benchmark } from "./benchmark.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const NOTE = "small-recommendation.md";
const NATS_PORT = 14_222;
/** Set HEPTAD_EVENTS=1000000 for the figure of the issue. */
const EVENTS = Number(process.env.HEPTAD_EVENTS ?? 100_000);
const PER_REQUEST = 500;
const CALLERS = 4;

const running = new Set<ChildProcess>();

interface Server {
  readonly url: string;
  readonly seconds: number;
  /** CPU seconds of all its threads until it serves. */
  readonly cpu: number;
  readonly process: ChildProcess;
}

export const benchmark: Benchmark = {
  name: "shared-log",
  about: `heptad serve on NATS (one server, one copy) beside files: starting again with ${EVENTS} events, and being told ${PER_REQUEST} at a time`,
  async *cases({ workFolder }) {
    const folder = join(workFolder, "shared-log");
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    copyFileSync(join(ROOT, "test", "fixtures", NOTE), join(folder, NOTE));
    writeFileSync(join(folder, "heptad.yaml"), "");
    const stored = ["-js", "-a", "127.0.0.1", "-p", String(NATS_PORT), "-sd", join(folder, "nats")];
    const nats = spawn("nats-server", stored, { stdio: "ignore" });
    running.add(nats);
    await sleep(1000);
    const shared = ["--nats", `nats://127.0.0.1:${NATS_PORT}`];
    try {
      const kept = { shared: await start(folder, "shared", shared), files: await start(folder, "files", []) };
      yield {
        case: `being told ${EVENTS} events`,
        peerName: "files",
        unit: "events/s",
        runs: 1,
        ours: async () => EVENTS / (await tell(kept.shared.url)),
        peer: async () => EVENTS / (await tell(kept.files.url)),
      };
      yield {
        case: `starting again with ${EVENTS} events`,
        peerName: "files",
        unit: "s",
        target: "<= 3 s",
        async ours() {
          kept.shared = await again(kept.shared, folder, "shared", shared);
          return kept.shared.seconds;
        },
        async peer() {
          kept.files = await again(kept.files, folder, "files", []);
          return kept.files.seconds;
        },
      };
      yield {
        case: `CPU of starting again with ${EVENTS} events`,
        peerName: "files",
        unit: "s",
        async ours() {
          kept.shared = await again(kept.shared, folder, "shared", shared);
          return kept.shared.cpu;
        },
        async peer() {
          kept.files = await again(kept.files, folder, "files", []);
          return kept.files.cpu;
        },
      };
    } finally {
      for (const one of running) one.kill("SIGKILL");
    }
  },
};

function start(folder: string, state: string, more: readonly string[]): Promise<Server> {
  const began = performance.now();
  const words = [
    join(ROOT, "bin", "heptad.js"),
    "serve",
    NOTE,
    "--replay",
    "--port",
    "0",
    "--state",
    join(folder, state, "note"),
  ];
  const child = spawn(process.execPath, [...words, ...more], { cwd: folder });
  running.add(child);
  let said = "";
  child.stderr.on("data", (text) => {
    said += text;
  });
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (text) => {
      const url = /on (http:\S+)/u.exec(String(text))?.[1];
      if (url === undefined) return;
      const seconds = (performance.now() - began) / 1000;
      cpuOf(url).then((cpu) => resolve({ url, process: child, seconds, cpu }), reject);
    });
    child.once("exit", (code) => reject(new Error(`ended with ${code}: ${said}`)));
  });
}

async function cpuOf(url: string): Promise<number> {
  return total(readMetrics(await (await fetch(`${url}/metrics`)).text()), "heptad_cpu_seconds_total");
}

/** After kill -9. */
async function again(one: Server, folder: string, state: string, more: readonly string[]): Promise<Server> {
  const ended = new Promise((resolve) => one.process.once("exit", resolve));
  one.process.kill("SIGKILL");
  await ended;
  return start(folder, state, more);
}

/** Seconds until all are acknowledged. */
async function tell(url: string): Promise<number> {
  const model: { clock: { now: number } } = JSON.parse(await (await fetch(`${url}/model`)).text());
  const base = model.clock.now + 10;
  const began = performance.now();
  let next = 0;
  const send = async (): Promise<void> => {
    while (next < EVENTS) {
      const from = next;
      next += PER_REQUEST;
      const events = Array.from({ length: PER_REQUEST }, (_, i) => eventAt(from + i, base));
      const body = JSON.stringify({ events });
      for (let status = 0; status !== 200; ) {
        const headers = { "content-type": "application/json" };
        ({ status } = await fetch(`${url}/events`, { method: "POST", headers, body }));
      }
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, send));
  return (performance.now() - began) / 1000;
}

/** Of 5,000 members and 60 titles, twenty a second. */
function eventAt(at: number, base: number) {
  const member = String(1 + ((at * 7919) % 5000));
  return {
    id: `e${at}`,
    member,
    title: String(1 + ((at * 104_729) % 60)),
    event: "rating",
    value: 1 + (at % 5),
    time: base + at / 20,
  };
}
