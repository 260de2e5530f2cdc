/** The version of the program, and of the code that cached results depend on. */

import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { FailureError } from "../core/outcome.ts";

const here = dirname(fileURLToPath(import.meta.url));

/**
 * A hash of the source that was built and of the packages it was built with; run from source, the built one's. The engine's version counts
 * too: functions such as `Math.exp` may differ in the last bit from one to the next.
 */
export function codeVersion(): string {
  const stamp = [join(here, "..", "..", "build-stamp.json"), join(here, "..", "..", "dist", "build-stamp.json")].find(
    existsSync,
  );
  if (stamp === undefined) {
    throw new FailureError({
      code: "not-built",
      message: "the program was not built whole: its build stamp is missing",
      where: dirname(dirname(here)),
      fix: "install it anew; in a checkout, npm run build",
    });
  }
  const { code } = JSON.parse(readFileSync(stamp, "utf8"));
  return `${code}-v8.${process.versions.v8.replaceAll(/[^\d.]/gu, "")}-${process.arch}`;
}

export function programVersion(): string {
  const manifest = [join(here, "..", "..", "..", "package.json"), join(here, "..", "..", "package.json")].find(
    existsSync,
  );
  const { version } = manifest === undefined ? { version: "unknown" } : JSON.parse(readFileSync(manifest, "utf8"));
  return String(version);
}
