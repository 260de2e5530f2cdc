/** Loads a bundle together with the machine's compiled form of it, which the build leaves beside it: nothing is parsed at each start. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";

export interface CompiledScript {
  /** What the bundle exports. */
  readonly exported: Readonly<Record<string, unknown>>;
  /** Whether a compiled form was there and the engine took it. */
  readonly wasCompiled: boolean;
  /** The compiled form of all that has run up to now, for the next start. */
  readonly compiledForm: () => Buffer;
}

/** Where the compiled form of a bundle lies. */
export function compiledFormOf(path: string): string {
  return `${path}.compiled`;
}

/**
 * Runs a CommonJS bundle. `shared` are modules that the bundle takes from outside, by the name it requires them with. A compiled form
 * of another version of Node is refused by the engine, which then compiles the text as usual.
 */
export function loadCompiled(path: string, shared: Readonly<Record<string, unknown>>): CompiledScript {
  const form = compiledFormOf(path);
  const cachedData = existsSync(form) ? readFileSync(form) : undefined;
  const source = `(exports, require, __filename) => {${readFileSync(path, "utf8")}\n}`;
  const script = new Script(source, { filename: path, cachedData });
  const exported: Record<string, unknown> = {};
  const outside = createRequire(path);
  script.runInThisContext()(exported, (name: string) => shared[name] ?? outside(name), path);
  return { exported, wasCompiled: script.cachedDataRejected === false, compiledForm: () => script.createCachedData() };
}
