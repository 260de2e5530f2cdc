/**
 * A service of two stages over a million drawn titles: `node million-titles.js WORK ROWS`. Candidates come from the graph at `/recommend` and
 * from the inner products of all titles at `/recommend/all`; the trees rank 200 of them by 21 columns either way. HTTP, admission and deadlines are those of
 * `heptad serve`; its own system searches all titles.
 */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { unwrap } from "../../src/core/outcome.ts";
import { createRandom } from "../../src/core/random.ts";
import { createTable } from "../../src/core/table.ts";
import { createExactScan } from "../../src/kernels/exact-scan.ts";
import type { TopLists } from "../../src/kernels/top-list.ts";
import { createService, openAdmission } from "../../src/service/create-service.ts";
import { openDurableSystem } from "../../src/service/durable-system.ts";
import { ownHosts } from "../../src/service/guard.ts";
import { createServiceMetrics } from "../../src/service/service-metrics.ts";
import { warmUp } from "../../src/service/warm-up.ts";
import { trainTrees } from "../../src/steps/4-model/models/gradient-boosted-trees.ts";
import { createTreesScorer, type TreesScorer } from "../../src/steps/4-model/models/trees-scorer.ts";
import { checkedBody } from "../../src/system/checked-body.ts";
import type { ServedEndpoint, ServedSystem } from "../../src/system/served-system.ts";
import { DIMENSIONS, hiddenFactors, keptGraph } from "../kept-graph.ts";

const [work, given] = process.argv.slice(2);
const TITLES = Number(given);
const MEMBERS = 20_000;
const CANDIDATES = 200;
const SHOWN = 10;
/** Rows in sight of the graph's search. */
const EFFORT = 256;
const COLUMNS = 21;
/** Columns of a title, of the member, and those of the candidate: its score and its place. */
const OF_TITLE = 14;
const OF_MEMBER = 5;
const ASKED_FOR_RECALL = 100;

const graph = keptGraph(work, TITLES);
const { vectors } = graph.graph();
const users = hiddenFactors(MEMBERS, "queries");
const exact = createExactScan(vectors, DIMENSIONS);
const random = createRandom(3);
const table = (rows: number, width: number): Float32Array =>
  Float32Array.from({ length: rows * width }, () => random.uniform());
const ofTitles = table(TITLES, OF_TITLE);
const ofMembers = table(MEMBERS, OF_MEMBER);
const trees = await learn();

const request = z.strictObject({ member: z.string().regex(/^\d{1,5}$/u), time: z.number().optional() });
const response = z.strictObject({
  member: z.string(),
  variant: z.string(),
  degraded: z.array(z.string()),
  titles: z.array(z.strictObject({ title: z.string(), name: z.string(), score: z.number() })),
});
const read = checkedBody(request);

function endpoint(path: `/${string}`, summary: string, search: (query: Float32Array) => TopLists): ServedEndpoint {
  return {
    ...{ path, summary, request, response, example: { member: "7" }, remembers: false },
    unitsOf: (body) => [read.read(body).member],
    complete: (body, time) => read.made({ ...read.read(body), time }),
    answer(body, turn) {
      const { member } = read.read(body);
      const user = Number(member) % MEMBERS;
      const found = turn.time("candidates", () => search(users.subarray(user * DIMENSIONS, (user + 1) * DIMENSIONS)));
      const margins = turn.time("ranking", () => trees.marginsOf(columns(user, found.rows, found.scores)));
      const order = Array.from(margins.keys()).sort((a, b) => margins[b] - margins[a] || a - b);
      const titles = order.slice(0, SHOWN).map((at) => ({
        title: String(found.rows[at]),
        name: `Title ${found.rows[at]}`,
        score: margins[at],
      }));
      return { body: { member, variant: "system", degraded: [], titles }, degraded: [], isObserved: false };
    },
  };
}

