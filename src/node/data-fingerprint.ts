/** What tells the data of a run apart from other data: the contents of its files, or what its world was simulated from. */

import { createHash } from "node:crypto";
import type { PlannedData } from "../kinds/kind.ts";
import { WORLD_VERSION } from "../kinds/world-version.ts";
import { canonicalJson } from "../system/canonical-json.ts";
import type { RunRecord } from "../system/run-record.ts";

/** The data of a record. `kind` names whose world it is. */
export function recordedData(
  { source, fingerprint, simulated, world }: PlannedData,
  kind: string,
  seed: number,
): RunRecord["data"] {
  if (fingerprint !== "" || world === undefined) return { source, fingerprint, simulated };
  const made = canonicalJson({ kind, world, seed, version: WORLD_VERSION });
  return { source, fingerprint: createHash("sha256").update(made).digest("hex"), simulated };
}
