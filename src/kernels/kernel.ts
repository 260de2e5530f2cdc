/** A kernel as it is committed: its binary as text, compiled once per process when first used. */

import { compileKernel, decodeBase64, type KernelModule } from "./webassembly.ts";

/** What `tools/build-kernels.mjs` writes for each source in `assembly/`. */
export interface KernelBinary {
  readonly name: string;
  readonly base64: string;
  /** Where the memory import says whether memory is shared: the one byte in which the two variants differ. */
  readonly sharedFlagAt: number;
}

const PLAIN = 1;
const SHARED = 3;
const compiled = new Map<string, KernelModule>();

/** The compiled kernel, for plain memory or for memory shared among threads. */
export function loadKernel(binary: KernelBinary, shared: boolean): KernelModule {
  const key = `${binary.name} ${shared ? "shared" : "plain"}`;
  const known = compiled.get(key);
  if (known !== undefined) return known;
  const bytes = decodeBase64(binary.base64);
  bytes[binary.sharedFlagAt] = shared ? SHARED : PLAIN;
  const module = compileKernel(bytes);
  compiled.set(key, module);
  return module;
}
