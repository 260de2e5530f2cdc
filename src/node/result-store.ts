/** Results of stages on disk: a folder per key, columns named by their content, and a manifest that is renamed into place last. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FailureError } from "../core/outcome.ts";
import type { Column } from "../core/table.ts";
import type { ResultStore } from "../system/result-store.ts";
import type { StageResult } from "../system/stage.ts";
import { renamePatiently, temporaryName } from "./atomic-write.ts";
import { holdCache } from "./cache-lease.ts";
import { isOurs, makeRoom } from "./cache-room.ts";
import { readBytes, sha256OfBytes, writeBytes } from "./large-bytes.ts";
import { makeFolder } from "./make-folder.ts";

const MANIFEST = "result.json";
/** Columns that no manifest names any more stay this long: a run that opened the older result may still read them. */
const STALE_SECONDS = 3600;

const COLUMN_TYPES = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  uint32: Uint32Array,
  uint8: Uint8Array,
} as const;

type ColumnType = keyof typeof COLUMN_TYPES | "text";

interface ColumnEntry {
  readonly name: string;
  /** Named for the content's SHA-256: what is read under this name is what was written, or is refused. */
  readonly file: string;
  readonly type: ColumnType;
}

type Manifest = Omit<StageResult, "arrays"> & { readonly columns: readonly ColumnEntry[] };

export interface DiskStoreOptions {
  /** When the store grows past this, what was used longest ago goes. */
  readonly limitBytes?: number;
  /** Told of a kept result that is not what was written; the run makes it anew. */
  readonly onDamage?: (message: string) => void;
}

/** One gigabyte: some thirty runs of the reference designs. */
export const DEFAULT_LIMIT_BYTES = 1e9;

/** A store in `folder`, which is made when needed. */
export function createDiskStore(folder: string, options: DiskStoreOptions = {}): ResultStore {
  const { limitBytes = DEFAULT_LIMIT_BYTES, onDamage = () => undefined } = options;
  // What this process has read or written is never removed to make room: it may be read again.
  const inUse = (): Set<string> => holdCache(folder, limitBytes);
  return {
    async read(key) {
      const target = join(folder, key);
      const read = readResult(target);
      if (typeof read === "string") onDamage(`a kept result is damaged (${read} in ${target}); it is made anew`);
      else if (read !== undefined) inUse().add(key);
      return typeof read === "string" ? undefined : read;
    },
    async write(key, result) {
      makeFolder(folder);
      inUse().add(key);
      writeResult(join(folder, key), result);
      makeRoom(folder, limitBytes, { inUse: inUse() });
    },
  };
}

function writeResult(target: string, { arrays, ...rest }: StageResult): void {
  makeFolder(target);
  const columns = Object.entries(arrays).map(([name, column]): ColumnEntry => {
    const type = columnType(column);
    const bytes = encode(column);
    const file = `${sha256OfBytes(bytes)}.${type === "text" ? "json" : "bin"}`;
    put(target, file, bytes);
    return { name, file, type };
  });
  const text = JSON.stringify({ ...rest, columns } satisfies Manifest);
  put(target, MANIFEST, `${sha256(text)}\n${text}`);
  dropStrays(target, new Set(columns.map(({ file }) => file)));
}

/**
 * Under a name of its own, then renamed: two runs of one note may write the same result at once. Not flushed: a run waited a quarter of its
 * time for the disk, and what a power cut takes is not what its name says, so it is made anew.
 */
function put(folder: string, name: string, content: string | Uint8Array): void {
  const temporary = temporaryName(join(folder, name));
  try {
    if (typeof content === "string") writeFileSync(temporary, content);
    else writeBytes(temporary, content);
    renamePatiently(temporary, join(folder, name));
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function dropStrays(target: string, named: ReadonlySet<string>): void {
  for (const file of readdirSync(target)) {
    if (file === MANIFEST || named.has(file)) continue;
    const path = join(target, file);
    try {
      if (Date.now() - statSync(path).mtimeMs > STALE_SECONDS * 1000) rmSync(path, { force: true });
    } catch {
      // Another process has just removed it.
    }
  }
}

/** The result; undefined where there is none, and what is wrong where it is not what was written. */
function readResult(target: string): StageResult | string | undefined {
  let text: string;
  try {
    text = readFileSync(join(target, MANIFEST), "utf8");
  } catch (error) {
    return isOurs(target) && !isMissing(error) ? `${MANIFEST} cannot be read` : undefined;
  }
  const manifest = parseManifest(text);
  if (manifest === undefined) return `${MANIFEST} is not what was written`;
  const { columns, ...rest } = manifest;
  // All columns are held against their names at once: a run must not find out half-way that what it counted on is gone.
  const damaged = columns.find(({ file }) => readColumn(target, file) === undefined);
  if (damaged !== undefined) return `\`${damaged.name}\` is not what was written`;
  try {
    utimesSync(target, new Date(), new Date());
  } catch {
    // A cache that may not be written to can still be read.
  }
  const arrays: Record<string, Column> = {};
  for (const { name, file, type } of columns) {
    let column: Column | undefined;
    Object.defineProperty(arrays, name, {
      enumerable: true,
      get: () => {
        column ??= decode(readColumn(target, file) ?? changed(target), type);
        return column;
      },
    });
  }
  return { ...rest, arrays };
}

function parseManifest(text: string): Manifest | undefined {
  const end = text.indexOf("\n");
  const body = text.slice(end + 1);
  return text.slice(0, end) === sha256(body) ? JSON.parse(body) : undefined;
}

function readColumn(target: string, file: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    const bytes = readBytes(join(target, file));
    return file.startsWith(`${sha256OfBytes(bytes)}.`) ? bytes : undefined;
  } catch {
    return undefined;
  }
}

function changed(target: string): never {
  throw new FailureError({
    code: "result-changed",
    message: "a kept result was removed or changed while this run was using it",
    where: target,
    fix: "run it again: what is finished is kept",
  });
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ENOTDIR");
}

function sha256(content: string): string {
  return createHash("sha256").update(content).digest("hex");
}

function columnType(column: Column): ColumnType {
  if (column instanceof Float64Array) return "float64";
  if (column instanceof Float32Array) return "float32";
  if (column instanceof Int32Array) return "int32";
  if (column instanceof Uint32Array) return "uint32";
  if (column instanceof Uint8Array) return "uint8";
  return "text";
}

function encode(column: Column): Uint8Array {
  if (ArrayBuffer.isView(column)) return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
  return new TextEncoder().encode(JSON.stringify(column));
}

/** Over the bytes as they were read, which begin a buffer of their own. */
function decode(bytes: Uint8Array<ArrayBuffer>, type: ColumnType): Column {
  if (type === "text") {
    const texts: string[] = JSON.parse(new TextDecoder().decode(bytes));
    return texts;
  }
  return new COLUMN_TYPES[type](bytes.buffer);
}
