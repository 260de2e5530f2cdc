/** Whether an experiment was stopped, and why: remembered over restarts. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../node/atomic-write.ts";

export interface ExperimentSwitch {
  /** Why the experiment of this salt was stopped; undefined while it runs. What stopped another one does not stop this. */
  stopped(salt: string): string | undefined;
  stop(salt: string, reason: string): void;
}

export const stoppedSchema = z.strictObject({ format: z.literal(1), salt: z.string(), stopped: z.string() });

/** Remembers it in a file. */
export function openExperimentSwitch(path: string): ExperimentSwitch {
  let kept = existsSync(path) ? stoppedSchema.parse(JSON.parse(readFileSync(path, "utf8"))) : undefined;
  return {
    stopped: (salt) => (kept?.salt === salt ? kept.stopped : undefined),
    stop(salt, stopped) {
      kept = { format: 1, salt, stopped };
      writeFileAtomically(path, JSON.stringify(kept, null, 2));
    },
  };
}
