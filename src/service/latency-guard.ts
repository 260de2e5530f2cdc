/** A guardrail on a high percentile of the answers' latency, by bounds that hold at every look. Pure. */

import { alwaysValid } from "../steps/6-deploy/experiment/always-valid.ts";
import { createRatioTally, type RatioTally } from "../steps/6-deploy/rollout/ratio-tally.ts";
import { sortedQuantile } from "./load/sorted-quantile.ts";

export interface LatencyGuardPlan {
  /** 0.99 for p99. */
  readonly rank: number;
  /** Seconds that the treated arm's percentile may be above the control's. */
  readonly margin: number;
  /** Error of the guardrail over all looks. */
  readonly alpha: number;
  /** Units with a tally of their own. */
  readonly units: number;
}

/** Shares of the control's answers slower than `control.limit`, and of the treated ones slower than `treated.limit`; seconds. */
export interface LatencyReading {
  readonly control: { readonly limit: number; readonly slower: number };
  readonly treated: { readonly limit: number; readonly slower: number };
}

export interface LatencyGuard {
  /** `side` is 0 for the control. */
  add(side: number, unit: number, seconds: number): void;
  /** Undefined until there are answers enough. */
  read(): LatencyReading | undefined;
  /** The reading where the treated arm's percentile is certainly above the control's by more than the margin. */
  harm(): LatencyReading | undefined;
}

/** Answers of the control that the thresholds are set by; they are counted no more afterwards. */
const REFERENCE = 1000;
/** The size of effect that the test is quickest at: a share of answers. Chosen before any answer was seen. */
const TAU = 0.02;

/**
 * No percentile has a bound of its own here; shares beyond a threshold have. For any threshold c that is fixed before the answers that are
 * counted: where fewer than 1 - rank of the control's answers are slower than c, its percentile is below c; where more than that of the treated
 * ones are slower than c + margin, theirs is above. Both certain at once, the percentiles differ by more than the margin. Each bound
 * errs on its side with half of alpha. c is what half of 1 - rank of the control's first answers were slower than: the control stays
 * below it with room to spare.
 */
export function openLatencyGuard({ rank, margin, alpha, units }: LatencyGuardPlan): LatencyGuard {
  const share = 1 - rank;
  const first: number[] = [];
  const tallies = [createRatioTally(units), createRatioTally(units)];
  let limits: readonly [number, number] | undefined;
  const read = (): LatencyReading | undefined => {
    const [a, b] = tallies.map((tally) => tally.read());
    if (limits === undefined || a === undefined || b === undefined) return undefined;
    return { control: { limit: limits[0], slower: a.ratio }, treated: { limit: limits[1], slower: b.ratio } };
  };
  return {
    add(side, unit, seconds) {
      if (limits !== undefined) tallies[side].add(unit, Number(seconds > limits[side]), 1);
      else if (side === 0 && first.push(seconds) >= REFERENCE) {
        first.sort((a, b) => a - b);
        const limit = sortedQuantile(first, 1 - share / 2);
        limits = [limit, limit + margin];
      }
    },
    read,
    harm() {
      const [control, treated] = tallies.map((tally) => boundsOf(tally, share, alpha));
      return control !== undefined && treated !== undefined && control[1] < 0 && treated[0] > 0 ? read() : undefined;
    },
  };
}

/** Of how much more than `share` of the answers are beyond their threshold. */
function boundsOf(tally: RatioTally, share: number, alpha: number): readonly [number, number] | undefined {
  const now = tally.read();
  if (now === undefined) return undefined;
  const read = alwaysValid([{ effect: now.ratio - share, standardError: Math.sqrt(now.variance) }], TAU, alpha);
  return read.ok ? read.value[0].interval : undefined;
}
