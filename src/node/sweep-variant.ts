/** The process that runs one variant of a sweep: told what to run, it answers with the record or the failure, and ends. */

import { failureOf } from "../core/failure-of.ts";
import type { Failure } from "../core/outcome.ts";
import type { RunRecord } from "../system/run-record.ts";
import { type RunRequest, runDesign } from "./run-design.ts";

/** Sent to the process. */
export type VariantRequest = Pick<RunRequest, "path" | "text" | "dataPath" | "seed" | "threads">;

/** Sent back. `folder` holds the variant's own report. */
export type VariantReply =
  | { readonly ok: true; readonly record: RunRecord; readonly folder: string }
  | { readonly ok: false; readonly failure: Failure };

process.once("message", (request: VariantRequest) => {
  runDesign(request)
    .then(({ record, folder }): VariantReply => ({ ok: true, record, folder }))
    .catch((error: unknown): VariantReply => ({ ok: false, failure: failureOf(error) }))
    .then((reply) => {
      process.send?.(reply, () => process.disconnect());
    });
});
