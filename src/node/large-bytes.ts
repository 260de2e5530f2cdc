/** Files and hashes of more bytes than one call takes: Node's end at 2 GiB, a column of 300 million moments is more. */

import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, writeSync } from "node:fs";

/** Bytes of one call. */
const PIECE = 2 ** 30;

/** SHA-256, in hexadecimal. */
export function sha256OfBytes(bytes: Uint8Array, piece = PIECE): string {
  const hash = createHash("sha256");
  for (let from = 0; from < bytes.length; from += piece) hash.update(bytes.subarray(from, from + piece));
  return hash.digest("hex");
}

export function writeBytes(path: string, bytes: Uint8Array, piece = PIECE): void {
  const file = openSync(path, "w");
  try {
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, Math.min(piece, bytes.length - done));
  } finally {
    closeSync(file);
  }
}

/** All of a file, in a buffer of its own. */
export function readBytes(path: string, piece = PIECE): Uint8Array<ArrayBuffer> {
  const file = openSync(path, "r");
  try {
    const bytes = new Uint8Array(fstatSync(file).size);
    for (let done = 0; done < bytes.length; ) {
      const read = readSync(file, bytes, done, Math.min(piece, bytes.length - done), done);
      // It was cut short meanwhile: what is there is not what its name says, and its reader finds out.
      if (read === 0) return bytes.slice(0, done);
      done += read;
    }
    return bytes;
  } finally {
    closeSync(file);
  }
}
