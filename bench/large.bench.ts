/** A large log of events from Parquet: read as a run reads it, split by time, features counted, in a process of its own on two threads. */

import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { againstLimit, type Benchmark } from "./benchmark.ts";
import { largeEvents } from "./large-events.ts";

/** Set HEPTAD_ROWS=100000000 for the figure of the issue. */
const ROWS = Number(process.env.HEPTAD_ROWS ?? 4_000_000);
/** For a hundred million rows, in seconds; of fewer rows in proportion. */
const SECONDS = 480;
const GIBIBYTES = 6;
const CHILD = join(dirname(fileURLToPath(import.meta.url)), "large-child.js");

/** What one part of the work took: seconds on the clock and of all threads, and the most memory up to its end, in GiB. */
export interface LargePart {
  readonly part: "read" | "split" | "features";
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
}

export const benchmark: Benchmark = {
  name: "large",
  about: `${ROWS.toLocaleString("en-US")} events of 5 columns from Parquet, read, split by time and six features counted, two threads; the limits are for 100M`,
  async *cases({ workFolder }) {
    const folder = join(workFolder, "large");
    mkdirSync(folder, { recursive: true });
    const parts = measured(await largeEvents(folder, ROWS));
    const sum = (of: "wall" | "cpu"): number => parts.reduce((total, one) => total + one[of], 0);
    const most = (SECONDS * ROWS) / 1e8;
    yield againstLimit("wall", "s", sum("wall"), most);
    // Two cores for the same time: what a loaded machine does not change.
    yield againstLimit("CPU of all threads", "s", sum("cpu"), 2 * most);
    for (const { part, wall, cpu, peak } of parts) {
      yield againstLimit(`${part}, wall`, "s", wall, most);
      yield againstLimit(`${part}, CPU`, "s", cpu, 2 * most);
      yield againstLimit(`${part}, most memory so far`, "GiB", peak, GIBIBYTES);
    }
  },
};

function measured(note: string): readonly LargePart[] {
  const { stdout, status } = spawnSync(process.execPath, [CHILD, note], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error(`${CHILD} ended with ${status}`);
  if (process.env.HEPTAD_SHOW !== undefined) process.stderr.write(stdout);
  const lines: readonly LargePart[] = stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  return lines.filter(({ part }) => part !== undefined);
}
