/** What a run is held against: the numbers that the note states, and what its estimates say, beside what was measured. */

import { z } from "zod";
import { systemDrawingSchema } from "./system-drawing.ts";

const amount = z.number().nullable();

/** Facts of the note in base units; null where it does not say. */
const statedSchema = z.strictObject({
  goal: z.string().nullable(),
  businessMetric: z.string().nullable(),
  onlineMetrics: z.array(z.string()),
  experimentMetric: z.string().nullable(),
  users: amount,
  items: amount,
  peak: amount,
  p99: amount,
  availability: amount,
  budgetPerMonth: amount,
  baseline: z.strictObject({ rule: z.string(), metric: z.string(), value: amount }).nullable(),
  success: z.strictObject({ metric: z.string(), value: amount, gain: amount }).nullable(),
  halfWidth: amount,
  replicas: amount,
  concurrency: amount,
  stages: z
    .array(z.strictObject({ stage: z.string(), what: z.string(), keep: amount }))
    .meta({ description: "The stages of section 4, with how many items each hands on" }),
  budgets: z
    .array(z.strictObject({ stage: z.string(), seconds: z.number() }))
    .meta({ description: "Seconds that the note plans for each stage of a request" }),
});

/** A line of an estimate, as `heptad estimate` prints it. */
const estimatedSchema = z.strictObject({
  sheet: z.string(),
  subject: z.string(),
  line: z.string(),
  value: z.number().meta({ description: "In base units; money by the month" }),
  text: z.string(),
});

export const runContextSchema = z.strictObject({
  stated: statedSchema,
  estimates: z.array(estimatedSchema),
  proposed: z
    .array(
      z.strictObject({
        path: z.string(),
        says: z.string().meta({ description: "The fact with its value, as the note writes it" }),
        sheets: z.array(z.string()).meta({ description: "The estimates that rest on it" }),
      }),
    )
    .optional()
    .meta({
      description: "Facts that an import or a draft proposed and nobody has accepted; absent where there are none",
    }),
  drawing: systemDrawingSchema
    .optional()
    .meta({ description: "The system as facts and estimates draw it; absent where the note names no stages" }),
});

export type Stated = z.output<typeof statedSchema>;
export type Estimated = z.output<typeof estimatedSchema>;
export type RunContext = z.output<typeof runContextSchema>;
