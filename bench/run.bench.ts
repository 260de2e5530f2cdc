/** Whole runs of the reference design on MovieLens 100k from an empty cache, and how soon the program answers. */

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type RunRecord, runRecordSchema } from "../src/system/run-record.ts";
import { againstLimit, type Benchmark, timed } from "./benchmark.ts";

const DATA = resolve("..", "shared", "data", "ml-100k");
const PROGRAM = resolve("bin", "heptad.js");

export const benchmark: Benchmark = {
  name: "run",
  about:
    "a cold run of designs/movie-recommendations.md on MovieLens 100k, 2 threads; two stages against one; heptad --help",
  *cases() {
    yield {
      case: "heptad --help",
      unit: "s",
      peerName: "node -e 0",
      runs: 15,
      target: "<= 1.5",
      ours: () => timed(() => spawnSync(process.execPath, [PROGRAM, "--help"])),
      peer: () => timed(() => spawnSync(process.execPath, ["-e", "0"])),
    };
    if (!existsSync(DATA)) {
      process.stderr.write(`no ${DATA}: nothing to run\n`);
      return;
    }
    const started = performance.now();
    const record = coldRun();
    const seconds = (performance.now() - started) / 1000;
    const peak = Math.max(...record.steps.map(({ peakBytes }) => peakBytes)) / 2 ** 30;
    yield againstLimit("cold run", "s", seconds, 40);
    yield againstLimit("cold run, peak memory", "GiB", peak, 1.5);
    yield* quality(record);
  },
};

/** Into a folder of its own, so that no result is known and none is left. */
function coldRun(): RunRecord {
  const folder = mkdtempSync(join(tmpdir(), "heptad-bench-"));
  try {
    const note = join(folder, "movie-recommendations.md");
    copyFileSync(join("designs", "movie-recommendations.md"), note);
    writeFileSync(join(folder, "heptad.yaml"), "");
    const args = [PROGRAM, "run", note, "--data", DATA, "--threads", "2", "--json"];
    const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: "utf8", maxBuffer: 2 ** 28 });
    if (status !== 0) throw new Error(stderr);
    return runRecordSchema.parse(JSON.parse(stdout));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The two-stage system beside what it has to beat; the paired interval stands in the case's name. */
function* quality({ figures }: RunRecord) {
  const find = (subject: string, slice: string) =>
    figures.find((one) => one.name === "ndcg@10" && one.subject === subject && one.slice === slice);
  const rivals = [
    ["item-knn", "all"],
    ["baseline", "first events after the cut"],
    ["baseline", "no history at all"],
  ] as const;
  for (const [rival, slice] of rivals) {
    const [ours, peer, paired] = [find("two-stage", slice), find(rival, slice), find(`${rival} vs two-stage`, slice)];
    if (ours === undefined || peer === undefined) continue;
    const [low, high] = paired?.interval ?? [Number.NaN, Number.NaN];
    yield {
      case: `two-stage, ${slice}, paired [${low.toFixed(4)}, ${high.toFixed(4)}]`,
      unit: "ndcg@10",
      peerName: rival,
      runs: 1,
      ours: () => ours.value,
      peer: () => peer.value,
    };
  }
}
