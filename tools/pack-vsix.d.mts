/** The types of the extension's packer, for its test. */

export declare function packVsix(version: string): Promise<Uint8Array>;
