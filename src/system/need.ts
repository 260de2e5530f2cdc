/** What a part of a run needs of a machine, and the refusal of what no machine of this size can do, with the sum that shows it. */

import { formatNumber, formatValue } from "../core/format-figure.ts";
import { type Failure, FailureError } from "../core/outcome.ts";

/** What there is to run on. */
export interface Machine {
  /** Bytes that the process may come to hold. */
  readonly memory: number;
  readonly cores: number;
}

/** What one part of a run needs at least: what it cannot be done with less than. */
export interface Need {
  /** `als with 4,096 factors`. */
  readonly part: string;
  /** Bytes held at once. */
  readonly bytes: number;
  /** How the bytes come about: `1,020,000 vectors of 4,096 numbers of 4 bytes`. */
  readonly bytesSum: string;
  /** Multiplications, or steps as small. */
  readonly operations: number;
  readonly operationsSum: string;
  /** The fact of the note that asks for it. */
  readonly where: string;
  /** What to write instead. */
  readonly fix: string;
}

/** Operations a second of one core that nothing here reaches: what is refused by it is out of reach. Matrix products measure 3e10 to 4.5e10. */
const MOST_OPERATIONS = 1e11;
/** A run that cannot end sooner than this is a slip of the note. */
const LONGEST_SECONDS = 7 * 86_400;

/** Why this cannot be done on the machine; undefined where it may be. */
export function whyImpossible(need: Need, { memory, cores }: Machine): Failure | undefined {
  const { part, bytes, operations, where, fix } = need;
  if (bytes > memory) {
    return {
      code: "does-not-fit",
      message: `${part} does not fit: ${need.bytesSum} are ${written(bytes)}, and this machine has ${written(memory)}`,
      where,
      fix,
    };
  }
  const seconds = operations / (MOST_OPERATIONS * cores);
  if (seconds <= LONGEST_SECONDS) return undefined;
  return {
    code: "takes-too-long",
    message: `${part} would not end: ${need.operationsSum} are ${operations.toExponential(1).replace("e+", "e")} operations, ${formatNumber(seconds / 86_400, 3)} days on ${formatNumber(cores)} cores at ${MOST_OPERATIONS.toExponential(0).replace("e+", "e")} a second each, which nothing here reaches`,
    where,
    fix,
  };
}

/** Throws a `FailureError` for the first need that the machine cannot meet. */
export function checkNeeds(needs: readonly Need[], machine: Machine | undefined): void {
  if (machine === undefined) return;
  for (const need of needs) {
    const failure = whyImpossible(need, machine);
    if (failure !== undefined) throw new FailureError(failure);
  }
}

function written(bytes: number): string {
  return formatValue({ value: bytes, unit: "B" });
}
