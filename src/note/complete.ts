/** What may be written where the cursor stands: keys, names of closed sets, units. */

import { z } from "zod";
import { QUANTITY_KINDS } from "../core/quantity-kind.ts";
import { sameDimension, UNITS } from "../core/unit.ts";
import { describeKeys, kindOf, knownKeys, schemasAt } from "../design/schema-keys.ts";
import { frontSchema, STEPS } from "../steps/design.ts";
import { factContextAt } from "./fact-context.ts";

export interface Completion {
  readonly label: string;
  /** What replaces the word at the cursor. */
  readonly insert: string;
  readonly kind: "key" | "value" | "unit";
  readonly detail: string;
}

export function completionsAt(text: string, offset: number): Completion[] {
  const context = factContextAt(text, offset);
  if (context === undefined) return [];
  const schema = schemaOf(context.step);
  if (schema === undefined) return [];
  if (context.key === undefined) {
    const known = new Map(describeKeys(schema).map((one) => [one.path, one]));
    const prefix = pathText(context.path);
    const keys = knownKeys(schema, context.path);
    if (keys.length === 0) return valuesAt(schema, context.path);
    return keys.map((key) => {
      const described = known.get(prefix === "" ? key : `${prefix}.${key}`);
      const detail = described === undefined ? "" : `${described.kind}. ${described.description}`;
      return { label: key, insert: `${key}: `, kind: "key", detail };
    });
  }
  const path = [...context.path, context.key];
  const amount = /^(?<number>[+-]?[\d.,_]+)\s*(?<unit>\S*)$/u.exec(context.written)?.groups;
  return amount === undefined ? valuesAt(schema, path) : unitsAt(schema, path);
}

/** The schema of a section; of the front matter for step 0. */
export function schemaOf(step: number): z.ZodType | undefined {
  return step === 0 ? frontSchema : STEPS.find(({ number }) => number === step)?.schema;
}

/** `["stages", 0, "keep"]` as `stages[].keep`. */
function pathText(path: readonly (string | number)[]): string {
  return path.map((part, i) => (typeof part === "number" ? "[]" : `${i === 0 ? "" : "."}${part}`)).join("");
}

function valuesAt(schema: z.ZodType, path: readonly (string | number)[]): Completion[] {
  const at = schemasAt(schema, path);
  const names = at.flatMap((one) => {
    if (one instanceof z.ZodEnum) return one.options.map(String);
    if (one instanceof z.ZodLiteral) return [...one.values].map(String);
    if (one instanceof z.ZodBoolean) return ["true", "false"];
    return one instanceof z.ZodArray ? namesOf(one.element) : [];
  });
  const examples = at.flatMap((one) => {
    const written: unknown = one.meta()?.examples;
    return Array.isArray(written) ? written.map(String) : [];
  });
  const detail = at.length === 0 ? "" : kindOf(at[0]);
  return [...new Set([...names, ...examples])].map((label) => ({ label, insert: label, kind: "value", detail }));
}

function namesOf(element: unknown): string[] {
  return element instanceof z.ZodEnum ? element.options.map(String) : [];
}

/** Spellings beyond these are read, but nobody types them from a list. */
const LONGEST_UNIT = 4;

function unitsAt(schema: z.ZodType, path: readonly (string | number)[]): Completion[] {
  const words = new Set(schemasAt(schema, path.slice(0, -1)).flatMap((one) => kindsOf(one, String(path.at(-1)))));
  const kinds = Object.values(QUANTITY_KINDS).filter((kind) => words.has(kind.words));
  const dimensions = kinds.flatMap((kind) => [...kind.dimensions]);
  const detail = kinds.map((kind) => `${kind.words}, such as ${kind.example}`).join("; ");
  const named = [...UNITS].filter(
    ([name, unit]) =>
      name.length <= LONGEST_UNIT &&
      dimensions.some((one) => Object.keys(one).length > 0 && sameDimension(one, unit.dimension)),
  );
  const pure = dimensions.some((one) => Object.keys(one).length === 0);
  const scales = pure ? ["k", "M", "%"] : [];
  const rates = kinds.some((kind) => kind.words.startsWith("a rate")) ? ["/s", "/day"] : [];
  return [...new Set([...scales, ...rates, ...named.map(([name]) => name)])].map((label) => ({
    label,
    insert: label,
    kind: "unit",
    detail,
  }));
}

function kindsOf(schema: z.ZodType, key: string): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  const value: unknown = schema.shape[key];
  return value instanceof z.ZodType ? [kindOf(value)] : [];
}
