/** What an engine elsewhere joins besides features: which items go together, and lists with what was wanted; Sail's processor seconds beside ours. */

import { createRandom, type Random } from "../src/core/random.ts";
import { createTable, numbers, type Table } from "../src/core/table.ts";
import { rankedTaskOf } from "../src/kinds/recommendation/interactions.ts";
import { createWorld, simulateInteractions } from "../src/kinds/recommendation/simulated-world.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { openSparkEngine } from "../src/node/spark/spark-engine.ts";
import { createView } from "../src/steps/3-data/sql/script.ts";
import { SQL_DIALECTS } from "../src/steps/3-data/sql/sql-dialect.ts";
import { itemKnn } from "../src/steps/4-model/models/item-knn.ts";
import { trainingThere } from "../src/steps/4-model/train/engine-neighbours.ts";
import {
  DEFAULT_SIGNAL_WEIGHTS,
  eventStrength,
  trainingDataWithin,
} from "../src/steps/4-model/train/interaction-matrix.ts";
import type { SqlEngine } from "../src/system/environment.ts";
import { startSail } from "../test/sail-server.ts";
import type { Benchmark, BenchmarkCase } from "./benchmark.ts";
import { processSeconds } from "./process-seconds.ts";

export const benchmark: Benchmark = {
  name: "engine-joins",
  about:
    "item neighbours, and lists joined with what was wanted: processor seconds of Sail (`sail` on the path, or HEPTAD_SAIL) and of what hands over and takes back, against ours in arrays; equal to the last bit",
  async *cases({ workFolder }) {
    for (const events of [1_000_000, 4_000_000]) yield* onSail(workFolder, (engine) => neighbours(engine, events));
    for (const requests of [2000, 20_000]) yield* onSail(workFolder, (engine) => hits(engine, requests));
  },
};

/** A case whose `ours` counts the server's seconds too. */
async function* onSail(exchange: string, open: (engine: SqlEngine) => BenchmarkCase): AsyncGenerator<BenchmarkCase> {
  const sail = await startSail();
  const sql = await openDuckdb();
  const engine = await openSparkEngine({ url: sail.url, exchange, sql });
  const own = open(engine);
  yield {
    ...own,
    async ours() {
      const pid = sail.process.pid ?? 0;
      const before = processSeconds(pid);
      const here = await own.ours();
      return here + processSeconds(pid) - before;
    },
  };
  await engine.close();
  sql.close();
  await sail.stop();
}

async function worked(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}

/** Whole numbers below `count`, the smaller the more often. */
function skewed(random: Random, count: number): number {
  return Math.floor(count * random.uniform() ** 2.5);
}

function neighbours(engine: SqlEngine, events: number): BenchmarkCase {
  const random = createRandom(5);
  const world = createWorld({ members: 2, titles: 2, days: 2 }, random);
  const task = rankedTaskOf(simulateInteractions(world, random));
  const columns = {
    count: events,
    unit: Int32Array.from({ length: events }, () => random.below(events / 50)),
    item: Int32Array.from({ length: events }, () => skewed(random, 10_000)),
    time: Float64Array.from({ length: events }, (_, row) => row),
    kind: new Uint8Array(events),
    value: new Float32Array(events).fill(5),
  };
  const whole = { ...task, units: events / 50, events: columns, items: { ...task.items, count: 10_000 } };
  const window = { until: events };
  const data = trainingDataWithin(whole, window, DEFAULT_SIGNAL_WEIGHTS);
  const strengthOf = eventStrength(whole, DEFAULT_SIGNAL_WEIGHTS, null);
  const choice = { name: itemKnn.name, facts: {}, settings: "" };
  const subject = `of ${events}`;
  return {
    case: `neighbours of 10,000 items, ${events.toLocaleString("en-US")} events`,
    peerName: "here",
    unit: "CPU s",
    runs: 1,
    ours: () =>
      worked(async () => {
        const there = await trainingThere({ subject, choice, task: whole, strengthOf }, { engine, progress: () => {} });
        await there.train(window, data, createRandom(1));
      }),
    peer: () => worked(() => itemKnn.fit(data, itemKnn.defaults, { random: createRandom(1) })),
  };
}

const [SUBJECTS, DEPTH, WANTED, ITEMS] = [6, 200, 10, 10_000];

function hits(engine: SqlEngine, requests: number): BenchmarkCase {
  const random = createRandom(6);
  const lists = Array.from({ length: SUBJECTS }, () => {
    const items = new Int32Array(requests * DEPTH);
    for (let request = 0; request < requests; request++) {
      const list = new Set<number>();
      while (list.size < DEPTH) list.add(skewed(random, ITEMS));
      items.set([...list], request * DEPTH);
    }
    return items;
  });
  const wanted = Int32Array.from({ length: requests * WANTED }, (_, at) => {
    const step = ITEMS / WANTED;
    return Math.floor((at % WANTED) * step + random.uniform() * step);
  });
  const here = (): number => {
    let found = 0;
    for (const items of lists) {
      for (let request = 0; request < requests; request++) {
        const relevant = new Set(wanted.subarray(request * WANTED, (request + 1) * WANTED));
        for (let place = 0; place < DEPTH; place++) if (relevant.has(items[request * DEPTH + place])) found++;
      }
    }
    return found;
  };
  return {
    case: `hits of ${SUBJECTS} lists of ${DEPTH}, ${requests.toLocaleString("en-US")} requests`,
    peerName: "here",
    unit: "CPU s",
    runs: 1,
    ours: () =>
      worked(async () => {
        const answer = await joinThere(engine, requests, lists, wanted);
        if (answer.rows !== here()) throw new Error(`${answer.rows} hits by Sail and ${here()} here`);
        numbers(answer, "place");
      }),
    peer: () => worked(here),
  };
}

async function joinThere(
  engine: SqlEngine,
  requests: number,
  lists: readonly Int32Array[],
  wanted: Int32Array,
): Promise<Table> {
  const rows = SUBJECTS * requests * DEPTH;
  const item = new Int32Array(rows);
  for (const [subject, items] of lists.entries()) item.set(items, subject * items.length);
  const table = createTable({
    subject: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / (requests * DEPTH))),
    request: Int32Array.from({ length: rows }, (_, row) => Math.floor(row / DEPTH) % requests),
    place: Int32Array.from({ length: rows }, (_, row) => row % DEPTH),
    item,
  });
  const truth = createTable({
    request: Int32Array.from({ length: wanted.length }, (_, at) => Math.floor(at / WANTED)),
    item: wanted,
  });
  const { parquet } = SQL_DIALECTS[engine.dialect];
  const view = async (name: string, of: Table) => ({
    sql: createView({
      view: name,
      says: "",
      query: `SELECT * FROM ${parquet(await engine.share(`${name}_${requests}`, of))}`,
    }),
    says: `the table ${name}`,
  });
  return await engine.answer(
    [await view("heptad_lists", table), await view("heptad_truth", truth)],
    "SELECT l.subject, l.request, l.place FROM heptad_lists l JOIN heptad_truth t ON t.request = l.request AND t.item = l.item",
    () => {},
  );
}
