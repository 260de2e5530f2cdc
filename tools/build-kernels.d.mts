/** The types of the kernels' build, for the test that reproduces the committed bytes. */

export declare function kernelNames(): string[];
export declare function generateKernel(name: string): Promise<string>;
export declare function generatedPath(name: string): string;
/** Of everything that the bytes of a kernel depend on, as hexadecimal SHA-256. */
export function fingerprint(name: string): string;
