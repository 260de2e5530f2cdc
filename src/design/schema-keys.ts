/** What a schema says of itself: the keys it knows at a path, and every key with its kind, example and meaning. */

import { z } from "zod";

/** One key that a note may hold. */
export interface KeyDescription {
  /** `stages[].index.type`; `*` stands for a name of the note's own. */
  readonly path: string;
  /** What belongs there in words: `a duration`, `one of fp32, fp16, int8`, `a list of text`. */
  readonly kind: string;
  /** As it is written; empty where the kind says all. */
  readonly example: string;
  readonly description: string;
  /** Whether the map that holds it needs it. */
  readonly required: boolean;
}

/** Every key of a section's schema, depth first, in the order of the schema. */
export function describeKeys(schema: z.ZodType): KeyDescription[] {
  return describeBelow(schema, "");
}

/** The keys that a schema knows at a path. Unions offer the keys of all their branches. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const keys = schemasAt(schema, path).flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : []));
  return [...new Set(keys)];
}

/** The schemas at a path as they were made, with their wrappers; empty for a path that the schema does not know. */
export function wrappedAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  const last = path.at(-1);
  return last === undefined ? [schema] : schemasAt(schema, path.slice(0, -1)).flatMap((one) => child(one, last));
}

/** The schema and all that it wraps or chooses between, from the outside in. */
export function layersOf(schema: z.ZodType): z.ZodType[] {
  const inner = innerOf(schema);
  const below = schema instanceof z.ZodUnion ? schema.options.flatMap(asSchemas) : inner === undefined ? [] : [inner];
  return [schema, ...below.flatMap(layersOf)];
}

/** The schemas at a path, wrappers removed and unions opened; empty for a path that the schema does not know. */
export function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  let open = branches(schema);
  for (const part of path) open = open.flatMap((one) => child(one, part)).flatMap(branches);
  return open;
}

function child(schema: z.ZodType, part: PropertyKey): z.ZodType[] {
  if (schema instanceof z.ZodObject) {
    const key = String(part);
    return Object.hasOwn(schema.shape, key) ? asSchemas(schema.shape[key]) : [];
  }
  if (schema instanceof z.ZodRecord) return asSchemas(schema.valueType);
  if (schema instanceof z.ZodArray) return typeof part === "number" ? asSchemas(schema.element) : [];
  if (schema instanceof z.ZodTuple) return typeof part === "number" ? asSchemas(schema.def.items[part]) : [];
  return [];
}

/** The schema without optional and transform around it; a union gives all its branches. */
function branches(schema: z.ZodType): z.ZodType[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap((one) => asSchemas(one).flatMap(branches));
  const inner = innerOf(schema);
  return inner === undefined ? [schema] : branches(inner);
}

function innerOf(schema: z.ZodType): z.ZodType | undefined {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) return asSchemas(schema.unwrap())[0];
  if (schema instanceof z.ZodPipe) return asSchemas(schema.in)[0];
  return undefined;
}

function asSchemas(schema: unknown): z.ZodType[] {
  return schema instanceof z.ZodType ? [schema] : [];
}

function describeBelow(schema: z.ZodType, prefix: string): KeyDescription[] {
  return branches(schema).flatMap((branch) => {
    if (branch instanceof z.ZodArray)
      return asSchemas(branch.element).flatMap((one) => describeBelow(one, `${prefix}[]`));
    if (branch instanceof z.ZodRecord) {
      return asSchemas(branch.valueType).flatMap((one) => describeBelow(one, `${prefix}.*`));
    }
    if (!(branch instanceof z.ZodObject)) return [];
    return Object.entries(branch.shape).flatMap(([key, value]) =>
      asSchemas(value).flatMap((one) => {
        const path = prefix === "" ? key : `${prefix}.${key}`;
        return [describeKey(one, path), ...describeBelow(one, path)];
      }),
    );
  });
}

function describeKey(schema: z.ZodType, path: string): KeyDescription {
  const known = metaOf(schema);
  return {
    path,
    kind: kindOf(schema),
    example: known.example ?? "",
    description: known.description ?? "",
    required: !(schema instanceof z.ZodOptional),
  };
}

interface KnownMeta {
  readonly description?: string;
  readonly example?: string;
  readonly kind?: string;
}

/** What the outermost wrapper says, completed by the ones inside it. */
function metaOf(schema: z.ZodType): KnownMeta {
  const meta = schema.meta();
  const examples: unknown = meta?.examples;
  const inner = innerOf(schema);
  const deeper = inner === undefined ? {} : metaOf(inner);
  return {
    description: meta?.description ?? deeper.description,
    example: Array.isArray(examples) && examples.length > 0 ? String(examples[0]) : deeper.example,
    kind: typeof meta?.kind === "string" ? meta.kind : deeper.kind,
  };
}

/** What belongs there, in words that read well after "… belongs here". */
export function kindOf(schema: z.ZodType): string {
  const named = metaOf(schema).kind;
  if (named !== undefined) return named;
  const inner = innerOf(schema);
  if (inner !== undefined) return kindOf(inner);
  if (schema instanceof z.ZodUnion) {
    return [...new Set(schema.options.flatMap(asSchemas).map(kindOf))].join(" or ");
  }
  if (schema instanceof z.ZodEnum) return `one of ${schema.options.join(", ")}`;
  if (schema instanceof z.ZodLiteral) return [...schema.values].map((value) => `\`${String(value)}\``).join(" or ");
  if (schema instanceof z.ZodArray) return `a list of ${plural(asSchemas(schema.element).map(kindOf).join())}`;
  if (schema instanceof z.ZodTuple) return `a list of ${schema.def.items.length} numbers`;
  if (schema instanceof z.ZodRecord) return `names, each with ${asSchemas(schema.valueType).map(kindOf).join()}`;
  if (schema instanceof z.ZodObject) return "facts";
  if (schema instanceof z.ZodBoolean) return "true or false";
  if (schema instanceof z.ZodNumber) return schema.isInt ? "a whole number" : "a number";
  return "text";
}

function plural(kind: string): string {
  const one = /^an? (?<noun>.+)$/u.exec(kind)?.groups?.noun;
  return one === undefined ? kind : `${one}s`;
}
