/** What a run says in one page: headline, ledger, advice, doubts and the strip of seven. The report and the terminal print the same words. */

import { z } from "zod";

const stateSchema = z.enum(["ok", "open", "bad", "none"]).meta({
  description: "ok: holds; open: not settled; bad: broken or fires; none: not measured",
});

/** The short form of the gravest doubt: that the figures of the run itself, and not only the note's, are made better by a leak. */
export const FIGURES_TOO_HIGH = "These figures can be too high";

/** The short form of what is to be done where a test held nothing to measure: said by the stage in its own words, else by the report. */
export const NOTHING_TO_TEST_ON = "Find something to test on";

/** A point with its interval, for the drawing of a row. */
const markSchema = z.strictObject({
  label: z.string(),
  role: z.enum(["system", "model", "baseline", "truth"]),
  value: z.number(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
  limit: z.number().nullable(),
});

/** What the row's small picture shows: differences against zero, or what was used of a limit, with the part that is granted. */
const drawingSchema = z.union([
  z.strictObject({ form: z.literal("differences"), marks: z.array(markSchema) }),
  z.strictObject({ form: z.literal("share"), measured: z.number(), granted: z.number(), limit: z.number() }),
]);

const ledgerRowSchema = z.strictObject({
  step: z.int().min(1).max(7),
  question: z.string(),
  state: stateSchema,
  verdict: z.string().meta({ description: "In a word or three: yes, not told apart, in budget" }),
  line: z.string().meta({ description: "What carries the verdict, in one line; empty where the parts do" }),
  detail: z.string().meta({ description: "What else one must know to read it, in a sentence or two" }),
  value: z.string(),
  bounds: z.string(),
  parts: z.array(
    z.strictObject({ name: z.string(), state: stateSchema, verdict: z.string(), size: z.string(), words: z.string() }),
  ),
  drawing: drawingSchema.nullable(),
});

const adviceSchema = z.strictObject({
  step: z.int().min(1).max(7),
  short: z.string().meta({ description: "At most eight words" }),
  text: z.string(),
  command: z.string(),
});

export const runSummarySchema = z.strictObject({
  headline: z.strictObject({ verdict: z.string(), doubt: z.string() }),
  ledger: z.array(ledgerRowSchema),
  next: z.array(adviceSchema),
  doubts: z.array(adviceSchema),
  strip: z.array(
    z.strictObject({ step: z.int().min(1).max(7), name: z.string(), state: stateSchema, words: z.string() }),
  ),
  answers: z.array(z.strictObject({ step: z.int().min(1).max(7), text: z.string() })),
});

export type State = z.output<typeof stateSchema>;
export type LedgerRow = z.output<typeof ledgerRowSchema>;
export type Advice = z.output<typeof adviceSchema>;
export type RunSummary = z.output<typeof runSummarySchema>;
