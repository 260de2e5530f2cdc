/** Text as SQL writes it: for what a prepared statement cannot take as a parameter, such as a list of files. */

/** A string literal. DuckDB reads no backslash escapes in it, so doubling the quote is all there is to do. */
export function sqlText(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

/** The one file of this name, for readers that take `*`, `?` and `[` for patterns. */
export function sqlFile(path: string): string {
  return sqlText(path.replaceAll(/[*?[]/gu, (sign) => `[${sign}]`));
}
