/** The version of the program, and of all that kept results depend on: its code, its packages, its engine. */

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
  return manifest().version;
}

/** All that a kept result depends on besides what its stage reads: the code, the packages it calls, and the engine's arithmetic. */
export function resultVersion(): string {
  return resultVersionOf(codeVersion(), manifest().dependencies, process.versions.node);
}

/** `dependencies` are exact versions by name; of Node the major version counts, because results may follow V8's `Math`. */
export function resultVersionOf(code: string, dependencies: Readonly<Record<string, string>>, node: string): string {
  const packages = Object.entries(dependencies)
    .filter(([name]) => !NEVER_IN_A_RESULT.has(name))
    .map(([name, version]) => `${name}@${version}`)
    .sort();
  return [code, `node@${node.split(".")[0]}`, ...packages].join(" ");
}

/** Packages that only talk to people, to other programs or to the page. One that is not named here counts, so a new one is safe. */
const NEVER_IN_A_RESULT: ReadonlySet<string> = new Set([
  "@clack/prompts",
  "@modelcontextprotocol/sdk",
  "@myriaddreamin/typst-ts-node-compiler",
  "@observablehq/plot",
  "commander",
  "fastify",
  "linkedom",
  "minisearch",
  "pagefind",
  "prom-client",
  "remark-gfm",
  "remark-math",
  "sql.js",
  "temml",
  "ts-fsrs",
  "vscode-languageserver",
  "vscode-languageserver-textdocument",
]);

interface Manifest {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
}

function manifest(): Manifest {
  const file = [join(here, "..", "..", "..", "package.json"), join(here, "..", "..", "package.json")].find(existsSync);
  if (file === undefined) return { version: "unknown", dependencies: {} };
  const { version, dependencies } = JSON.parse(readFileSync(file, "utf8"));
  return { version: String(version), dependencies: dependencies ?? {} };
}
