/** How long the candidate takes to decide beside the champion: measured in turns, so that a busy moment of the machine meets both. */

import type { Stopwatch } from "../../../system/environment.ts";
import { measureLatency } from "../../5-evaluate/protocols/measure-latency.ts";
import { momentsOf } from "../../5-evaluate/protocols/moments.ts";
import { compareEstimate } from "../experiment/comparison.ts";

export interface DecisionLatency {
  /** Seconds at p99: the mean over the batches. */
  readonly candidate: number;
  readonly champion: number;
  /** Candidate less champion, with the 95% interval over the batches. */
  readonly difference: number;
  readonly interval: readonly [number, number];
  readonly calls: number;
}

const BATCHES = 10;
const CALLS = 300;

/** `decide` is called with numbers from 0; each side takes every batch in turn. */
export function compareLatency(
  candidate: (call: number) => void,
  champion: (call: number) => void,
  stopwatch: Stopwatch,
): DecisionLatency {
  const both = Array.from({ length: BATCHES }, () => ({
    candidate: measureLatency(CALLS, candidate, stopwatch).p99,
    champion: measureLatency(CALLS, champion, stopwatch).p99,
  }));
  const { n, mean, variance } = momentsOf(both.map((one) => one.candidate - one.champion));
  const meanOf = (side: "candidate" | "champion"): number => momentsOf(both.map((one) => one[side])).mean;
  const { interval } = compareEstimate(mean, Math.sqrt(variance / n), n - 1, 0.95);
  return { candidate: meanOf("candidate"), champion: meanOf("champion"), difference: mean, interval, calls: n * CALLS };
}
