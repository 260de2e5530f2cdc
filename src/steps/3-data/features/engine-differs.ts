/** The failure of a run whose engine elsewhere does not answer as this machine does. */

import { FailureError } from "../../../core/outcome.ts";

/** Always throws: an answer that differs in one place is trusted in none. */
export function engineDiffers(engine: string, what: string): never {
  throw new FailureError({
    code: "engine-differs",
    message: `${engine} does not answer as this machine does: ${what}`,
    where: "--engine",
    fix: "nothing of its answer is used; run without an engine, and report the engine's version",
  });
}
