/** Whether an experiment was stopped, and why: remembered over restarts. */

import { existsSync, readFileSync } from "node:fs";
import { z } from "zod";
import { writeFileAtomically } from "../node/atomic-write.ts";
import { FORMAT, readKept } from "./kept-json.ts";

export interface ExperimentSwitch {
  /** Why the experiment of this salt was stopped; undefined while it runs. What stopped another one does not stop this. */
  stopped(salt: string): string | undefined;
  stop(salt: string, reason: string): void;
}

/** By which salt an experiment is known, and why it was stopped. */
export interface Stopped {
  readonly salt: string;
  readonly stopped: string;
}

const stoppedSchema = z.looseObject({ format: z.literal(FORMAT), salt: z.string(), stopped: z.string() });

/** Throws a `FailureError` for what is not what was written. */
export function readStopped(text: string, where: string): Stopped {
  return readKept(text, stoppedSchema, {
    code: "damaged-switch",
    message: "whether the experiment was stopped cannot be read",
    where,
    fix: "remove it where the experiment shall go on, or put a copy in its place",
  });
}

export function stoppedText({ salt, stopped }: Stopped): string {
  return JSON.stringify({ format: FORMAT, salt, stopped }, null, 2);
}

/** Remembers it in a file. */
export function openExperimentSwitch(path: string): ExperimentSwitch {
  let kept = existsSync(path) ? readStopped(readFileSync(path, "utf8"), path) : undefined;
  return {
    stopped: (salt) => (kept?.salt === salt ? kept.stopped : undefined),
    stop(salt, stopped) {
      kept = { salt, stopped };
      writeFileAtomically(path, stoppedText(kept));
    },
  };
}
