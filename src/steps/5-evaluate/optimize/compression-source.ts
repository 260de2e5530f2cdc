/** Where the parts of a system come from that can be made smaller, and how what is left is judged: one source for each form of task. */

import type { Outcome } from "../../../core/outcome.ts";
import type { StageContext, StageRun } from "../../../system/stage.ts";
import type { MeasuredCompression } from "./compression-report.ts";
import type { CompressionEntry } from "./variant.ts";

/** Parts that can be opened in a run; `Parts` is what of the design decides about them. */
export interface CompressionSource<Parts> {
  readonly inputs: readonly string[];
  readonly parts: Parts;
  /** `makeSmaller` with what opens the parts. */
  readonly run: StageRun<CompressionPlan<Parts>>;
}

export interface CompressionPlan<Parts> {
  readonly entries: readonly CompressionEntry[];
  readonly parts: Parts;
}

/** Makes parts smaller and judges each as the whole was judged. */
export interface CompressionBench {
  /** How many different requests or cases there are to serve in turn for the latency. */
  readonly requests: number;
  /** Why the entry is about no part of the system; undefined where there is such a part. */
  lacks(entry: CompressionEntry): string | undefined;
  /** A failure says why the part cannot be made smaller so, or why its clause cannot be held. */
  compress(entry: CompressionEntry): Promise<Outcome<MeasuredCompression>>;
}

/** What a bench may use while it works. */
export type CompressionAccess = Pick<StageContext, "input" | "random" | "environment">;
