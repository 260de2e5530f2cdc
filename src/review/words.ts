/** How rules write numbers and lists: short, exact enough to check by hand, the same everywhere. */

import { digitsOfPart } from "../core/nines.ts";
import { count } from "../core/plural.ts";

export { count, plural } from "../core/plural.ts";

/** `0.2%`, `99.9%`: three significant digits. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return "n/a";
  // 0.9995 * 100 is 99.95 but for its last bit.
  const percent = Number((value * 100).toPrecision(15));
  return `${Number(percent.toPrecision(percent > 99 ? digitsOfPart(percent, 100, 3) : 3))}%`;
}

/** Three significant digits without an exponent for everyday sizes. */
export function number(value: number): string {
  return Number.isFinite(value) ? String(Number(value.toPrecision(3))) : "n/a";
}

const DURATIONS = [
  [86_400, "d"],
  [3600, "h"],
  [60, "min"],
  [1, "s"],
  [1e-3, "ms"],
  [1e-6, "us"],
] as const;

/** `45 d`, `6.3 s`, `40 ms`: the largest unit of which there is at least one; `0 s` for none. */
export function duration(seconds: number): string {
  if (seconds < 0) return `-${duration(-seconds)}`;
  const [size, unit] = DURATIONS.find(([one]) => seconds >= one * 0.9995) ?? [1, "s"];
  return `${number(seconds / size)} ${unit}`;
}

/** `64 GB`, in powers of ten. */
export function bytes(value: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  const step = Math.min(units.length - 1, Math.max(0, Math.floor(Math.log10(Math.max(1, value)) / 3)));
  return `${number(value / 1000 ** step)} ${units[step]}`;
}

/** `$0.027`, `$5,000`. */
export function money(dollars: number): string {
  return `$${dollars >= 1000 ? count(dollars) : number(dollars)}`;
}

/** `` `a`, `b` and `c` ``; beyond `limit` the rest is counted. */
export function list(names: readonly string[], limit = 6): string {
  const shown = names.slice(0, limit).map(code);
  if (names.length > limit) return `${shown.join(", ")} and ${names.length - limit} more`;
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`;
}

/** A name as it stands in the note. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** Paths of facts as the note's reader knows them: `1.labels.delay` as `labels.delay`. */
export function facts(paths: readonly string[], limit = 6): string {
  return list(
    paths.map((path) => path.replace(/^\d\./u, "")),
    limit,
  );
}
