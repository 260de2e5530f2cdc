/** A chart out of a run's record, where it has the form that drawings need: records keep charts loosely. */

import { z } from "zod";
import type { Chart } from "../core/chart.ts";

const interval = z.tuple([z.number(), z.number()]).readonly();

const schema = z.object({
  form: z.enum(["intervals", "bars", "lines", "points", "picture"]),
  title: z.string(),
  caption: z.string(),
  xLabel: z.string(),
  yLabel: z.string(),
  points: z.array(
    z.object({
      x: z.union([z.string(), z.number()]),
      y: z.number(),
      interval: interval.nullish(),
      series: z.string().optional(),
      label: z.string().optional(),
    }),
  ),
  limit: z.object({ value: z.number(), label: z.string() }).optional(),
  events: z.array(z.object({ x: z.number(), label: z.string() })).optional(),
  picture: z.object({ url: z.string(), width: z.number(), height: z.number(), rows: z.array(z.string()) }).optional(),
  xScale: z.enum(["linear", "log"]).optional(),
  yScale: z.enum(["linear", "log"]).optional(),
});

/** Undefined where it is no chart that can be drawn. */
export function readChart(value: unknown): Chart | undefined {
  const read = schema.safeParse(value);
  return read.success ? read.data : undefined;
}
