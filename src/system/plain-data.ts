/** Plain data: what a stage may be planned with, because all of it can be written down, compared and hashed. */

/** `T` where it is plain all through: primitives, arrays and objects of them. A function, or an object with methods, fits nowhere in it. */
export type Plain<T> = T extends null | undefined | boolean | number | string
  ? T
  : T extends (...parameters: never[]) => unknown
    ? never
    : T extends object
      ? { readonly [Key in keyof T]: Plain<T[Key]> }
      : never;

/**
 * The value as text, the same for equal values and another for any other: keys in the order in which
 * a reader meets them, infinities, -0 and `undefined` as they are.
 * Freezes the value through and through, so that it stays what was written. Throws a `TypeError` that names the place of whatever is not
 * plain: a function, a symbol, NaN, or an object that is not an array or a literal.
 */
export function plainText(value: unknown, place: string): string {
  switch (typeof value) {
    case "string":
      return JSON.stringify(value);
    case "number":
      if (Number.isNaN(value)) throw new TypeError(`${place} is NaN, which equals nothing`);
      return Object.is(value, -0) ? "-0" : String(value);
    case "boolean":
    case "undefined":
      return String(value);
    case "object":
      return value === null ? "null" : objectText(value, place);
    default:
      throw new TypeError(`${place} is a ${typeof value}, which cannot be part of a key`);
  }
}

function objectText(value: object, place: string): string {
  if (Array.isArray(value)) {
    Object.freeze(value);
    return `[${Array.from(value, (inner, at) => plainText(inner, `${place}[${at}]`)).join(",")}]`;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`${place} is a ${value.constructor.name}, which cannot be part of a key`);
  if (Object.getOwnPropertySymbols(value).length > 0)
    throw new TypeError(`${place} has a symbol for a key, which cannot be part of a key`);
  Object.freeze(value);
  const entries = Object.entries(value).map(
    ([key, inner]) => `${JSON.stringify(key)}:${plainText(inner, `${place}.${key}`)}`,
  );
  return `{${entries.join(",")}}`;
}
