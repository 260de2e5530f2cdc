/** Counts in words: `752,700`, and with their noun `1 row`, `2 rows`; plurals of nouns that a note names. */

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

/** Nouns that people name columns by, whose plural is no ending. */
const OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["person", "people"],
  ["child", "children"],
]);

/**
 * The plural of a noun that a note names: `country` becomes `countries`, `business` `businesses`. A name that ends like a plural, such as
 * `items`, is one.
 */
export function pluralOf(noun: string): string {
  const other = OTHERWISE.get(noun);
  if (other !== undefined) return other;
  if (/[^aeious]s$/u.test(noun) || /[aeo]s$/u.test(noun)) return noun;
  if (/(?:s|x|z|ch|sh)$/u.test(noun)) return `${noun}es`;
  return /[^aeiou]y$/u.test(noun) ? `${noun.slice(0, -1)}ies` : `${noun}s`;
}
