/** The declared features of two notes as one SQL text: processor seconds of Sail (a Spark Connect server) beside those of DuckDB, every value equal to the last bit. */

import { readFileSync } from "node:fs";
import { createRandom } from "../src/core/random.ts";
import { rankedTaskOf } from "../src/kinds/recommendation/interactions.ts";
import { createWorld, simulateInteractions } from "../src/kinds/recommendation/simulated-world.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { openSparkEngine } from "../src/node/spark/spark-engine.ts";
import type { EventStream, FeatureRequests } from "../src/steps/3-data/features/event-stream.ts";
import { declaredFeatures, type FeatureDeclaration } from "../src/steps/3-data/features/feature-declaration.ts";
import { engineFeatures, queryFeatures } from "../src/steps/3-data/features/query-features.ts";
import { pairRequests, rankedStream } from "../src/steps/3-data/features/ranked-stream.ts";
import { parseDesign } from "../src/steps/design.ts";
import { startSail } from "../test/sail-server.ts";
import type { Benchmark, BenchmarkCase } from "./benchmark.ts";
import { HANDBOOK_FEATURES, readPayments } from "./payments.ts";
import { processSeconds } from "./process-seconds.ts";

export const benchmark: Benchmark = {
  name: "spark",
  about:
    "declared features by SQL: processor seconds of Sail (`sail` on the path, or HEPTAD_SAIL) against DuckDB's, rows equal to the last bit",
  async *cases({ workFolder }) {
    const payments = await readPayments();
    yield* compare("12 features of 1,754,155 payments", HANDBOOK_FEATURES, payments, payments, workFolder);
    const { declarations, stream, requests } = movieNote();
    yield* compare(
      `${declarations.length} features of the movie note, 300,000 pairs`,
      declarations,
      stream,
      requests,
      workFolder,
    );
  },
};

/** One case, and the server's end once it is measured. */
async function* compare(
  name: string,
  declarations: readonly FeatureDeclaration[],
  stream: EventStream,
  requests: FeatureRequests,
  exchange: string,
): AsyncGenerator<BenchmarkCase> {
  const sail = await startSail();
  const sql = await openDuckdb();
  const engine = await openSparkEngine({ url: sail.url, exchange, sql });
  const spent = (): number => processSeconds(sail.process.pid ?? 0);
  let expected: ReadonlyMap<string, Float64Array> | undefined;
  yield {
    case: name,
    peerName: "DuckDB",
    unit: "CPU s",
    runs: 3,
    target: "<= 5",
    async ours() {
      const before = spent();
      const answer = await engineFeatures(engine, declarations, stream, requests);
      const seconds = spent() - before;
      expected ??= await queryFeatures(sql, declarations, stream, requests);
      for (const [feature, column] of expected)
        column.forEach((value, row) => {
          const other = answer.get(feature)?.[row] ?? Number.NaN;
          if (value !== other && !(Number.isNaN(value) && Number.isNaN(other)))
            throw new Error(`${feature} of row ${row} is ${other} by Sail and ${value} by DuckDB`);
        });
      return seconds;
    },
    async peer() {
      const before = process.cpuUsage();
      await queryFeatures(sql, declarations, stream, requests);
      const { user, system } = process.cpuUsage(before);
      return (user + system) / 1e6;
    },
  };
  await engine.close();
  sql.close();
  await sail.stop();
}

/** What the reference note declares, on a simulated year, for pairs of members and titles at moments of the log. */
function movieNote() {
  const { design } = parseDesign(readFileSync("designs/movie-recommendations.md", "utf8"), "movie-recommendations.md");
  if (design === undefined) throw new Error("the reference note is no design");
  const random = createRandom(11);
  const world = createWorld({ members: 2000, titles: 1500, days: 365 }, random);
  const task = rankedTaskOf(simulateInteractions(world, random));
  const rows = Array.from({ length: 300_000 }, () => random.below(task.events.count));
  return {
    declarations: declaredFeatures(design.data),
    stream: rankedStream(task),
    requests: pairRequests(
      Int32Array.from(rows, (row) => task.events.unit[row]),
      Int32Array.from(rows, () => random.below(task.items.count)),
      Float64Array.from(rows, (row) => task.events.time[row]),
      task,
    ),
  };
}
