/** A figure: one measured number with everything needed to read it honestly. Reports, notes and `--json` print the same records. */

/** The number of a step, 1 (clarify) to 7 (monitor). */
export type StepNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** `size`: how much data there is, what a line about the data tells. `cheat`: a value that production cannot have. */
export type FigureRole = "size" | "cheat";

export interface Figure {
  readonly step: StepNumber;
  /** The field's standard name: `ndcg@10`, `latency p99`, `model bytes`, `sample size`. */
  readonly name: string;
  /** What was measured: `baseline`, `als`, `two-stage int8`; of a difference, what is compared with `against`. */
  readonly subject: string;
  /** Of a paired difference, subject minus this one: `baseline`. Absent where the value is the subject's own. */
  readonly against?: string;
  readonly role?: FigureRole;
  /** The count of step 1 that this one stands beside: how many of the note's users or items the run has tried. */
  readonly stated?: "users" | "items";
  /** The part of the data it speaks of; `all` when it is the whole. */
  readonly slice: string;
  readonly value: number;
  /** Empty for a pure number. */
  readonly unit: string;
  /** 95 % interval, or null where none was computed. */
  readonly interval: readonly [number, number] | null;
  /** How many independent units (members, requests, weeks) the value rests on; null where that has no meaning. */
  readonly n: number | null;
  /** How it was measured, or what it does not say. Empty when the name says all. */
  readonly note: string;
  /** Where it is not measured: granted by the note, estimated, or known only in a simulated world. */
  readonly basis?: "granted" | "estimated" | "simulated";
}

/** A figure from its parts, with the defaults filled in: slice `all`, no unit, no interval, no n, no note. */
export function figure(parts: Pick<Figure, "step" | "name" | "subject" | "value"> & Partial<Figure>): Figure {
  const all = { slice: "all", unit: "", interval: null, n: null, note: "", ...parts };
  if (all.interval === null) return all;
  const [value, low, high] = withoutRounding([all.value, ...all.interval]);
  return { ...all, value, interval: [low, high] };
}

/** What a double leaves of a difference of equal sums, beside the numbers that it belongs to. */
const ROUNDING = 1e-12;

/** Numbers of one scale, with 0 for what is zero but for rounding: an end of -1.4e-17 beside 0.007 is 0. */
export function withoutRounding(values: readonly number[]): number[] {
  const scale = Math.max(...values.filter(Number.isFinite).map(Math.abs));
  return values.map((value) => (Math.abs(value) <= ROUNDING * scale ? 0 : value));
}

/** What a figure is of, for people: `als`, or `als less baseline` for a difference. */
export function subjectText({ subject, against }: Pick<Figure, "subject" | "against">): string {
  return against === undefined ? subject : `${subject} less ${against}`;
}
