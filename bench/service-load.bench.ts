/** What services hold under load: open loop, by chance, from a generator beside the server; the usual Python stack in turns with ours. */

import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Benchmark, BenchmarkCase } from "./benchmark.ts";
import { findPython } from "./peer.ts";
import { lasting, leastWhileSnapshot, slowestWhileSnapshot } from "./service-load/beside-snapshot.ts";
import { type ServerProcess, serveAgain, serveNote, servePython, startServer } from "./service-load/serve-process.ts";
import { Loader } from "./service-load/stretch.ts";
import {
  MANY,
  manyDecisions,
  memberActs,
  memberAsks,
  payments,
  sendBatches,
  TITLES,
  titleTraffic,
} from "./service-load/traffic.ts";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");
const MOVIELENS = join(ROOT, "..", "shared", "data", "ml-100k");
/** Seconds of a stretch that asks whether a rate holds, and of one of those that search for the highest. */
const HOLDING = Number(process.env.HEPTAD_BENCH_SECONDS ?? 3);
const SEARCHING = HOLDING / 2;
/** Minutes of load over which memory is watched. */
const MINUTES = Number(process.env.HEPTAD_BENCH_MINUTES ?? 1);
/** Payments that a service has been told when it is killed. */
const TOLD = Number(process.env.HEPTAD_BENCH_EVENTS ?? 1_000_000);
/** What is asked for, scaled down where the machine is not quiet: the cases say the rate. */
const SCALE = Number(process.env.HEPTAD_BENCH_RATE ?? 1);
/** Requests whose processor time is taken together: every member once or more. */
const ASKED = 1000;
/** After so many, the code of a request is compiled; of one that takes microseconds only after more. */
const WARM_UP = 500;
const WARM_UP_QUICK = 5000;
const PYTHON = "recommend_service.py";

export const benchmark: Benchmark = {
  name: "service-load",
  about:
    "heptad serve under open-loop load timed from when a request should have left: rates that hold their p99, memory, snapshots; FastAPI, uvicorn, LightGBM and hnswlib in turns",
  async *cases({ workFolder }) {
    mkdirSync(workFolder, { recursive: true });
    for (const part of [movieLens, decisions, millionTitles]) {
      try {
        for await (const one of part(workFolder)) yield orNothing(one);
      } catch (error) {
        say(`${part.name}: not measured: ${String(error)}`);
      }
    }
  },
};

