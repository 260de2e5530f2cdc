/** Loads a bundle together with the machine's compiled form of it, which the build leaves beside it: nothing is parsed at each start. */

import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Script } from "node:vm";
import { crc32 } from "node:zlib";

export interface CompiledScript {
  /** What the bundle exports. */
  readonly exported: Readonly<Record<string, unknown>>;
  /** Whether a compiled form was there and the engine took it. */
  readonly wasCompiled: boolean;
  /** The compiled form of all that has run up to now, sealed for the next start. */
  readonly compiledForm: () => Buffer;
}

/** Where the compiled form of a bundle lies. */
export function compiledFormOf(path: string): string {
  return `${path}.compiled`;
}

/**
 * Runs a CommonJS bundle. `shared` are modules that the bundle takes from outside, by the name it requires them with. A compiled form
 * of another version of Node is refused by the engine, which then compiles the text as usual; one that is damaged or of another text is
 * never shown to the engine, which trusts its bytes.
 */
export function loadCompiled(path: string, shared: Readonly<Record<string, unknown>>): CompiledScript {
  const form = compiledFormOf(path);
  const text = readFileSync(path, "utf8");
  const cachedData = existsSync(form) ? unseal(readFileSync(form), text) : undefined;
  const source = `(exports, require, __filename) => {${text}\n}`;
  const script = new Script(source, { filename: path, cachedData });
  const exported: Record<string, unknown> = {};
  const outside = createRequire(path);
  const require = (name: string): unknown =>
    shared[name] ?? (SELDOM_USED.has(name) ? whenUsed(() => outside(name)) : outside(name));
  script.runInThisContext()(exported, require, path);
  const compiledForm = (): Buffer => seal(script.createCachedData(), text);
  return { exported, wasCompiled: script.cachedDataRejected === false, compiledForm };
}

/** Node's own modules that take milliseconds to open, and that most starts do without. */
const SELDOM_USED: ReadonlySet<string> = new Set(["node:child_process", "node:crypto", "node:worker_threads"]);

/** Stands for a module that is opened when something of it is asked for. */
function whenUsed(open: () => object): object {
  return new Proxy({}, { get: (_, key): unknown => Reflect.get(open(), key) });
}

/** Checksums of the text and of the compiled bytes go before them: the engine itself looks at the length of the text alone. */
const SEAL_BYTES = 8;

function seal(compiled: Buffer, text: string): Buffer {
  const sealed = Buffer.alloc(SEAL_BYTES + compiled.length);
  sealed.writeUInt32LE(crc32(text), 0);
  sealed.writeUInt32LE(crc32(compiled), 4);
  compiled.copy(sealed, SEAL_BYTES);
  return sealed;
}

function unseal(sealed: Buffer, text: string): Buffer | undefined {
  if (sealed.length <= SEAL_BYTES) return undefined;
  const compiled = sealed.subarray(SEAL_BYTES);
  const isWhole = sealed.readUInt32LE(0) === crc32(text) && sealed.readUInt32LE(4) === crc32(compiled);
  return isWhole ? compiled : undefined;
}
