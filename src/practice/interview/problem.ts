/** An interview problem: a vague prompt, facts that are told only when asked for, changes, and what a good answer says. */

import { z } from "zod";
import { DIMENSION_NAMES } from "./dimension.ts";

const step = z.int().min(1).max(7);

const factSchema = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z][a-z-]*$/u)
    .meta({ description: "A short name, by which a wrong match is corrected" }),
  cues: z.array(z.string()).min(2).meta({
    description:
      "Words by which a question for it is recognised: all of a cue; `a|b` is met by either, `!a` must not be asked, `=` takes nothing else beside",
  }),
  answer: z.string().meta({ description: "What the interviewer says" }),
  key: z.boolean().default(false).meta({ description: "Whether a senior candidate asks for it" }),
  changes: z.string().meta({ description: "What it does to the design" }),
});

const changeSchema = z.strictObject({
  after: step.meta({ description: "It is said once this section is written" }),
  say: z.string(),
  touches: z.array(step).min(1),
});

const pointSchema = z.strictObject({
  dimension: z.enum(DIMENSION_NAMES),
  point: z.string(),
  cues: z.array(z.string()).min(1).meta({
    description:
      "Each must be met; `a|b` by either, `#` by a number, `…` by a gap, `@name` by a concept; `&` allows two sentences",
  }),
  or: z.array(z.array(z.string()).min(1)).default([]).meta({ description: "Other ways to say it, each as `cues`" }),
  worked: z
    .boolean()
    .default(false)
    .meta({ description: "Made only by words that work a number out of others: a size that is named is not computed" }),
});

export const problemSchema = z.strictObject({
  title: z.string(),
  structure: z
    .enum([
      "retrieve and rank",
      "imbalanced risk",
      "perception",
      "forecasting",
      "generation",
      "on device",
      "prediction",
    ])
    .meta({ description: "What kind of system it is: cases are spread by structure" }),
  prompt: z.string().meta({ description: "All that the candidate is told" }),
  facts: z.array(factSchema).min(6),
  changes: z.array(changeSchema).min(2),
  points: z.array(pointSchema).min(10),
  follow_ups: z.array(z.string()).min(3).meta({ description: "For a live interviewer" }),
  sources: z.array(z.string()).min(1),
});

/** A problem with its name, the file's. */
export type Problem = z.output<typeof problemSchema> & { readonly name: string };
export type ProblemFact = Problem["facts"][number];
