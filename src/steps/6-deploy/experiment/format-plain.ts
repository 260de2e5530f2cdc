/** Numbers of an experiment as a person would write them. */

/** Four significant digits, without trailing zeros. */
export function formatPlain(value: number, digits = 4): string {
  return String(Number(value.toPrecision(digits)));
}

/** The same with a plus sign where it is due. */
export function formatSigned(value: number, digits = 4): string {
  return `${value > 0 ? "+" : ""}${formatPlain(value, digits)}`;
}
