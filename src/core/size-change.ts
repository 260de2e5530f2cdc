/** How much smaller something became, in words: what grew is called larger, and not smaller by less than one. */

import { formatNumber } from "./format-figure.ts";

/** `3.9x smaller`, `3.9x larger`, `as large`. `factor` is the size before over the size after. */
export function sizeChange(
  factor: number,
  write: (value: number) => string = (value) => formatNumber(value, 3),
): string {
  const times = write(Math.max(factor, 1 / factor));
  if (times === write(1)) return "as large";
  return `${times}x ${factor > 1 ? "smaller" : "larger"}`;
}

/** The same to one decimal, for tables and tiles. */
export function shortSizeChange(factor: number): string {
  return sizeChange(factor, (value) => value.toFixed(1));
}
