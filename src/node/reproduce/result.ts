/** What reproducing a table gives: published and own rows with the same metrics, what was tried, and what other protocols would have claimed. */

import { z } from "zod";

const measured = z.strictObject({
  value: z.number(),
  /** 95 % by unit; null where none can be had, as for what was only printed. */
  interval: z.tuple([z.number(), z.number()]).nullable(),
});

const row = z.strictObject({
  name: z.string(),
  /** The settings that validation chose, empty where there was nothing to choose. */
  settings: z.record(z.string(), z.number()),
  tried: z.int(),
  /** The value of the metric that chose, on validation; null where nothing was chosen. */
  validation: z.number().nullable(),
  values: z.record(z.string(), measured),
  n: z.int(),
});

export const resultSchema = z.strictObject({
  table: z.string(),
  seeds: z.array(z.int()),
  /** Counts of the data by name: people, items, events. */
  data: z.record(z.string(), z.number()),
  /** Ours, the baseline first. */
  rows: z.array(row).min(1),
  /** The one of them that validation prefers. */
  best: z.string(),
  /** Other rows of ours that show what a part of the figure rests on. */
  checks: z.array(z.strictObject({ name: z.string(), says: z.string(), values: z.record(z.string(), measured) })),
  /** What a dishonest protocol would have printed of the best. */
  claims: z.array(z.strictObject({ name: z.string(), says: z.string(), values: z.record(z.string(), measured) })),
  /** Work of processor and waiting, added up over every part, in seconds; on a machine that did other things beside. */
  seconds: z.number(),
});

export type TableResult = z.output<typeof resultSchema>;
export type TableRow = z.output<typeof row>;
export type Measured = z.output<typeof measured>;
