/** A question as its YAML file states it: the schema of all eight kinds, from which the published JSON Schema is made. */

import { z } from "zod";
import type { StepNumber } from "../core/figure.ts";
import { AREA_NAMES, type Area, SENIORITIES } from "./area.ts";

const words = (description: string) => z.string().min(1).meta({ description });
const formula = (description: string) =>
  z
    .string()
    .min(1)
    .meta({ description, examples: ["users * rate * size * retention -> TB"] });
const written = z.union([z.string(), z.number()]);

/** `within` is `exact`, a share such as `10%`, or a factor such as `2x` (an order of magnitude is `10x`). */
const toleranceSchema = z
  .strictObject({
    within: z
      .string()
      .regex(/^(?:exact|\d+(?:\.\d+)?(?:%|x))$/u, "a tolerance is `exact`, `10%` or `2x`")
      .meta({ description: "exact, a share such as 10%, or a factor such as 2x" }),
    because: words("Why that much and no more"),
  })
  .meta({ description: "How far from the answer is still right, on a log scale, the same up and down" });

const common = {
  title: words("What the question is about, in a few words"),
  area: z.enum(AREA_NAMES).meta({ description: "The area that progress is kept for" }),
  level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]).meta({
    description: "1 Recall, 2 Apply, 3 Analyse, 4 Diagnose, 5 Judge, 6 Architect",
  }),
  seniority: z.enum(SENIORITIES).meta({ description: "Who is usually asked it" }),
  minutes: z.number().min(0.5).max(60).meta({ description: "Minutes that a prepared person needs" }),
  ask: words("The question; `{name}` is replaced by the drawn value"),
  given: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/u), z.union([written, z.array(written).min(2)]))
    .meta({ description: "Values: a constant, a range `20M..200M` drawn afresh each time, or a list to draw from" })
    .optional(),
  cases: z
    .array(z.record(z.string().regex(/^[a-z][a-z0-9_]*$/u), written))
    .min(2)
    .meta({ description: "Values that belong together; one row is drawn" })
    .optional(),
  facts: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/u), written)
    .meta({ description: "Constants of the world: one name has one value in the whole bank" })
    .optional(),
  hints: z.array(words("A hint; each costs a quarter of the score")).max(3).optional(),
  next: z.array(words("The name of a question that goes deeper")).optional(),
  sources: z.array(words("Where the facts come from")).min(1),
};

const numberMistake = z.strictObject({ answer: formula("What the slip gives"), why: words("Which slip it is") });

const option = z.strictObject({
  text: words("The option"),
  right: z
    .union([z.boolean(), formula("A comparison that must hold for the option to be right")])
    .default(false)
    .meta({ description: "true, or a comparison over the given values such as `memory_time > compute_time`" }),
  why: words("Why it is right or wrong"),
});

const estimate = z.strictObject({
  kind: z.literal("estimate"),
  ...common,
  answer: formula("Lines of `name = expression -> unit  # words`; the last one is the answer"),
  tolerance: toleranceSchema.optional(),
  shares: z.array(z.string()).min(2).meta({ description: "Values that must sum to one" }).optional(),
  distractors: z
    .array(z.string())
    .meta({ description: "Values that only a mistake uses: they tempt, and the answer does without" })
    .optional(),
  plausible: words("A range the answer must lie in, such as `1 GB..10 TB`").optional(),
  mistakes: z.array(numberMistake).min(2),
});

const choices = {
  ...common,
  options: z.array(option).min(3).max(7),
  many: z.boolean().meta({ description: "Whether several options are right" }).optional(),
};
const choose = z.strictObject({ kind: z.literal("choose"), ...choices });
const diagnose = z.strictObject({ kind: z.literal("diagnose"), ...choices });

const order = z.strictObject({
  kind: z.literal("order"),
  ...common,
  items: z.array(words("An item")).min(3).max(8).meta({ description: "In the right order" }),
  why: words("Why this order"),
  mistakes: z.array(z.strictObject({ order: z.array(z.int().min(1)), why: words("Which slip it is") })).min(2),
});

const blank = z.strictObject({
  accept: z.array(written).min(1).meta({ description: "What is right, the best first" }),
  why: words("Why"),
  mistakes: z.array(z.strictObject({ answer: written, why: words("Which slip it is") })).min(1),
});
const fill = z.strictObject({
  kind: z.literal("fill"),
  ...common,
  note: words("Facts of a step with `____` for each blank"),
  blanks: z.array(blank).min(1).max(5),
});

const critique = z.strictObject({
  kind: z.literal("critique"),
  ...common,
  note: words("A short design with flaws; the reviewer says which"),
  finds: z.array(words("The name of a rule that must fire")).min(1),
  mistakes: z
    .array(z.strictObject({ key: words("A key that is sound although it looks suspicious"), why: words("Why it is") }))
    .min(2),
});

const rubricPoint = z.strictObject({
  point: words("What a good answer says"),
  cues: z.array(words("Words that show it; `a|b` for either")).min(1),
});
const explain = z.strictObject({
  kind: z.literal("explain"),
  ...common,
  model: words("An answer that would satisfy a senior interviewer"),
  rubric: z.array(rubricPoint).min(2).max(8),
  mistakes: z.array(z.strictObject({ cues: z.array(z.string()).min(1), why: words("Why that is wrong") })).min(2),
});

const design = z.strictObject({
  kind: z.literal("design"),
  ...common,
  problem: words("The name of a problem in library/problems"),
  rubric: z.array(rubricPoint).min(3).max(12),
  mistakes: z.array(z.strictObject({ cues: z.array(z.string()).min(1), why: words("Why that is wrong") })).min(2),
});

/** The schema of each kind, so that an error speaks of the kind that was meant. */
export const QUESTION_SCHEMAS = { estimate, diagnose, choose, order, fill, critique, explain, design } as const;

export type QuestionKind = keyof typeof QUESTION_SCHEMAS;

export const questionSchema = z.discriminatedUnion("kind", [
  estimate,
  diagnose,
  choose,
  order,
  fill,
  critique,
  explain,
  design,
]);

/** What a question file holds. */
export type QuestionBody = z.output<typeof questionSchema>;

/** A question: the file's content with its name (the file's) and its step (the folder's). */
export type Question = QuestionBody & { readonly id: string; readonly step: StepNumber };

export type EstimateQuestion = Extract<Question, { kind: "estimate" }>;
export type ChoiceQuestion = Extract<Question, { kind: "choose" | "diagnose" }>;
export type OrderQuestion = Extract<Question, { kind: "order" }>;
export type FillQuestion = Extract<Question, { kind: "fill" }>;
export type CritiqueQuestion = Extract<Question, { kind: "critique" }>;
export type RubricQuestion = Extract<Question, { kind: "explain" | "design" }>;

/** What scheduling and the ability model need to know of a question; the rest stays on disk. */
export interface QuestionCard {
  readonly id: string;
  readonly kind: QuestionKind;
  readonly area: Area;
  readonly step: StepNumber;
  readonly level: number;
  readonly minutes: number;
  readonly next: readonly string[];
  /** The chance of guessing it: 1 over the number of options where there are any. */
  readonly guess: number;
}

export function cardOf(question: Question): QuestionCard {
  const { id, kind, area, step, level, minutes } = question;
  const isChoice = kind === "choose" || kind === "diagnose";
  const guess = isChoice && !question.many ? 1 / question.options.length : 0;
  return { id, kind, area, step, level, minutes, next: question.next ?? [], guess };
}
