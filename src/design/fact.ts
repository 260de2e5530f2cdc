/** The kinds of facts a section may hold: each is a zod schema that reads what people write and says what it means. */

import { z } from "zod";
import type { Failure } from "../core/outcome.ts";
import { parseQuantity, type Quantity } from "../core/quantity.ts";
import { QUANTITY_KINDS, type QuantityKind } from "../core/quantity-kind.ts";
import { sameDimension } from "../core/unit.ts";
import { type Condition, parseCondition } from "./condition.ts";

// Compiling a validator for each schema costs a short run more than it saves, and a page may forbid it.
z.config({ jitless: true });

/** What a change of a metric is measured in: `2% relative` is a share of the baseline, `0.1% absolute` is added to it. */
export interface Effect {
  readonly amount: Quantity;
  readonly kind: "relative" | "absolute";
}

const TEXT_OR_NUMBER = [z.string(), z.number()] as const;

/** Says of a schema what it means. `meta` would make a copy first: the section's schemas together would be made twice at each start. */
function said<Schema extends z.ZodType>(schema: Schema, meaning: z.GlobalMeta): Schema {
  z.globalRegistry.add(schema, meaning);
  return schema;
}

const KINDS = new WeakMap<z.ZodType, QuantityKind>();

/** The kind of quantity that a schema reads, of those that `quantity` made. */
export function quantityKindOf(schema: z.ZodType): QuantityKind | undefined {
  return KINDS.get(schema);
}

/** A quantity of one kind; the parsed value is in base units. */
export function quantity(kind: QuantityKind, description: string) {
  const written = said(z.union(TEXT_OR_NUMBER), {
    description,
    examples: [QUANTITY_KINDS[kind].example],
    kind: QUANTITY_KINDS[kind].words,
  });
  KINDS.set(written, kind);
  return written.transform((input, context): Quantity => {
    const parsed = parseQuantity(input, kind);
    return parsed.ok ? parsed.value : reject(parsed.failure, context);
  });
}

/** A quantity of any dimension: the metric beside it decides which. */
export function amount(description: string) {
  const written = said(z.union(TEXT_OR_NUMBER), {
    description,
    examples: ["0.31", "5 ms"],
    kind: "a quantity in the unit of its metric",
  });
  return written.transform((input, context): Quantity => {
    const parsed = parseQuantity(input);
    return parsed.ok ? parsed.value : reject(parsed.failure, context);
  });
}

/** A condition such as `> 0.2` or `ndcg@10 drop > 5%`. */
export function condition(description: string) {
  const written = said(z.string(), { description, examples: ["> 0.2", "drop > 5%"], kind: "a condition" });
  return written.transform((input, context): Condition => {
    const parsed = parseCondition(input);
    return parsed.ok ? parsed.value : reject(parsed.failure, context);
  });
}

/** A change such as `2% relative`; without the word a share is relative, and a quantity with a unit absolute. */
export function effect(description: string) {
  const written = said(z.union(TEXT_OR_NUMBER), {
    description,
    examples: ["2% relative", "0.1% absolute"],
    kind: "a change",
  });
  return written.transform((input, context): Effect => {
    const match = /^(?<amount>.*?)\s*(?<kind>relative|absolute)?$/u.exec(String(input).trim().slice(0, 100));
    const parsed = parseQuantity(match?.groups?.amount ?? "");
    if (parsed.ok) {
      const isShare = sameDimension(parsed.value.dimension, {});
      const kind = match?.groups?.kind ?? (isShare ? "relative" : "absolute");
      if (kind === "absolute") return { amount: parsed.value, kind };
      if (isShare) return { amount: parsed.value, kind: "relative" };
      const message = `\`${parsed.value.text}\` cannot be relative: a share of the baseline belongs here`;
      return reject(
        { code: "wrong-unit", message, fix: "write it like `2% relative`, or with `absolute` behind it" },
        context,
      );
    }
    return reject({ ...parsed.failure, fix: "write it like `2% relative` or `0.1% absolute`" }, context);
  });
}

function reject({ code, message, fix }: Failure, context: z.RefinementCtx): never {
  context.addIssue({ code: "custom", message, params: { code, fix } });
  return z.NEVER;
}

/** `all`, or a duration. */
export function window(description: string) {
  const choices = z.union([z.literal("all"), quantity("duration", description)]);
  return said(choices, { description, examples: ["90 d", "all"], kind: "a duration, or `all`" });
}

/** Free text; inside `{ }` it needs quotes when it holds a comma. */
export function text(description: string, example?: string) {
  return said(z.string(), example === undefined ? { description } : { description, examples: [example] });
}

/** Text of a closed set. */
export function oneOf<const Names extends readonly [string, ...string[]]>(names: Names, description: string) {
  return said(z.enum(names), { description });
}

export function flag(description: string) {
  return said(z.boolean(), { description });
}

/** `why` shows for a value above the maximum what it would come to. */
export function integer(description: string, minimum = 0, maximum = 2 ** 31 - 1, why?: (value: number) => string) {
  const error = why && (({ input }: { readonly input?: unknown }) => why(Number(input)));
  const bounded = z.int().check(z.gte(minimum), z.lte(maximum, error === undefined ? undefined : { error }));
  return said(bounded, { description });
}

export function names(description: string) {
  return said(z.array(z.string()), { description });
}

/** A calendar day, `2026-01-31`. */
export function day(description: string) {
  return said(z.iso.date(), { description, examples: ["2026-01-31"], kind: "a day" });
}

/** Keys that may be written and nothing else: an unknown key is an error with the nearest known one. */
export function facts<Shape extends z.ZodRawShape>(description: string, shape: Shape) {
  return said(z.strictObject(shape), { description });
}
