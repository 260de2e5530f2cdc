/** The one file that touches WebAssembly: the few calls the kernels need, typed here because the pure zones have no platform types. */

/** Compiled code. Can be posted to a worker. */
export interface KernelModule {
  readonly __kernelModule?: never;
}

/** Linear memory. Shared memory can be posted to a worker, and both see the same bytes. */
export interface KernelMemory {
  readonly buffer: ArrayBufferLike;
}

/** A kernel's functions: numbers in, a number or nothing out. */
export type KernelExports = Readonly<Record<string, (...parameters: number[]) => number>>;

declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => KernelModule;
  readonly Memory: new (limits: { initial: number; maximum: number; shared?: boolean }) => KernelMemory;
  readonly Instance: new (
    module: KernelModule,
    imports: { readonly env: { readonly memory: KernelMemory } },
  ) => { readonly exports: KernelExports };
  validate(bytes: Uint8Array): boolean;
};
declare const atob: (base64: string) => string;

const PAGE = 65_536;
/** What 32-bit addresses reach. */
export const MOST_KERNEL_BYTES = 4 * 1024 ** 3;

/** Whether this engine accepts the given binary; false where there is no WebAssembly at all. */
export function accepts(bytes: Uint8Array): boolean {
  return typeof WebAssembly === "object" ? WebAssembly.validate(bytes) : false;
}

/** Compiles at once. Kernels are a few kilobytes, far below the size from which browsers insist on doing it in the background. */
export function compileKernel(bytes: Uint8Array): KernelModule {
  return new WebAssembly.Module(bytes);
}

/** Zeroed memory of at least `bytes`; it never grows. Throws when more than the 4 GiB that 32-bit addresses reach is asked for. */
export function createMemory(bytes: number, shared: boolean): KernelMemory {
  if (bytes > MOST_KERNEL_BYTES) {
    const asked = (bytes / 1024 ** 3).toFixed(1);
    throw new RangeError(
      `the kernel needs ${asked} GiB and WebAssembly reaches 4 GiB; use fewer rows or fewer factors`,
    );
  }
  const pages = Math.max(1, Math.ceil(bytes / PAGE));
  return new WebAssembly.Memory({ initial: pages, maximum: pages, shared });
}

/** The kernel's functions over that memory. */
export function instantiateKernel(module: KernelModule, memory: KernelMemory): KernelExports {
  return new WebAssembly.Instance(module, { env: { memory } }).exports;
}

/** Bytes of a base64 text. */
export function decodeBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
