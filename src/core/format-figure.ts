/** Figures as people read them: units scaled, digits that mean something, intervals beside the value. */

import { DAY } from "./day.ts";
import type { Figure } from "./figure.ts";
import { digitsOfPart } from "./nines.ts";

type Written = Pick<Figure, "value" | "unit">;

/** `0.1432`, `12.4 ms`, `1.2 GB`, `$0.05`, `12%`, `14,751`. Units are those of figures: s, B, share, $, /s or a noun. */
export function formatValue({ value, unit }: Written): string {
  if (!Number.isFinite(value)) return "not defined";
  switch (unit) {
    case "":
      return formatNumber(value);
    case "s":
      return formatSeconds(value);
    case "time":
      return new Date(value * 1000).toISOString().slice(0, 10);
    case "d":
      return `${formatNumber(value)} d`;
    case "B":
      return formatScaled(value, ["B", "kB", "MB", "GB", "TB", "PB"]);
    case "share":
      return formatShare(value);
    case "$":
    case "$/month":
      return `$${formatNumber(value)}${unit.slice(1)}`;
    case "/s":
      return `${formatNumber(value)}/s`;
    default:
      return `${formatNumber(value)} ${Math.abs(value) === 1 ? unit.replace(/s$/u, "") : unit}`;
  }
}

const COUNTED = /^(?!share$)[a-z]{2,}$/u;

/** The value with its 95 % interval where there is one: `0.143 [0.131, 0.155]`, `0.16 [-0.05, 0.36] points`. */
export function formatFigure(figure: Pick<Figure, "value" | "unit" | "interval">): string {
  const { unit, interval } = figure;
  if (interval === null) return formatValue(figure);
  // What is counted is named once, behind all three numbers.
  const isCount = COUNTED.test(unit);
  const [value, low, high] = [figure.value, ...interval].map((one) =>
    formatValue({ value: one, unit: isCount ? "" : unit }),
  );
  return `${value} [${low}, ${high}]${isCount ? ` ${unit}` : ""}`;
}

/** Four significant digits below a thousand, whole numbers with separators above. */
export function formatNumber(value: number, digits = 4): string {
  if (value === 0) return "0";
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "not defined" : value > 0 ? "endless" : "-endless";
  const magnitude = Math.abs(value);
  if (magnitude >= 1000) {
    const whole = magnitude < 1e15 ? Math.round(value).toLocaleString("en-US") : value.toExponential(3);
    return magnitude < 1e15 ? whole : whole.replace("e+", "e");
  }
  if (magnitude < 1e-4) return value.toExponential(2);
  if (Number.isInteger(value)) return String(value);
  // 0.99999 is no certainty.
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? digitsAtOne(value, digits) : digits)));
}

/** `12.3%`: three digits, and two of what is missing to 100 where those asked for would leave it out. */
export function formatShare(share: number, digits = 3): string {
  if (!Number.isFinite(share)) return "not defined";
  // 0.9995 * 100 is 99.95 but for its last bit.
  const percent = Number((share * 100).toPrecision(15));
  const magnitude = Math.abs(percent);
  const isNearWhole = magnitude > 99 && magnitude < 100;
  return `${isNearWhole ? Number(percent.toPrecision(digitsOfPart(magnitude, 100, digits))) : formatNumber(percent, digits)}%`;
}

/**
 * Values of one metric that stand beside each other, with the same decimals: those that three significant digits of the largest take. `0.070`,
 * `0.134`, `0.130`, where each alone would be `0.0702`, `0.134`, `0.13`.
 */
export function formatBeside(values: readonly number[]): string[] {
  const largest = Math.max(...values.map(Math.abs));
  if (!(largest > 0) || !Number.isFinite(largest)) return values.map((value) => formatNumber(value, 3));
  const digits = Math.min(20, Math.max(0, 2 - Math.floor(Math.log10(largest))));
  return values.map((value) => value.toFixed(digits));
}

/** More digits only where the usual ones would say 1. */
function digitsAtOne(value: number, digits: number): number {
  const magnitude = Math.abs(value);
  return Number(magnitude.toPrecision(digits)) === 1 ? digitsOfPart(magnitude, 1, digits) : digits;
}

function formatSeconds(value: number): string {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return "0 s";
  if (magnitude < 1e-6) return `${formatNumber(value * 1e9, 3)} ns`;
  if (magnitude < 1e-3) return `${formatNumber(value * 1e6, 3)} µs`;
  if (magnitude < 1) return `${formatNumber(value * 1e3, 3)} ms`;
  if (magnitude < 120) return `${formatNumber(value, 3)} s`;
  if (magnitude < 7200) return `${formatNumber(value / 60, 3)} min`;
  if (magnitude < 172_800) return `${formatNumber(value / 3600, 3)} h`;
  return `${formatNumber(value / DAY, 3)} d`;
}

function formatScaled(value: number, units: readonly string[]): string {
  let scaled = value;
  let at = 0;
  while (Math.abs(scaled) >= 1000 && at < units.length - 1) {
    scaled /= 1000;
    at++;
  }
  return `${formatNumber(scaled, 3)} ${units[at]}`;
}
