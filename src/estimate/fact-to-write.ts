/** How a fact that an estimate lacks is to be typed into the note. */

import { nestedFact } from "../core/nested-fact.ts";

/** A missing fact as it is to be typed. */
export interface FactToWrite {
  /** `latency: { p99: 100 ms }`, where its key reads `1.latency.p99`. */
  readonly fact: string;
  /** The section of the note that it belongs in; absent where the key leads through a list, and `fact` is the key itself. */
  readonly section?: number;
}

export function factToWrite(key: string, example: string): FactToWrite {
  const [step, ...names] = key.split(".");
  const last = names.pop();
  if (!/^[1-7]$/u.test(step) || last === undefined || key.includes("[")) return { fact: `${key}: ${example}` };
  return { fact: nestedFact(names, `${last}: ${example}`), section: Number(step) };
}
