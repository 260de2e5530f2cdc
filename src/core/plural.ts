/** Counts in words: `752,700`, and with their noun `1 row`, `2 rows`. */

/** `752,700`; below ten up to two digits that count, so that a mean of few is not rounded to none. */
export function count(value: number): string {
  if (!Number.isFinite(value)) return "n/a";
  const digits = Math.abs(value) < 10 && !Number.isInteger(value) ? String(Number(value.toPrecision(2))) : undefined;
  return digits ?? String(Math.round(value)).replaceAll(/\B(?=(?:\d{3})+$)/gu, ",");
}

/** `many` is the plural where it is not the noun with an s. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
