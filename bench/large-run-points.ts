/** What whole runs of large logs took, as it is kept beside the benchmark: a point for each number of events. */

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism, totalmem } from "node:os";

/** What one stage took: seconds on the clock and of all threads, and the most memory up to its end, in GiB. */
export interface LargeStage {
  readonly stage: string;
  readonly wall: number;
  readonly cpu: number;
  readonly peak: number;
}

export interface LargePoint {
  readonly events: number;
  /** The day it was measured. */
  readonly date: string;
  readonly machine: string;
  /** Seconds of all threads, on the clock, and of the stages that take most of them. */
  readonly cpu: number;
  readonly wall: number;
  readonly stages: Readonly<Record<string, number>>;
  /** GiB. */
  readonly memory: number;
}

export const LARGE_POINTS = "bench/kept/large-run.json";

/** Ascending by their events. */
export function largePoints(path = LARGE_POINTS): readonly LargePoint[] {
  if (!existsSync(path)) return [];
  const points: readonly LargePoint[] = JSON.parse(readFileSync(path, "utf8"));
  return points.toSorted((a, b) => a.events - b.events);
}

/** Puts a point in place of the one of as many events. */
export function keepPoint(point: LargePoint, path = LARGE_POINTS): void {
  const others = largePoints(path).filter(({ events }) => events !== point.events);
  const points = [...others, point].toSorted((a, b) => a.events - b.events);
  writeFileSync(path, `${JSON.stringify(points, null, 2)}\n`);
}

/** Stages that take less are not kept by name. */
const SMALL_SHARE = 0.01;

export function pointOf(events: number, stages: readonly LargeStage[], now = new Date()): LargePoint {
  const sum = (of: "wall" | "cpu"): number => stages.reduce((total, one) => total + one[of], 0);
  const cpu = sum("cpu");
  const large = stages.filter((one) => one.cpu > SMALL_SHARE * cpu);
  return {
    events,
    date: now.toISOString().slice(0, 10),
    machine: `${availableParallelism()} cores, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    cpu: rounded(cpu),
    wall: rounded(sum("wall")),
    stages: Object.fromEntries(large.map((one) => [one.stage, rounded(one.cpu)])),
    memory: rounded(Math.max(...stages.map(({ peak }) => peak))),
  };
}

/** Three digits: more are not the same twice. */
function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
