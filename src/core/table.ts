/** Columns of equal length: how rows travel between SQL, features and kernels. Never objects per row. */

export type NumericColumn = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;
/** Text columns are plain string arrays; a missing text is the empty string. A missing number is NaN. */
export type Column = NumericColumn | readonly string[];

export interface Table {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, Column>;
}

/** A table over columns of one length. Throws when two columns differ in length: that is a fault of the caller. */
export function createTable(columns: Readonly<Record<string, Column>>): Table {
  const entries = Object.entries(columns);
  const rows = entries.length === 0 ? 0 : entries[0][1].length;
  for (const [name, column] of entries) {
    if (column.length !== rows) throw new Error(`column ${name} has ${column.length} rows, expected ${rows}`);
  }
  return { rows, columns: new Map(entries) };
}

/** The numeric column of that name. Throws when it is absent or holds text. */
export function numbers(table: Table, name: string): NumericColumn {
  const column = table.columns.get(name);
  if (column === undefined) throw new Error(`no column ${name}; there are ${[...table.columns.keys()].join(", ")}`);
  if (!ArrayBuffer.isView(column)) throw new Error(`column ${name} holds text, a number is needed`);
  return column;
}

/** The text column of that name. Throws when it is absent or numeric. */
export function texts(table: Table, name: string): readonly string[] {
  const column = table.columns.get(name);
  if (column === undefined) throw new Error(`no column ${name}; there are ${[...table.columns.keys()].join(", ")}`);
  if (ArrayBuffer.isView(column)) throw new Error(`column ${name} is numeric, text is needed`);
  return column;
}

/** Some rows of a column as numbers, in the order of `rows`. */
export function pickRows(column: Column, rows: ArrayLike<number>): Float64Array {
  const picked = new Float64Array(rows.length);
  for (let at = 0; at < rows.length; at++) picked[at] = Number(column[rows[at]]);
  return picked;
}
