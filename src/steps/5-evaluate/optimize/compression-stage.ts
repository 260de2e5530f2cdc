/** The stage that makes parts of the system smaller as the note asks, and holds what that costs against the note's clause. */

import type { Plain } from "../../../system/plain-data.ts";
import { NO_FILES, type Stage, type StageResult, stage } from "../../../system/stage.ts";
import { compressionResult, type MeasuredCompression } from "./compression-report.ts";
import type { CompressionAccess, CompressionBench, CompressionPlan, CompressionSource } from "./compression-source.ts";
import { unheardWarning } from "./unheard-fields.ts";
import type { CompressionEntry } from "./variant.ts";

/** Undefined where the note asks for no compression. */
export function compressionStage<Parts>(
  entries: readonly CompressionEntry[],
  source: CompressionSource<Parts> & { readonly parts: Plain<Parts> },
): Stage | undefined {
  if (entries.length === 0) return undefined;
  return stage<CompressionPlan<Parts>>({
    name: "compression",
    step: 5,
    title: "making it smaller",
    inputs: source.inputs,
    data: NO_FILES,
    plan: { entries, parts: source.parts },
    run: source.run,
  });
}

/** Opens the parts, and goes through the entries in the order of the note. */
export async function makeSmaller<Parts>(
  { entries, parts }: CompressionPlan<Parts>,
  access: CompressionAccess,
  open: (parts: Parts, access: CompressionAccess) => Promise<CompressionBench>,
): Promise<StageResult> {
  const bench = await open(parts, access);
  const measured: MeasuredCompression[] = [];
  const warnings: string[] = [];
  for (const entry of entries) {
    const lacking = bench.lacks(entry);
    const unheard = unheardWarning(entry);
    if (lacking !== undefined) warnings.push(lacking);
    else if (unheard !== undefined) warnings.push(unheard);
    if (lacking !== undefined) continue;
    const result = await bench.compress(entry);
    if (result.ok) measured.push(result.value);
    else warnings.push(result.failure.message);
  }
  return compressionResult(measured, warnings, bench.requests, access.environment.stopwatch);
}
