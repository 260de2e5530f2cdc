/** Checksums of what was read of a table's data: rows that were changed count as many as before, and give other figures. */

import { createHash } from "node:crypto";
import { FailureError } from "../../core/outcome.ts";
import type { NumericColumn } from "../../core/table.ts";

/** SHA-256 in hexadecimal, by the names that a table's `data` has. */
export type DataChecksums = Readonly<Record<string, string>>;

/** Of lines whose order says nothing. */
export function checksumOfLines(lines: readonly string[]): string {
  const hash = createHash("sha256");
  for (const line of [...lines].sort()) hash.update(`${line}\n`);
  return hash.digest("hex");
}

/** Of columns in the order of their rows, each by its bytes as they stand in memory. */
export function checksumOfColumns(columns: readonly NumericColumn[]): string {
  const hash = createHash("sha256");
  for (const column of columns) {
    hash.update(`${column.length} of ${column.BYTES_PER_ELEMENT} bytes\n`);
    hash.update(new Uint8Array(column.buffer, column.byteOffset, column.byteLength));
  }
  return hash.digest("hex");
}

/** Of photos of one size with their labels, whose order says nothing. */
export function checksumOfPhotos(pixels: Uint8Array, labels: Uint8Array): string {
  const size = pixels.length / Math.max(1, labels.length);
  return checksumOfLines(
    Array.from(labels, (label, at) => {
      const own = createHash("sha256").update(pixels.subarray(at * size, (at + 1) * size));
      return `${label} ${own.digest("hex")}`;
    }),
  );
}

/** Throws a `FailureError` where one of the published checksums was found to be another. */
export function refuseChangedData(
  found: DataChecksums,
  published: DataChecksums,
  fileOf: (name: string) => string,
): void {
  const others = Object.entries(found).filter(
    ([name, checksum]) => Object.hasOwn(published, name) && published[name] !== checksum,
  );
  if (others.length === 0) return;
  const told = others.map(
    ([name, checksum]) => `${name}: SHA-256 of its rows ${checksum}, published ${published[name]}`,
  );
  throw new FailureError({
    code: "other-data",
    message: `this is not the data that the table was published on, though it has as many rows (${told.join("; ")}): figures of other data say nothing beside its rows`,
    where: others.map(([name]) => fileOf(name)).join(", "),
    fix: "take every file as its source publishes it, and change none of its rows; `heptad tune` and `heptad run` work on data of your own",
  });
}
