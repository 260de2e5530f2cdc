/** A layout of data in the style of a public set: its names, oddities and units, no row of theirs. */

import { createRandom } from "../../src/core/random.ts";

/** A layout, and what reading it without a hand-written mapping has to give. */
export interface DataLayout {
  readonly name: string;
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  /** The files to give, in order; all where absent. */
  readonly given?: readonly string[];
  readonly expects:
    | {
        readonly system: string;
        readonly events: number;
        readonly first?: string;
        readonly kinds?: readonly string[];
        readonly timeless?: boolean;
        /** The column that says what. */
        readonly item?: string;
        /** The files that describe members and items. */
        readonly sides?: readonly string[];
        /** Of cases: the column that is predicted, and how many rows hold its yes. */
        readonly label?: string;
        readonly positives?: number;
        /** Of a system that is unknown: what a draft asks in place of a note. */
        readonly asks?: RegExp;
      }
    | { readonly question: RegExp }
    | { readonly refused: RegExp };
}

const random = createRandom(5);
export const whole = (below: number): number => Math.floor(random.uniform() * below);
export const ROWS = 60;
export const START = Date.parse("2019-10-01T00:00:00Z") / 1000;
/** Seconds of row `at`, an hour and a bit apart. */
export const when = (at: number): number => START + at * 4003;
export const date = (at: number): Date => new Date(when(at) * 1000);
export const iso = (at: number): string => date(at).toISOString();
export const FIRST = iso(0).slice(0, 10);
export const two = (value: number): string => String(value).padStart(2, "0");

/** Lines of a text, with a header where one is given. */
export function rows(line: (at: number) => string, header?: string, end = "\n"): string {
  const lines = Array.from({ length: ROWS }, (_, at) => line(at));
  return [...(header === undefined ? [] : [header]), ...lines].join(end) + end;
}

export const user = (): number => 100 + whole(12);
export const item = (): number => 9000 + whole(15);
export const stars = (): number => 1 + whole(5);
export const ranked = (
  extra: Partial<Extract<DataLayout["expects"], { system: string }>> = {},
): DataLayout["expects"] => ({
  system: "recommendation",
  events: ROWS,
  first: FIRST,
  ...extra,
});
