/** The checksums of a run's folder: whether its files are what the run wrote. They find slips and edits, and no forger who seals anew. */

import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { writeFileAtomically } from "./atomic-write.ts";

const SEAL = "checksums.json";

export type Seal = "whole" | "altered" | "none";

/** Files that were sealed before and are not given keep their checksums. */
export function writeSeal(folder: string, files: Readonly<Record<string, string | Uint8Array>>): void {
  const sums = Object.entries(files).map(([name, content]) => [name, sha256(content)] as const);
  const all = Object.fromEntries([...(sumsIn(folder) ?? []), ...sums]);
  writeFileAtomically(join(folder, SEAL), `${JSON.stringify(all, null, 2)}\n`);
}

/** Of one file of a run: none where no run has sealed it, as for what `--json` printed. */
export function sealOf(file: string): Seal {
  const sum = sumsIn(dirname(file))?.get(basename(file));
  if (sum === undefined) return "none";
  try {
    return sum === sha256(readFileSync(file)) ? "whole" : "altered";
  } catch {
    return "altered";
  }
}

function sumsIn(folder: string): ReadonlyMap<string, unknown> | undefined {
  try {
    const sums: unknown = JSON.parse(readFileSync(join(folder, SEAL), "utf8"));
    return new Map(Object.entries(sums ?? {}));
  } catch {
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}
