/** Runs benchmarks: `npm run bench` for the table of all, `npm run bench -- NAME --json` for one line per case, `--list` for the names. */

import { mkdirSync, readdirSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import type { Benchmark, BenchmarkCase, BenchmarkResult } from "./benchmark.ts";
import { type Peer, startPeer } from "./peer.ts";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");

const { values: flags, positionals: names } = parseArgs({
  allowPositionals: true,
  options: { json: { type: "boolean" }, list: { type: "boolean" }, case: { type: "string" }, runs: { type: "string" } },
});
const benchmarks = await loadBenchmarks();
const unknown = names.filter((name) => !benchmarks.some((one) => one.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark ${unknown.join(", ")}; there are ${benchmarks.map((one) => one.name).join(", ")}\n`,
  );
  process.exit(2);
}
const chosen = names.length === 0 ? benchmarks : benchmarks.filter((one) => names.includes(one.name));
if (flags.list) for (const { name, about } of chosen) process.stdout.write(`${name.padEnd(16)} ${about}\n`);
else for (const benchmark of chosen) await runBenchmark(benchmark);
process.exit(0);

/** Every `*.bench` file beside this one. */
async function loadBenchmarks(): Promise<Benchmark[]> {
  const files = readdirSync(here).filter((file) => /\.bench\.[jt]s$/u.test(file));
  const modules = await Promise.all(
    files.sort().map((file): Promise<{ benchmark: Benchmark }> => import(pathToFileURL(join(here, file)).href)),
  );
  return modules.map((module) => module.benchmark);
}

async function runBenchmark(benchmark: Benchmark): Promise<void> {
  const peers: Peer[] = [];
  const workFolder = join(root, "bench", "work");
  mkdirSync(workFolder, { recursive: true });
  const environment = {
    workFolder,
    startPeer: (script: string, variables?: Readonly<Record<string, string>>) => {
      const peer = startPeer(root, script, variables);
      peers.push(peer);
      return peer;
    },
  };
  if (!flags.json) process.stdout.write(`\n${benchmark.name}: ${benchmark.about}\n`);
  for await (const one of benchmark.cases(environment)) {
    if (flags.case !== undefined && !one.case.includes(flags.case)) continue;
    const result = await measure(benchmark.name, one);
    process.stdout.write(flags.json ? `${JSON.stringify(result)}\n` : `${describe(result, one)}\n`);
  }
  for (const peer of peers) peer.close();
}

/** Measures both sides in turns, so that a busy moment of the machine falls on both, and compares the medians. */
async function measure(name: string, one: BenchmarkCase): Promise<BenchmarkResult> {
  const runs = flags.runs === undefined ? (one.runs ?? 5) : Number(flags.runs);
  const ours: number[] = [];
  const peer: number[] = [];
  for (let run = 0; run < runs; run++) {
    ours.push(await one.ours());
    peer.push(await one.peer());
  }
  return {
    name,
    case: one.case,
    ours: median(ours),
    peer: median(peer),
    peerName: one.peerName,
    ratio: median(ours) / median(peer),
    unit: one.unit,
    runs,
    machine: `${cpus()[0]?.model.trim() ?? "unknown"} x ${cpus().length}, Node ${process.versions.node}`,
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function describe({ ours, peer, ratio, ...result }: BenchmarkResult, { target }: BenchmarkCase): string {
  const figures = `${digits(ours)} ${result.unit} against ${digits(peer)} (${result.peerName})`;
  const wanted = target === undefined ? "" : `, wanted ${target}`;
  return `  ${result.case.padEnd(44)} ${figures.padEnd(52)} ratio ${ratio.toFixed(3)}${wanted}`;
}

function digits(value: number): string {
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(4);
}
