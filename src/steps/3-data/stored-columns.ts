/** Columns of a stored result by name and type: what is missing or of another type is a fault of the store. */

import type { Column, NumericColumn } from "../../core/table.ts";

type Arrays = Readonly<Record<string, Column>>;

export function storedInt32(arrays: Arrays, name: string): Int32Array {
  return typed(arrays, name, (column) => (column instanceof Int32Array ? column : undefined));
}

export function storedFloat64(arrays: Arrays, name: string): Float64Array {
  return typed(arrays, name, (column) => (column instanceof Float64Array ? column : undefined));
}

export function storedFloat32(arrays: Arrays, name: string): Float32Array {
  return typed(arrays, name, (column) => (column instanceof Float32Array ? column : undefined));
}

export function storedUint8(arrays: Arrays, name: string): Uint8Array {
  return typed(arrays, name, (column) => (column instanceof Uint8Array ? column : undefined));
}

export function storedTexts(arrays: Arrays, name: string): readonly string[] {
  return typed(arrays, name, (column) => (isNumeric(column) ? undefined : column));
}

/** All columns whose name begins so, by the rest of their name. */
export function storedWithPrefix(arrays: Arrays, prefix: string): ReadonlyMap<string, Column> {
  const entries = Object.entries(arrays).filter(([name]) => name.startsWith(prefix));
  return new Map(entries.map(([name, column]) => [name.slice(prefix.length), column]));
}

/** The columns that hold numbers. */
export function numericOnly(columns: ReadonlyMap<string, Column>): ReadonlyMap<string, NumericColumn> {
  const numeric = new Map<string, NumericColumn>();
  for (const [name, column] of columns) if (isNumeric(column)) numeric.set(name, column);
  return numeric;
}

function isNumeric(column: Column): column is NumericColumn {
  return ArrayBuffer.isView(column);
}

function typed<T extends Column>(arrays: Arrays, name: string, accept: (column: Column) => T | undefined): T {
  const column = arrays[name];
  if (column === undefined) throw new Error(`the stored result has no column ${name}`);
  const accepted = accept(column);
  if (accepted === undefined) throw new Error(`the stored column ${name} is of another type`);
  return accepted;
}