function columns(user: number, titles: Int32Array, scores: Float32Array): Float64Array {
  const rows = new Float64Array(titles.length * COLUMNS);
  for (let at = 0; at < titles.length; at++) {
    const start = at * COLUMNS;
    for (let one = 0; one < OF_TITLE; one++) rows[start + one] = ofTitles[titles[at] * OF_TITLE + one];
    for (let one = 0; one < OF_MEMBER; one++) rows[start + OF_TITLE + one] = ofMembers[user * OF_MEMBER + one];
    rows[start + OF_TITLE + OF_MEMBER] = scores[at];
    rows[start + OF_TITLE + OF_MEMBER + 1] = at;
  }
  return rows;
}

/** 200 trees of 31 leaves on labels that are noise: as slow as trees that know something. */
async function learn(): Promise<TreesScorer> {
  const rows = 20_000;
  const features = createTable(
    Object.fromEntries(
      Array.from({ length: COLUMNS }, (_, one) => [
        `column_${one}`,
        Float64Array.from({ length: rows }, () => random.uniform() * (one === COLUMNS - 1 ? CANDIDATES : 1)),
      ]),
    ),
  );
  const labels = Uint8Array.from({ length: rows }, () => Number(random.uniform() < 0.1));
  const options = { objective: "log-loss", trees: 200, leaves: 31, learningRate: 0.05 } as const;
  return createTreesScorer(unwrap(await trainTrees({ features, labels }, options, { random })).model);
}

/** Share of the best 200 of all that the graph finds. */
function recall(): number {
  const asked = users.subarray(0, ASKED_FOR_RECALL * DIMENSIONS);
  const [found, best] = [graph.search(asked, CANDIDATES, EFFORT), exact.search(asked, CANDIDATES)];
  let hits = 0;
  for (let from = 0; from < best.rows.length; from += CANDIDATES) {
    const truth = new Set(best.rows.subarray(from, from + CANDIDATES));
    for (const row of found.rows.subarray(from, from + CANDIDATES)) if (truth.has(row)) hits++;
  }
  return hits / best.rows.length;
}

/** Seconds in which the trees alone rank every title for one member, a part at a time. */
function rankingAll(): number {
  const part = 20_000;
  const started = performance.now();
  for (let from = 0; from < TITLES; from += part) {
    const titles = Int32Array.from({ length: Math.min(part, TITLES - from) }, (_, at) => from + at);
    trees.marginsOf(columns(0, titles, new Float32Array(titles.length)));
  }
  return (performance.now() - started) / 1000;
}

const system: ServedSystem = {
  endpoints: [
    endpoint("/recommend", "Candidates by the graph", (query) => graph.search(query, CANDIDATES, EFFORT)),
    endpoint("/recommend/all", "Candidates by all titles", (query) => exact.search(query, CANDIDATES)),
  ],
  variants: ["system"],
  traffic: { path: "/recommend", count: MEMBERS, body: (at) => ({ member: String(at) }) },
  stages: ["candidates", "ranking"],
  newest: 0,
  counts: () => ({ titles: TITLES }),
  profile: new Map(),
  observed: () => new Map(),
  save: () => new Uint8Array(),
  restore: () => undefined,
};
const folder = mkdtempSync(join(tmpdir(), "heptad-bench-titles-"));
const durable = openDurableSystem(folder, system);
const metrics = createServiceMetrics();
const [found, all] = [recall(), rankingAll()];
metrics.gauge("bench_recall", `Share of the best ${CANDIDATES} that the graph finds`, () => found);
metrics.gauge("bench_all_ranked_seconds", "In which the trees rank every title for one member", () => all);
await warmUp(system);
const app = createService({
  ...{ title: "A million titles", version: "1", durable, metrics, budget: {} },
  clock: { kind: "world", now: () => Date.now() / 1000 },
  guard: { hosts: ownHosts("127.0.0.1"), token: undefined },
  admission: openAdmission(0.1),
  model: () => ({ id: "drawn" }),
  change: async () => "drawn",
});
process.once("SIGTERM", () => {
  durable.close();
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
});
process.stdout.write(`on ${await app.listen({ port: 0, host: "127.0.0.1" })}\n`);
