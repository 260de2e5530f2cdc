/** The version of the program, and of the code that cached results depend on. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** A hash of the source that was built; run from source, the built one's. */
export function codeVersion(): string {
  const stamp = [join(here, "..", "..", "build-stamp.json"), join(here, "..", "..", "dist", "build-stamp.json")].find(
    existsSync,
  );
  if (stamp === undefined) throw new Error("no build stamp: run npm run build");
  const { code } = JSON.parse(readFileSync(stamp, "utf8"));
  return String(code);
}

export function programVersion(): string {
  const manifest = [join(here, "..", "..", "..", "package.json"), join(here, "..", "..", "package.json")].find(
    existsSync,
  );
  const { version } = manifest === undefined ? { version: "unknown" } : JSON.parse(readFileSync(manifest, "utf8"));
  return String(version);
}
