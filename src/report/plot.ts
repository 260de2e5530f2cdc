/** A plot that is a table with one drawn column: rows with names, marks on one axis, and the number in the last column. */

import type { State } from "../system/run-summary.ts";

export type Role = "system" | "model" | "baseline" | "truth" | "ink";

/** What is drawn in a row, in the units of the axis. */
export type Mark =
  | {
      readonly form: "dot";
      readonly at: number;
      readonly interval: readonly [number, number] | null;
      readonly role: Role;
    }
  /** `soft` for what was only tried, `budget` an empty box, `granted` hatched. */
  | {
      readonly form: "bar";
      readonly from: number;
      readonly to: number;
      readonly fill: "system" | "model" | "soft" | "budget" | "granted";
      readonly text: string;
    }
  /** What chance does, or the truth of a simulation. */
  | { readonly form: "band"; readonly from: number; readonly to: number }
  /** The row's own limit. */
  | { readonly form: "limit"; readonly at: number };

export interface PlotRow {
  readonly name: string;
  /** Names of columns and features are set as code. */
  readonly isCode?: boolean;
  readonly small?: string;
  readonly marks: readonly Mark[];
  /** The number, with its bounds in brackets. */
  readonly value: string;
  readonly below?: string;
  /** In place of a plain number: a state with its word. */
  readonly state?: { readonly state: State; readonly word: string };
}

/** A line across all rows. */
export interface PlotLine {
  readonly at: number;
  readonly kind: "zero" | "limit" | "ref";
  /** Stands above the axis; empty for zero. */
  readonly label: string;
}

export interface Plot {
  readonly caption: string;
  readonly scale: "linear" | "log";
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
  readonly lines: readonly PlotLine[];
  /** A string is a bold line that begins a group. */
  readonly rows: readonly (PlotRow | string)[];
  /** `bars` puts the number at the bar's end; `dense` sets rows close. */
  readonly layout: "rows" | "bars" | "dense";
}

/** Three to five ticks on round numbers that cover a span; `write` also gets the number with the decimals that all ticks share. */
export function roundTicks(from: number, to: number, write: (at: number, text: string) => string): Plot["ticks"] {
  const span = to - from;
  if (!(span > 0)) return [{ at: from, text: write(from, String(from)) }];
  const rough = span / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const factor = [1, 2, 2.5, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10;
  const step = factor * power;
  const digits = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (factor === 2.5 ? 1 : 0));
  const ticks: { at: number; text: string }[] = [];
  for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
    // Counted and not added up, so that zero is zero.
    const at = i === 0 ? 0 : i * step;
    ticks.push({ at, text: write(at, at.toFixed(digits)) });
  }
  return ticks;
}

/** A span that holds all values and zero, with room at both ends. */
export function spanOf(values: readonly number[]): { readonly from: number; readonly to: number } {
  const known = values.filter((value) => Number.isFinite(value));
  const [low, high] = [Math.min(0, ...known), Math.max(0, ...known)];
  const room = (high - low) * 0.04 || 1;
  return { from: low < 0 ? low - room : 0, to: high > 0 ? high + room : 0 };
}

/** Powers of ten that cover a span. */
export function logTicks(from: number, to: number): Plot["ticks"] {
  const ticks: { at: number; text: string }[] = [];
  for (let power = Math.ceil(Math.log10(from) - 1e-9); power <= Math.log10(to) + 1e-9; power++)
    ticks.push({ at: 10 ** power, text: String(Number((10 ** power).toPrecision(1))) });
  return ticks;
}
