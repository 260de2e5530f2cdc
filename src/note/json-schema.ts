/** The JSON Schema of the facts of a note, for editors: what each section's YAML may hold, as it is written. */

import { z } from "zod";
import { frontSchema, STEPS } from "../steps/design.ts";

export type JsonSchema = Readonly<Record<string, unknown>>;

/** The schema of one section's block; 0 is the front matter. Undefined for a number that is no section. */
export function sectionJsonSchema(step: number): JsonSchema | undefined {
  const schema = step === 0 ? frontSchema : STEPS.find((one) => one.number === step)?.schema;
  if (schema === undefined) return undefined;
  return z.toJSONSchema(schema, {
    target: "draft-2020-12",
    io: "input",
    override: ({ jsonSchema }) => {
      // Our own word for what belongs there; editors show the description.
      delete jsonSchema.kind;
    },
  });
}

/** All sections by name, the front matter as `front`. */
export function designJsonSchema(): JsonSchema {
  const sections = STEPS.map(({ number, name }): [string, JsonSchema | undefined] => [name, sectionJsonSchema(number)]);
  const properties = Object.fromEntries(
    [["front", sectionJsonSchema(0)], ...sections].map(([name, schema]) => [name, withoutDialect(schema)]),
  );
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Heptad design note",
    description: "The facts of each section of a design note, by the section's name",
    type: "object",
    properties,
    additionalProperties: false,
  };
}

function withoutDialect(schema: unknown): unknown {
  if (typeof schema !== "object" || schema === null) return schema;
  return Object.fromEntries(Object.entries(schema).filter(([key]) => key !== "$schema"));
}
