/** A whole run of a large log from Parquet: read, split, features, ALS, evaluation, in a process of its own on two threads. */

import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { againstLimit, type Benchmark } from "./benchmark.ts";
import { largeEvents, writeRunNote } from "./large-events.ts";
import { keepPoint, type LargeStage, pointOf } from "./large-run-points.ts";

/**
 * Set HEPTAD_ROWS=200000000 for the figure of the issue; several numbers with commas between them show how it grows. With HEPTAD_KEEP=1 what was
 * measured takes the place of what is kept for as many rows, and `npm run gen` draws it in docs/scale.md.
 */
const ROWS = (process.env.HEPTAD_ROWS ?? "2000000").split(",").map(Number);
/** For two hundred million rows, in seconds; of fewer rows in proportion. */
const SECONDS = 45 * 60;
const GIBIBYTES = 24;
const CHILD = join(dirname(fileURLToPath(import.meta.url)), "large-run-child.js");

export const benchmark: Benchmark = {
  name: "large-run",
  about: `${ROWS.map((rows) => rows.toLocaleString("en-US")).join(", ")} events of 5 columns from Parquet through a whole run: features, ALS with 64 factors, 10,000 requests over all items; two threads; the limits are for 200M`,
  async *cases({ workFolder }) {
    const folder = join(workFolder, "large");
    mkdirSync(folder, { recursive: true });
    // A project of its own, whose results are not kept: each time all of it runs.
    writeFileSync(join(folder, "heptad.yaml"), "cache: { limit: 1 GB }\n");
    for (const rows of ROWS) {
      await largeEvents(folder, rows);
      rmSync(join(folder, ".heptad"), { recursive: true, force: true });
      const stages = measured(writeRunNote(folder, rows));
      if (process.env.HEPTAD_KEEP !== undefined) keepPoint(pointOf(rows, stages));
      const sum = (of: "wall" | "cpu"): number => stages.reduce((total, one) => total + one[of], 0);
      const most = (SECONDS * rows) / 2e8;
      const named = (what: string): string => `${rows.toLocaleString("en-US")} events, ${what}`;
      yield againstLimit(named("wall"), "s", sum("wall"), most);
      // Two cores for the same time: what a loaded machine does not change.
      yield againstLimit(named("CPU of all threads"), "s", sum("cpu"), 2 * most);
      yield againstLimit(named("most memory"), "GiB", Math.max(...stages.map(({ peak }) => peak)), GIBIBYTES);
      for (const { stage, cpu } of stages)
        if (cpu > 0.02 * sum("cpu")) yield againstLimit(named(`${stage}, CPU`), "s", cpu, 2 * most);
    }
  },
};

function measured(note: string): readonly LargeStage[] {
  const { stdout, status, signal } = spawnSync(process.execPath, [CHILD, note], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(`${CHILD} ended with ${status ?? signal} after\n${stdout}`);
  if (process.env.HEPTAD_SHOW !== undefined) process.stderr.write(stdout);
  const lines: readonly LargeStage[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return lines.filter(({ stage }) => stage !== undefined);
}
