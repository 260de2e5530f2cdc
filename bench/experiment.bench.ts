/** Analysing ten million rows of an experiment, two threads, beside pandas and SciPy. */

import { existsSync } from "node:fs";
import { join } from "node:path";
import { unwrap } from "../src/core/outcome.ts";
import { openDuckdb } from "../src/node/duckdb.ts";
import { createInputFiles } from "../src/node/input-files.ts";
import { analyzeExperiment } from "../src/steps/6-deploy/experiment/analyze.ts";
import {
  type ExperimentSource,
  findControl,
  readExperiment,
} from "../src/steps/6-deploy/experiment/read-experiment.ts";
import { type Benchmark, timed } from "./benchmark.ts";

const THREADS = 2;

/** Rows of members who come back: 1M members with ten rows each, or 10M members with one. */
const SHAPES = [
  { name: "10 rows a unit, Parquet", units: 1_000_000, format: "parquet" },
  { name: "10 rows a unit, CSV", units: 1_000_000, format: "csv" },
  { name: "1 row a unit, Parquet", units: 10_000_000, format: "parquet" },
  { name: "1 row a unit, CSV", units: 10_000_000, format: "csv" },
] as const;

export const benchmark: Benchmark = {
  name: "experiment",
  about: "analyse 10M rows of assignments and outcomes, 2 threads, against pandas and SciPy",
  async *cases({ startPeer, workFolder }) {
    const peer = startPeer("experiment.py");
    for (const { name, units, format } of SHAPES) {
      const file = join(workFolder, `experiment ${units}.${format}`);
      if (!existsSync(file)) await writeRows(file, units);
      let effect = 0;
      yield {
        case: name,
        unit: "s",
        peerName: "pandas",
        runs: 3,
        target: "<= 5 s",
        ours: () =>
          timed(async () => {
            effect = await analyzeFile({ assignments: file, metrics: ["value"] });
          }),
        peer: async () => {
          const reply = await peer.ask("analyze", { path: file });
          if (Math.abs(reply.effect - effect) > 1e-9) throw new Error(`pandas says ${reply.effect}, not ${effect}`);
          return reply.seconds;
        },
      };
    }
  },
};

async function analyzeFile(source: ExperimentSource): Promise<number> {
  const sql = await openDuckdb({ threads: THREADS, memoryLimit: "4GB" });
  const data = await readExperiment({ sql, files: createInputFiles() }, source);
  sql.close();
  const analysis = unwrap(analyzeExperiment(data, { control: findControl(data.arms).name }));
  return analysis.arms[0].comparison.effect;
}

async function writeRows(file: string, units: number): Promise<void> {
  const sql = await openDuckdb({ threads: THREADS, memoryLimit: "4GB" });
  const unit = `(i * 7919) % ${units}`;
  const format = file.endsWith(".parquet") ? "parquet" : "csv, header true";
  await sql.query(`COPY (SELECT 'member-' || ${unit} AS unit,
      CASE WHEN hash(${unit}) % 2 = 0 THEN 'control' ELSE 'treatment' END AS arm,
      (hash(i + 13) % 1000) / 250.0 + (hash(${unit}) % 2) * 0.01 AS value
    FROM range(10000000) t(i)) TO '${file}' (FORMAT ${format})`);
  sql.close();
}
