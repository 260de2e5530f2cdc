/** A paired difference of two runs as the terminal and the studio write it: the verdict, the number with its bounds, and what they rest on. */

import { compareSystems, type SystemVerdict } from "../core/verdict.ts";
import { gapOf, type Pair } from "./numbers.ts";

interface PairedDifference {
  readonly value: number;
  readonly interval: readonly [number, number] | null;
  readonly unit: string;
  readonly n: number | null;
  readonly note: string;
}

export interface PairedWords extends Pair {
  /** Not one request differs: that is more than not told apart. */
  readonly verdict: SystemVerdict | "the same";
  /** How many an interval rests on, or all of which it was the same; empty where neither is known. */
  readonly restsOn: string;
}

export function pairedWords(difference: PairedDifference): PairedWords {
  const { value, interval, n, note } = difference;
  const isSame = value === 0 && interval !== null && interval[0] === 0 && interval[1] === 0;
  const all = isSame ? /\b(?:on|of) all .*$/u.exec(note)?.[0] : undefined;
  return {
    ...gapOf(difference),
    verdict: isSame ? "the same" : compareSystems(difference).verdict,
    restsOn: all ?? (n === null ? "" : `n ${n.toLocaleString("en-US")}`),
  };
}
