/** What a run took beside what was said before it began: memory and the seconds of one core, each with the factor between the two. */

import { z } from "zod";
import { formatNumber, formatValue } from "../core/format-figure.ts";

const pair = z.strictObject({ said: z.number(), taken: z.number() });

export const loadTakenSchema = z.strictObject({
  rows: z.number().meta({ description: "Rows of the files" }),
  counted: z.boolean().meta({ description: "Whether the files say how many rows they have; else it is an estimate" }),
  bytes: pair.optional().meta({
    description: "Bytes held at the widest place; absent where the process had held more before the run began",
  }),
  seconds: pair.meta({ description: "Seconds of one core" }),
});

export type LoadTaken = z.output<typeof loadTakenSchema>;

/** A factor above this, or below what lies under one by as much, is said. */
const FAR = 1.5;
/** What took less than this was no matter of planning, however far off what was said. */
const MINUTE = 60;
const GIGABYTE = 1e9;

/** What was far from what was said, as one sentence; undefined where nothing was. */
export function describeLoadTaken({ bytes, seconds }: LoadTaken): string | undefined {
  const memory = bytes === undefined ? undefined : part("memory", bytes, "B", GIGABYTE);
  const parts = [memory, part("time of one core", seconds, "s", MINUTE)].filter((one) => one !== undefined);
  return parts.length === 0 ? undefined : `other than was said before it began: ${parts.join("; ")}`;
}

function part(
  what: string,
  { said, taken }: { readonly said: number; readonly taken: number },
  unit: string,
  least: number,
): string | undefined {
  if (Math.max(said, taken) < least || !(said > 0) || !(taken > 0)) return undefined;
  const factor = taken / said;
  if (factor <= FAR && factor >= 1 / FAR) return undefined;
  const written = (value: number): string => formatValue({ value: Number(value.toPrecision(2)), unit });
  const times = factor > 1 ? `${formatNumber(factor, 2)} times as much` : `${formatNumber(1 / factor, 2)} times less`;
  return `${written(taken)} of ${what}, where about ${written(said)} was said (${times})`;
}
