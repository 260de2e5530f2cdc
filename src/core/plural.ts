/** A count with its noun: `1 row`, `2 rows`, `1,200 rows`. */

/** `many` is the plural where it is not the noun with an s. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${value.toLocaleString("en-US")} ${value === 1 ? one : many}`;
}
