/** The form of a request, from the JSON Schema that the service holds it against: one field a value, or plain JSON where it is more than that. */

export interface FormField {
  /** Where it stands in the request: `amount`, or `entities.user` for a thing in a thing. */
  readonly name: string;
  readonly path: readonly string[];
  readonly about: string;
  /** `any` is a number where it reads as one, and a text else. */
  readonly kind: "text" | "number" | "boolean" | "any";
  readonly choices: readonly string[];
  readonly isRequired: boolean;
  /** Whether nothing may be said of it by `null`: what a field that is left empty is sent as, where it may not be left out. */
  readonly isNullable: boolean;
}

export interface RequestForm {
  readonly fields: readonly FormField[];
  /** The one list that the request holds, where it is a list of such things; empty where the fields are the request's own. */
  readonly list: string;
}

type Known = Readonly<Record<string, unknown>>;

/** Things in things, so deep. */
const DEEPEST = 2;

/** Undefined for a request that holds lists beside other values: it is written as JSON. */
export function formOf(schema: unknown): RequestForm | undefined {
  const properties = propertiesOf(schema);
  if (properties === undefined) return undefined;
  const entries = Object.entries(properties);
  const [only] = entries;
  if (entries.length === 1 && isKnown(only[1]) && only[1].type === "array") {
    const fields = fieldsOf(only[1].items, []);
    return fields === undefined ? undefined : { fields, list: only[0] };
  }
  const fields = fieldsOf(schema, []);
  return fields === undefined ? undefined : { fields, list: "" };
}

/** What the fields hold at first: the example's own values. */
export function exampleValues({ fields, list }: RequestForm, example: unknown): Readonly<Record<string, string>> {
  const held = isKnown(example) && list !== "" ? example[list] : example;
  const one = Array.isArray(held) ? held[0] : held;
  return Object.fromEntries(
    fields.map(({ name, path }) => {
      const value = path.reduce<unknown>((at, key) => (isKnown(at) ? at[key] : undefined), one);
      return [name, value === undefined || value === null ? "" : String(value)];
    }),
  );
}

/** The request's body. A field that is left empty is left out; what is no number is sent as it was typed, and refused by the service. */
export function bodyOf({ fields, list }: RequestForm, values: Readonly<Record<string, string>>): unknown {
  const one: Record<string, unknown> = {};
  for (const { name, path, kind, isRequired, isNullable } of fields) {
    const typed = values[name] ?? "";
    const isEmpty = typed.trim() === "";
    if (isEmpty && !(isRequired && isNullable)) continue;
    put(one, path, isEmpty ? null : sentValue(kind, typed));
  }
  return list === "" ? one : { [list]: [one] };
}

function put(into: Record<string, unknown>, path: readonly string[], value: unknown): void {
  const [head, ...rest] = path;
  if (rest.length === 0) {
    into[head] = value;
    return;
  }
  const inner: Record<string, unknown> = { ...(isKnown(into[head]) ? into[head] : {}) };
  put(inner, rest, value);
  into[head] = inner;
}

function sentValue(kind: FormField["kind"], typed: string): unknown {
  if (kind === "boolean") return typed === "true";
  const number = Number(typed);
  return kind !== "text" && Number.isFinite(number) ? number : typed;
}

function fieldsOf(schema: unknown, above: readonly string[]): readonly FormField[] | undefined {
  const properties = propertiesOf(schema);
  if (properties === undefined || !isKnown(schema) || above.length >= DEEPEST) return undefined;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields: FormField[] = [];
  for (const [name, about] of Object.entries(properties)) {
    if (!isKnown(about)) return undefined;
    const path = [...above, name];
    const isRequired = required.includes(name);
    if (propertiesOf(about) !== undefined) {
      const inner = fieldsOf(about, path);
      if (inner === undefined) return undefined;
      fields.push(...inner.map((field) => (isRequired ? field : { ...field, isRequired: false })));
      continue;
    }
    const types = typesOf(about);
    const kind = kindOf(types);
    if (kind === undefined) return undefined;
    fields.push({
      name: path.join("."),
      path,
      kind,
      about: typeof about.description === "string" ? about.description : "",
      choices: kind === "boolean" ? ["true", "false"] : Array.isArray(about.enum) ? about.enum.map(String) : [],
      isRequired,
      isNullable: types.has("null"),
    });
  }
  return fields;
}

/** The names of types that a value may have, alternatives of alternatives too. */
function typesOf({ type, anyOf }: Known): ReadonlySet<string> {
  const own = Array.isArray(type) ? type : type === undefined ? [] : [type];
  const others = Array.isArray(anyOf) ? anyOf.flatMap((one) => (isKnown(one) ? [...typesOf(one)] : ["unknown"])) : [];
  return new Set([...own, ...others].map(String));
}

const NUMBERS = ["number", "integer"];

function kindOf(types: ReadonlySet<string>): FormField["kind"] | undefined {
  if ([...types].some((one) => !["string", "boolean", "null", ...NUMBERS].includes(one))) return undefined;
  const isNumber = NUMBERS.some((one) => types.has(one));
  if (isNumber) return types.has("string") ? "any" : "number";
  if (types.has("string")) return "text";
  return types.has("boolean") ? "boolean" : undefined;
}

function propertiesOf(schema: unknown): Known | undefined {
  return isKnown(schema) && isKnown(schema.properties) ? schema.properties : undefined;
}

function isKnown(value: unknown): value is Known {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
