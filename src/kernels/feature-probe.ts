/** What this engine's WebAssembly can do: the one place that asks. */

import { accepts } from "./webassembly.ts";

/** How a kernel computes: 128-bit SIMD, or the scalar twin in plain TypeScript. */
export type KernelPath = "simd" | "scalar";

/** (module (func (result v128) i32.const 0 i8x16.splat)): valid only where SIMD is. */
const SIMD = Uint8Array.of(
  ...[0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, 8, 1, 6, 0, 0x41, 0, 0xfd, 15, 0x0b],
);

let known: KernelPath | undefined;

/** The path kernels take here. Every WebAssembly engine since 2023 has SIMD; anything older gets the scalar twins. */
export function probeKernelPath(): KernelPath {
  known ??= accepts(SIMD) ? "simd" : "scalar";
  return known;
}
