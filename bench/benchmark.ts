/** What a benchmark is: cases that each measure ours and a peer, run in turns by `bench/main.ts`. */

import type { Peer } from "./peer.ts";

/** One comparison. Both sides are called in turns, and the medians are compared. */
export interface BenchmarkCase {
  readonly case: string;
  readonly peerName: string;
  /** Of what `ours` and `peer` return, such as `s` or `queries/s`. */
  readonly unit: string;
  /** How often each side is measured. Default 5. */
  readonly runs?: number;
  /** What the ratio ours/peer should be, in words: `<= 0.5`. */
  readonly target?: string;
  ours(): Promise<number> | number;
  peer(): Promise<number> | number;
}

/** What a benchmark may use. */
export interface BenchmarkEnvironment {
  /** A folder for generated data, kept between runs and never committed. */
  readonly workFolder: string;
  /** Starts a Python peer of `bench/peers`; it ends with the benchmark. */
  startPeer(script: string, variables?: Readonly<Record<string, string>>): Peer;
}

export interface Benchmark {
  readonly name: string;
  /** One sentence: what is compared, on which data, with how many threads. */
  readonly about: string;
  /** Yields its cases one after the other, so that each can free what it used before the next is prepared. */
  cases(environment: BenchmarkEnvironment): AsyncIterable<BenchmarkCase> | Iterable<BenchmarkCase>;
}

/** One line of `--json`. `ratio` is ours over the peer's, of medians of interleaved runs. */
export interface BenchmarkResult {
  readonly name: string;
  readonly case: string;
  readonly ours: number;
  readonly peer: number;
  readonly peerName: string;
  readonly ratio: number;
  readonly unit: string;
  readonly runs: number;
  readonly machine: string;
}

/** Seconds that a piece of work takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}

/** What was measured once, held against the most that it may be. */
export function againstLimit(name: string, unit: string, ours: number, most: number): BenchmarkCase {
  return { case: name, unit, peerName: "the limit", runs: 1, target: "<= 1", ours: () => ours, peer: () => most };
}
