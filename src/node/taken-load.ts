/** What a run took of the machine, beside what was said before it began. */

import type { RunLoad } from "../kinds/run-load.ts";
import type { StageOutcome } from "../system/pipeline.ts";
import type { RunRecord } from "../system/run-record.ts";

/**
 * Empty where the run did not do all of its work itself. `seconds` are those of the processor, `heldBefore` the most bytes that the process
 * had held before it began.
 */
export function takenLoad(
  load: Pick<RunLoad, "source" | "bytes" | "seconds"> | undefined,
  outcomes: readonly Pick<StageOutcome, "cached" | "peakBytes">[],
  seconds: number,
  heldBefore: number,
): Pick<RunRecord, "load"> {
  if (load === undefined || outcomes.length === 0 || outcomes.some(({ cached }) => cached)) return {};
  const { source } = load;
  return {
    load: {
      rows: source.rows,
      counted: source.isCounted,
      // The system tells the most that a process ever held, whichever of its runs held it.
      ...(heldBefore > load.bytes
        ? {}
        : { bytes: { said: load.bytes, taken: Math.max(...outcomes.map(({ peakBytes }) => peakBytes)) } }),
      seconds: { said: load.seconds, taken: seconds },
    },
  };
}
