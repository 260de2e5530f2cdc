import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { readBytes, sha256OfBytes, writeBytes } from "./large-bytes.ts";

const bytes = Uint8Array.from({ length: 1000 }, (_, at) => (at * 7) % 251);

it.each([1, 7, 500, 999, 1000, 4096])("in pieces of %d bytes, writes, reads and hashes what it is given", (piece) => {
  const path = join(temporaryFolder(), "column.bin");
  writeBytes(path, bytes, piece);
  expect(new Uint8Array(readFileSync(path))).toEqual(bytes);
  expect(readBytes(path, piece)).toEqual(bytes);
  expect(sha256OfBytes(bytes, piece)).toBe(createHash("sha256").update(bytes).digest("hex"));
});

it("writes over what was longer, and reads nothing of an empty file", () => {
  const path = join(temporaryFolder(), "column.bin");
  writeBytes(path, bytes);
  writeBytes(path, bytes.subarray(0, 3));
  expect(readBytes(path)).toEqual(bytes.slice(0, 3));
  writeBytes(path, new Uint8Array(0));
  expect(readBytes(path).length).toBe(0);
  expect(sha256OfBytes(new Uint8Array(0))).toBe(createHash("sha256").digest("hex"));
});

it("reads into a buffer that begins with the file, so that wide numbers lie where they may", () => {
  const path = join(temporaryFolder(), "column.bin");
  const moments = Float64Array.of(1.5, -2, 1e300);
  writeBytes(path, new Uint8Array(moments.buffer));
  expect(new Float64Array(readBytes(path).buffer)).toEqual(moments);
});
