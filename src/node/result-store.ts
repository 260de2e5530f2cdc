/** Results of stages on disk: a folder per key, written under a temporary name and renamed, arrays read only when they are asked for. */

import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Column } from "../core/table.ts";
import type { ResultStore } from "../system/result-store.ts";
import type { StageResult } from "../system/stage.ts";
import { temporaryName, writeAndFlush } from "./atomic-write.ts";

const MANIFEST = "result.json";
/** Temporary folders of runs that were killed are swept once they are this old. */
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
  readonly file: string;
  readonly type: ColumnType;
  readonly bytes: number;
}

type Manifest = Omit<StageResult, "arrays"> & { readonly columns: readonly ColumnEntry[] };

/** A store in `folder`, which is made when needed. When it grows past `limitBytes`, what was used longest ago goes. */
export function createDiskStore(folder: string, limitBytes = 8e9): ResultStore {
  return {
    async read(key) {
      return readResult(join(folder, key));
    },
    async write(key, result) {
      mkdirSync(folder, { recursive: true });
      sweep(folder, limitBytes);
      writeResult(join(folder, key), result);
    },
  };
}

function writeResult(target: string, { arrays, ...rest }: StageResult): void {
  const temporary = temporaryName(target);
  mkdirSync(temporary);
  try {
    const columns = Object.entries(arrays).map(([name, column], i): ColumnEntry => {
      const type = columnType(column);
      const file = `${i}.${type === "text" ? "json" : "bin"}`;
      const bytes = encode(column);
      writeAndFlush(join(temporary, file), bytes);
      return { name, file, type, bytes: bytes.length };
    });
    writeAndFlush(join(temporary, MANIFEST), JSON.stringify({ ...rest, columns } satisfies Manifest));
    rmSync(target, { recursive: true, force: true });
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { recursive: true, force: true });
    // Another process may have stored the same key in between: its result is as good.
    if (!existsSync(join(target, MANIFEST))) throw error;
  }
}

function readResult(target: string): StageResult | undefined {
  let manifest: Manifest;
  try {
    manifest = JSON.parse(readFileSync(join(target, MANIFEST), "utf8"));
    const whole = manifest.columns.every(({ file, bytes }) => statSync(join(target, file)).size === bytes);
    if (!whole) return undefined;
    utimesSync(target, new Date(), new Date());
  } catch {
    return undefined;
  }
  const { columns, ...rest } = manifest;
  const arrays: Record<string, Column> = {};
  for (const entry of columns) {
    let column: Column | undefined;
    Object.defineProperty(arrays, entry.name, {
      enumerable: true,
      get: () => {
        column ??= decode(readFileSync(join(target, entry.file)), entry.type);
        return column;
      },
    });
  }
  return { ...rest, arrays };
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

function decode(bytes: Uint8Array, type: ColumnType): Column {
  if (type === "text") {
    const texts: string[] = JSON.parse(new TextDecoder().decode(bytes));
    return texts;
  }
  // Small reads share a pool at any offset; wider elements need a copy that starts at 0.
  return new COLUMN_TYPES[type](new Uint8Array(bytes).buffer);
}

function sweep(folder: string, limitBytes: number): void {
  const now = Date.now();
  const kept: { path: string; used: number; bytes: number }[] = [];
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    try {
      const used = statSync(path).mtimeMs;
      if (name.endsWith(".tmp")) {
        if (now - used > STALE_SECONDS * 1000) rmSync(path, { recursive: true, force: true });
        continue;
      }
      const bytes = readdirSync(path).reduce((sum, file) => sum + statSync(join(path, file)).size, 0);
      kept.push({ path, used, bytes });
    } catch {
      // Another process has just removed it.
    }
  }
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);
  kept.sort((a, b) => a.used - b.used);
  for (const { path, bytes } of kept) {
    if (total <= limitBytes) return;
    rmSync(path, { recursive: true, force: true });
    total -= bytes;
  }
}
