/** A value of an answer as a page writes it, and the units of a service's figures. */

/** Four digits of a number that is no whole one; nothing for what is not there. */
export function plainValue(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "number")
    return (Number.isInteger(value) ? value.toLocaleString("en") : String(Number(value.toPrecision(4)))).replace(
      "-",
      "−",
    );
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A duration with its unit: `0.5 ms`, `20 ms`, `1.2 s`. */
export function plainSeconds(seconds: number): string {
  // Rounded first: a thousand milliseconds are a second.
  const rounded = Number(seconds.toPrecision(3));
  const [value, unit] = rounded < 1 ? [rounded * 1000, "ms"] : [rounded, "s"];
  return `${Number(value.toPrecision(3))}\u202f${unit}`;
}

const SPANS = [
  ["days", 86_400],
  ["h", 3600],
  ["min", 60],
] as const;

/** From seconds to days: in the unit of which it is two at least. */
export function plainSpan(seconds: number): string {
  for (const [unit, size] of SPANS)
    if (seconds >= 2 * size) return `${Number((seconds / size).toPrecision(3))}\u202f${unit}`;
  return plainSeconds(seconds);
}

/** Three digits, and more where they would call a share of nearly all 100 %. */
export function plainShare(share: number): string {
  const digits = share > 0.99 && share < 1 ? Math.min(15, 2 + Math.ceil(-Math.log10(1 - share))) : 3;
  return `${Number((share * 100).toPrecision(digits))}\u202f%`;
}

export function plainBytes(bytes: number): string {
  const [value, unit] = bytes < 1e9 ? [bytes / 1e6, "MB"] : [bytes / 1e9, "GB"];
  return `${Number(value.toPrecision(3))}\u202f${unit}`;
}