/** One case that fails takes no other with it: NaN, and why. */
function orNothing(one: BenchmarkCase): BenchmarkCase {
  const attempt = (side: string, measure: () => number | Promise<number>) => async (): Promise<number> => {
    try {
      return await measure();
    } catch (error) {
      say(`${one.case}, ${side}: ${String(error)}`);
      return Number.NaN;
    }
  };
  return { ...one, ours: attempt("ours", one.ours), peer: attempt(one.peerName, one.peer) };
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

async function* movieLens(workFolder: string): AsyncIterable<BenchmarkCase> {
  if (!existsSync(MOVIELENS)) {
    say(`no ${MOVIELENS}: nothing to recommend`);
    return;
  }
  const ours = await serveNote(ROOT, "movie-recommendations.md", join(workFolder, "load-movies"), [
    "--data",
    MOVIELENS,
  ]);
  const pythons: ServerProcess[] = [];
  try {
    const acting = new Loader(ours.url, memberActs("heptad"));
    const asking = new Loader(ours.url, memberAsks());
    await warmUp(acting);
    yield holds("/recommend, members act between lists", acting, 700, 0.02);
    yield holds("/recommend, nothing new", asking, 700, 0.02);
    for (const workers of hasPython() ? [1, 2] : []) {
      const python = await servePython(ROOT, PYTHON, [MOVIELENS, workFolder, String(workers)]);
      pythons.push(python);
      const acted = new Loader(python.url, memberActs("python"));
      const asked = new Loader(python.url, memberAsks());
      await warmUp(acted);
      for (const [what, load, peer] of [
        ["members act between lists", acting, acted],
        ["nothing new", asking, asked],
      ] as const) {
        // A worker tells of its own time alone.
        if (workers === 1) yield cpuOf(`/recommend, ${what}`, [ours, load], [python, peer]);
        yield {
          case: `/recommend, ${what}, highest rate with p99 <= 20 ms`,
          peerName: `FastAPI, ${workers} ${workers === 1 ? "process" : "workers"}`,
          unit: "requests/s",
          runs: 1,
          target: "ratio >= 3",
          ours: () => load.highest(0.02, 400 * SCALE, SEARCHING),
          peer: () => peer.highest(0.02, 250 * SCALE, SEARCHING),
        };
      }
      await python.stop();
    }
  } finally {
    for (const one of [ours, ...pythons]) await one.stop();
  }
}

async function* decisions(workFolder: string): AsyncIterable<BenchmarkCase> {
  const place = [ROOT, "card-fraud.md", join(workFolder, "load-fraud"), []] as const;
  const ours = await serveNote(...place);
  let again: ServerProcess | undefined;
  try {
    const load = new Loader(ours.url, payments());
    await warmUp(load, WARM_UP_QUICK);
    yield holds("/decide, durable", load, 2500, 0.01);
    yield {
      case: "/decide, highest rate with p99 <= 10 ms",
      peerName: "wanted",
      unit: "requests/s",
      runs: 1,
      target: "ratio >= 1",
      ours: () => load.highest(0.01, 1000 * SCALE, SEARCHING),
      peer: () => 2500,
    };
    yield {
      case: "/decide/many, 500 in a request, two at once",
      peerName: "wanted",
      unit: "decisions/s",
      target: "ratio >= 1",
      ours: () => manyDecisions(ours.url, HOLDING),
      peer: () => 40_000,
    };
    const rate = 500 * SCALE;
    yield {
      case: `slowest of /decide at ${rate}/s while a snapshot is made`,
      peerName: "while none is made",
      unit: "ms",
      target: "ours - peer <= 5 ms",
      ...slowestWhileSnapshot(ours, join(workFolder, "load-fraud"), rate, load),
    };
    yield {
      case: "slowest of /decide one after the other while a snapshot is made, the least of three",
      peerName: "while none is made",
      unit: "ms",
      runs: 1,
      target: "ours - peer <= 5 ms",
      ...leastWhileSnapshot(join(workFolder, "load-fraud"), load),
    };
    yield {
      case: `memory after ${MINUTES} min at ${rate}/s`,
      peerName: "after a quarter of them",
      unit: "MiB",
      runs: 1,
      target: "ratio <= 1.05",
      ...lasting(ours, load, rate, 60 * MINUTES),
    };
    yield {
      case: `/ready again after kill -9, ${TOLD} payments told`,
      peerName: "limit",
      unit: "s",
      runs: 1,
      target: "ratio <= 1",
      async ours() {
        await sendBatches(ours.url, Math.ceil(TOLD / MANY));
        await ours.kill();
        const began = performance.now();
        again = await serveAgain(...place);
        return (performance.now() - began) / 1000;
      },
      peer: () => 3,
    };
  } finally {
    await (again ?? ours).stop();
  }
}

async function* millionTitles(workFolder: string): AsyncIterable<BenchmarkCase> {
  const program = join(ROOT, "dist", "bench", "service-load", "million-titles.js");
  const server = await startServer(process.execPath, [program, workFolder, String(TITLES)], ROOT);
  try {
    const graph = new Loader(server.url, titleTraffic("/recommend"));
    await warmUp(graph);
    const all = new Loader(server.url, titleTraffic("/recommend/all"));
    const recall = (await server.metric("bench_recall")).toFixed(3);
    const ranked = (await server.metric("bench_all_ranked_seconds")).toFixed(2);
    const titles = `${TITLES} titles, two stages`;
    yield holds(titles, graph, 200, 0.05);
    yield {
      case: `${titles}, recall@200 ${recall}, highest rate with p99 <= 50 ms`,
      peerName: `all titles scored; ${ranked} s where the trees rank all`,
      unit: "requests/s",
      runs: 1,
      ours: () => graph.highest(0.05, 100 * SCALE, SEARCHING),
      peer: () => all.highest(0.05, 8 * SCALE, SEARCHING),
    };
  } finally {
    await server.stop();
  }
}

/** One that was just started is not slower for it: its first requests are no part of what is measured. */
async function warmUp(load: Loader, requests = WARM_UP): Promise<void> {
  await load.inTurn(requests);
}

/** What is ours alone is measured where the peers are not there. */
function hasPython(): boolean {
  try {
    return findPython(ROOT) !== "";
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    return false;
  }
}

/** Processor time of both servers for a request, events included: what other programs beside them change least. */
function cpuOf(what: string, ...sides: readonly (readonly [ServerProcess, Loader])[]): BenchmarkCase {
  const [ours, peer] = sides.map(([server, load]) => async () => {
    const before = await server.metric("heptad_cpu_seconds_total");
    await load.inTurn(ASKED);
    return (1000 * ((await server.metric("heptad_cpu_seconds_total")) - before)) / ASKED;
  });
  return {
    case: `${what}: CPU of the server a request`,
    peerName: "FastAPI, 1 process",
    unit: "ms",
    target: "ours <= 0.8 ms, ratio <= 0.33",
    ours,
    peer,
  };
}

/** Whether a rate holds its limit: the p99 at that rate beside it. */
function holds(what: string, load: Loader, wanted: number, limit: number): BenchmarkCase {
  const rate = wanted * SCALE;
  return {
    case: `${what}: p99 at ${rate}/s`,
    peerName: "limit",
    unit: "ms",
    target: "ratio <= 1",
    async ours() {
      const { p99, sent, shed, failed, degraded, lateness } = await load.stretch(rate, HOLDING);
      if (!Number.isFinite(p99))
        say(`  of ${sent}: ${shed} shed, ${failed} failed, ${degraded} in part; the generator ${ms(lateness)} late`);
      return 1000 * p99;
    },
    peer: () => 1000 * limit,
  };
}

function ms(seconds: number): string {
  return `${(1000 * seconds).toFixed(1)} ms`;
}
